"""The indicator language: a small tree of operators over declared columns, kept as JSON, shown as text.

An expression means the same everywhere: logic is SQL's (true, false, unknown), whole numbers are exact, `/` is a
division of doubles whose result is unknown where the divisor is zero, and an indicator fires only where it is true.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from vigie.terms import VigieError

LONGEST_TEXT = 4_000  # characters; the longest shipped indicator has under 400
DEEPEST = 32  # levels; CPython's own parser refuses about 90 nested brackets in generated source
MOST_NODES = 512
MOST_LISTED = 256  # values after `in`

Scalar = str | int | float | bool
Json = Scalar | list["Json"] | dict[str, str]


class BadExpression(VigieError):
    """An expression cannot be read, or has no meaning; `reason` is a code of `texts/expression.toml`."""

    code: ClassVar[str] = "bad-expression"


class Type(StrEnum):
    """What a value is."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    TEXT = "text"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the expression."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Call:
    """An operator and what it works on."""

    op: str
    args: "tuple[Expression, ...]"


Expression = Column | Literal | Call

COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
ARITHMETIC = ("+", "-", "*", "/")
OPERATORS: dict[str, tuple[int, int]] = {  # operator -> fewest and most arguments
    "and": (2, MOST_NODES), "or": (2, MOST_NODES), "not": (1, 1),
    **dict.fromkeys(COMPARISONS, (2, 2)),
    **dict.fromkeys(ARITHMETIC, (2, 2)),
    "in": (2, MOST_LISTED + 1), "between": (3, 3), "is-null": (1, 1), "is-not-null": (1, 1),
    "starts_with": (2, 2), "contains": (2, 2), "length": (1, 1),
    "abs": (1, 1), "sqrt": (1, 1), "least": (2, 2), "greatest": (2, 2), "coalesce": (2, 2), "fired": (1, 1),
}
FUNCTIONS = ("starts_with", "contains", "length", "abs", "sqrt", "least", "greatest", "coalesce", "fired")


def as_json(expression: Expression) -> Json:
    """Write the canonical form: `["and", ["=", {"column": "empty"}, true], …]`; values stand for themselves."""
    match expression:
        case Column(name):
            return {"column": name}
        case Literal(value):
            return value
        case Call(op, args):
            return [op, *(as_json(arg) for arg in args)]


def from_json(tree: object, depth: int = 0) -> Expression:
    """Read the canonical form.

    Raises:
        BadExpression: Not a tree of known operators with as many arguments as each takes, or too deep.
    """
    if depth > DEEPEST:
        raise BadExpression(reason="too-deep", most=DEEPEST)
    match tree:
        case {"column": str(name)} if isinstance(tree, dict) and len(tree) == 1:
            return Column(name)
        case bool() | int() | float() | str():
            return Literal(tree)
        case [str(op), *args]:
            return call(op, tuple(from_json(arg, depth + 1) for arg in args))
        case _:
            raise BadExpression(reason="not-a-tree")


def call(op: str, args: tuple[Expression, ...], at: int | None = None) -> Call:
    """Build a call of a known operator with the right number of arguments; `and` and `or` are flattened.

    Raises:
        BadExpression: Unknown operator, or the wrong number of arguments.
    """
    place = {} if at is None else {"position": at}
    if op not in OPERATORS:
        raise BadExpression(reason="unknown-function", name=op[:40], **place)
    fewest, most = OPERATORS[op]
    if not fewest <= len(args) <= most:
        raise BadExpression(reason="wrong-count", name=op, given=len(args), **place)
    if op in ("and", "or"):
        args = tuple(part for arg in args for part in (arg.args if isinstance(arg, Call) and arg.op == op else (arg,)))
    return Call(op, args)


def columns_in(expression: Expression) -> tuple[str, ...]:
    """The columns an expression names, each once, in the order of the text."""
    match expression:
        case Column(name):
            return (name,)
        case Call(_, args):
            return tuple(dict.fromkeys(name for arg in args for name in columns_in(arg)))
        case _:
            return ()


def put_in(expression: Expression, meanings: "dict[str, Expression]") -> Expression:
    """Replace columns by what they are derived from."""
    match expression:
        case Column(name):
            return meanings.get(name, expression)
        case Call(op, args):
            return Call(op, tuple(put_in(arg, meanings) for arg in args))
        case _:
            return expression


def named_in(expression: Expression) -> tuple[str, ...]:
    """The indicators an expression refers to by `fired('…')`, each once, in the order of the text."""
    match expression:
        case Call("fired", (Literal(name),)):
            return (str(name),)
        case Call(_, args):
            return tuple(dict.fromkeys(name for arg in args for name in named_in(arg)))
        case _:
            return ()


def measure(expression: Expression) -> tuple[int, int]:
    """Depth and number of nodes; walks without recursion, for it judges what may be too deep to walk."""
    deepest = nodes = 0
    waiting = [(expression, 1)]
    while waiting:
        found, depth = waiting.pop()
        deepest, nodes = max(deepest, depth), nodes + 1
        if isinstance(found, Call):
            waiting.extend((arg, depth + 1) for arg in found.args)
    return deepest, nodes
