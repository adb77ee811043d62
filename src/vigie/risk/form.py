"""An expression as a form: conditions over columns, joined by all or any, in groups of one level.

Most indicators fit; one that computes (a sum, a quotient) is edited as text. A form is written as text and judged as
text, so that there is one grammar; the spans tell which condition a fault belongs to.
"""

import re
from collections.abc import Iterator

import msgspec

from vigie.risk.columns_row import KINDS
from vigie.risk.language import COMPARISONS, Call, Column, Expression, Literal, Type, columns_in
from vigie.risk.language_text import parse, written_value

OPERATORS_SHOWN = (
    "=", "<>", "<", "<=", ">", ">=", "between", "in", "not-in", "starts_with", "contains", "is-null", "is-not-null",
    "fired", "not-fired",
)  # fmt: skip
"""What a condition may ask; `fired` asks for another indicator and takes no column."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NO_VALUE = ("is-null", "is-not-null")


class Condition(msgspec.Struct, frozen=True):
    """One line of the form. column: Of `COLUMNS`. operator: Of `OPERATORS_SHOWN`. value: As typed; lists by commas."""

    column: str
    operator: str
    value: str = ""


class Group(msgspec.Struct, frozen=True):
    """Conditions that must all hold (`all`) or of which one must (`any`), and groups inside, which hold none."""

    joint: str
    conditions: tuple[Condition, ...] = ()
    groups: "tuple[Group, ...]" = ()


def expression_of(form: Group) -> str:
    """Write a form as the text of an expression."""
    return "".join(text for text, _ in _pieces(form))


def spans_of(form: Group) -> dict[str, tuple[int, int]]:
    """Where each condition stands in the text: `2` the third of the form, `g1-0` the first of the second group."""
    spans, at = {}, 0
    for text, name in _pieces(form):
        if name:
            spans[name] = (at, at + len(text))
        at += len(text)
    return spans


def _pieces(form: Group, prefix: str = "") -> Iterator[tuple[str, str]]:
    joint = " and " if form.joint == "all" else " or "
    first = True
    for place, condition in enumerate(form.conditions):
        if not first:
            yield joint, ""
        first = False
        yield _written(condition), f"{prefix}{place}"
    for place, group in enumerate(form.groups):
        if not (group.conditions or group.groups):
            continue
        yield ("(" if first else f"{joint}("), ""
        first = False
        yield from _pieces(group, f"g{place}-")
        yield ")", ""


def _written(one: Condition) -> str:
    name, value = one.column or "?", one.value.strip()
    if one.operator in ("fired", "not-fired"):
        asked = f"fired({written_value(value)})"
        return asked if one.operator == "fired" else f"not {asked}"
    if one.operator in _NO_VALUE:
        return f"{name} {one.operator.replace('-', ' ')}"
    parts = [part.strip() for part in value.split(",")]
    if one.operator in ("in", "not-in"):
        listed = ", ".join(_typed(name, part) for part in parts if part)
        return f"{name} {one.operator.replace('-', ' ')} ({listed})"
    if one.operator == "between":
        low, high = [*parts, "", ""][:2]
        return f"{name} between {_typed(name, low)} and {_typed(name, high)}"
    if one.operator in ("starts_with", "contains"):
        return f"{one.operator}({name}, {written_value(value)})"
    kind = KINDS.get(name)
    if one.operator == "=" and value.lower() == "true" and kind is not None and kind.type is Type.BOOL:
        return name
    return f"{name} {one.operator} {_typed(name, value)}"


def _typed(column: str, value: str) -> str:
    """Write a typed value as its column holds it; what is no number stays text, and the check says so at its place."""
    kind = KINDS.get(column)
    if kind is not None and kind.type is Type.BOOL and value.lower() in ("true", "false"):
        return value.lower()
    if kind is not None and kind.type is not Type.TEXT and _NUMBER.fullmatch(value):
        return value
    return written_value(value)


def form_of(tree: Expression) -> Group | None:
    """Read an expression as a form; None where a form cannot say it."""
    joint, parts = _joined(tree)
    conditions, groups = [], []
    for part in parts:
        one = _condition(part)
        if one is not None:
            conditions.append(one)
            continue
        inner, members = _joined(part)
        found = [_condition(member) for member in members]
        kept = [member for member in found if member is not None]
        if len(members) < 2 or len(kept) < len(found):
            return None
        groups.append(Group(inner, tuple(kept)))
    return Group(joint, tuple(conditions), tuple(groups))


def _joined(tree: Expression) -> tuple[str, tuple[Expression, ...]]:
    match tree:
        case Call("or", args):
            return "any", args
        case Call("and", args):
            return "all", args
        case _:
            return "all", (tree,)


def _condition(part: Expression) -> Condition | None:
    match part:
        case Column(name):
            return Condition(name, "=", "true")
        case Call("not", (Column(name),)):
            return Condition(name, "=", "false")
        case Call("fired", (Literal(name),)):
            return Condition("", "fired", str(name))
        case Call("not", (Call("fired", (Literal(name),)),)):
            return Condition("", "not-fired", str(name))
        case Call("is-null" | "is-not-null" as op, (Column(name),)):
            return Condition(name, op)
        case Call("in", (Column(name), *values)):
            return _listed(name, "in", values)
        case Call("not", (Call("in", (Column(name), *values)),)):
            return _listed(name, "not-in", values)
        case Call("between", (Column(name), Literal(low), Literal(high))):
            return Condition(name, "between", f"{_plain(low)}, {_plain(high)}")
        case Call(op, (Column(name), Literal(value))) if op in (*COMPARISONS, "starts_with", "contains"):
            return Condition(name, op, _plain(value))
        case _:
            return None


def _listed(name: str, op: str, values: list[Expression]) -> Condition | None:
    told = [_plain(one.value) for one in values if isinstance(one, Literal)]
    return None if any("," in one for one in told) else Condition(name, op, ", ".join(told))


def _plain(value: str | int | float | bool) -> str:
    return value if isinstance(value, str) else written_value(value)


def read_expression(text: str) -> Expression:
    """Read the text of an expression.

    Raises:
        BadExpression: It cannot be read.
    """
    return parse(text)


def named_columns(text: str) -> tuple[str, ...]:
    """The columns that a text of an expression names, each once.

    Raises:
        BadExpression: It cannot be read.
    """
    return columns_in(parse(text))
