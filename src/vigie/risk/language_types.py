"""What an expression may mean: types, and ranges wide enough that no engine overflows."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from vigie.risk.language import (
    COMPARISONS,
    DEEPEST,
    MOST_NODES,
    BadExpression,
    Call,
    Column,
    Expression,
    Literal,
    Type,
    measure,
)

LARGEST_INT = (1 << 63) - 1  # signed 64 bits: BIGINT of every engine
EXACT = 1 << 53  # above it a double no longer holds every whole number (IEEE 754)
_LARGEST_FLOAT = 1e300  # leaves room below the largest double, so that nothing becomes infinite
_NUMBERS = (Type.INT, Type.FLOAT)


@dataclass(frozen=True, slots=True)
class Kind:
    """Type of a value, and for numbers the range it lies in.

    Attributes:
        low, high: Inclusive bounds.
        tiny: The smallest magnitude other than zero; 1 for whole numbers.
    """

    type: Type
    low: float = 0
    high: float = 0
    tiny: float = 1

    @property
    def reach(self) -> float:
        """The largest magnitude."""
        return max(abs(self.low), abs(self.high))


BOOL = Kind(Type.BOOL)
TEXT = Kind(Type.TEXT)
MOMENT = Kind(Type.MOMENT, 0, EXACT)
LENGTH = Kind(Type.INT, 0, 1 << 20)


def kind_of(expression: Expression, columns: Mapping[str, Kind]) -> Kind:
    """Tell the type and range of an expression.

    Raises:
        BadExpression: Unknown column, types that do not fit, a number that may leave 64 bits, division by the
            literal zero, too deep or too large.
    """
    depth, nodes = measure(expression)
    if depth > DEEPEST:
        raise BadExpression(reason="too-deep", most=DEEPEST)
    if nodes > MOST_NODES:
        raise BadExpression(reason="too-many", most=MOST_NODES)
    return _kind(expression, columns)


def check_condition(expression: Expression, columns: Mapping[str, Kind]) -> None:
    """Make sure that an expression is a condition.

    Raises:
        BadExpression: As for `kind_of`, or its value is not true or false.
    """
    if kind_of(expression, columns).type is not Type.BOOL:
        raise BadExpression(reason="not-a-condition")


def culprit(expression: Expression, columns: Mapping[str, Kind]) -> Expression:
    """The innermost part that has no meaning, of an expression that has none: where an officer has to look."""
    if isinstance(expression, Call):
        for arg in expression.args:
            try:
                _kind(arg, columns)
            except BadExpression:
                return culprit(arg, columns)
    return expression


def _kind(expression: Expression, columns: Mapping[str, Kind]) -> Kind:
    match expression:
        case Column(name):
            if name not in columns:
                raise BadExpression(reason="unknown-column", name=name[:60])
            return columns[name]
        case Literal(value):
            return _literal(value)
        case Call(op, args):
            return _call(op, args, [_kind(arg, columns) for arg in args])


def _literal(value: str | int | float | bool) -> Kind:
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, str):
        if any(char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff" for char in value):
            raise BadExpression(reason="control-character")
        return TEXT
    if isinstance(value, float) and not math.isfinite(value):
        raise BadExpression(reason="number-too-large")
    kind = Kind(Type.INT if isinstance(value, int) else Type.FLOAT, value, value, abs(value) or 1)
    return _bounded(kind, "literal")


def _clash(op: str, *kinds: Kind) -> BadExpression:
    return BadExpression(reason="type-clash", name=op, types=", ".join(kind.type for kind in kinds))


def _call(op: str, args: tuple[Expression, ...], kinds: list[Kind]) -> Kind:
    if op in ("and", "or", "not"):
        if any(kind.type is not Type.BOOL for kind in kinds):
            raise _clash(op, *kinds)
        return BOOL
    if op in ("is-null", "is-not-null"):
        return BOOL
    if op == "fired":
        if not (isinstance(args[0], Literal) and isinstance(args[0].value, str) and args[0].value):
            raise BadExpression(reason="name-of-indicator")
        return BOOL
    if op in COMPARISONS or op in ("in", "between"):
        return _comparison(op, args, kinds)
    if op in ("starts_with", "contains", "length"):
        return _text(op, args, kinds)
    if op in ("+", "-", "*", "/"):
        return _arithmetic(op, args, kinds)
    if op in ("coalesce", "least", "greatest"):
        return _choice(op, kinds)
    if kinds[0].type not in _NUMBERS:
        raise _clash(op, *kinds)
    if op == "abs":
        return Kind(kinds[0].type, 0, kinds[0].reach, kinds[0].tiny)
    return Kind(Type.FLOAT, 0, math.sqrt(max(kinds[0].high, 0)), math.sqrt(kinds[0].tiny))


def _alike(left: Kind, right: Kind) -> bool:
    return left.type is right.type or (left.type in _NUMBERS and right.type in _NUMBERS)


def _comparison(op: str, args: tuple[Expression, ...], kinds: list[Kind]) -> Kind:
    ordered = op in ("<", "<=", ">", ">=", "between")
    if not all(_alike(kinds[0], kind) for kind in kinds[1:]):
        raise _clash(op, *kinds)
    if ordered and kinds[0].type in (Type.TEXT, Type.BOOL):  # the order of texts differs between databases
        raise _clash(op, *kinds)
    if op == "in" and not all(isinstance(arg, Literal) for arg in args[1:]):
        raise BadExpression(reason="list-of-values")
    return BOOL


def _text(op: str, args: tuple[Expression, ...], kinds: list[Kind]) -> Kind:
    if any(kind.type is not Type.TEXT for kind in kinds):
        raise _clash(op, *kinds)
    if op == "length":
        return LENGTH
    if not (isinstance(args[1], Literal) and args[1].value):
        raise BadExpression(reason="part-of-text", name=op)
    return BOOL


def _arithmetic(op: str, args: tuple[Expression, ...], kinds: list[Kind]) -> Kind:
    left, right = kinds
    moments = [kind.type is Type.MOMENT for kind in kinds]
    if any(moments):
        if op == "-" and all(moments):
            return Kind(Type.INT, left.low - right.high, left.high - right.low)
        if op in ("+", "-") and moments[0] and right.type is Type.INT:
            return _bounded(Kind(Type.MOMENT, *_sum(left, right, op)), op)
        raise _clash(op, *kinds)
    if left.type not in _NUMBERS or right.type not in _NUMBERS:
        raise _clash(op, *kinds)
    if op == "/":
        return _quotient(args, left, right)
    real = Type.FLOAT in (left.type, right.type)
    if op == "*":
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        low, high, tiny = min(corners), max(corners), left.tiny * right.tiny
    else:
        low, high = _sum(left, right, op)
        tiny = 5e-324 if real else 1
    return _bounded(Kind(Type.FLOAT if real else Type.INT, low, high, tiny), op)


def _sum(left: Kind, right: Kind, op: str) -> tuple[float, float]:
    if op == "+":
        return left.low + right.low, left.high + right.high
    return left.low - right.high, left.high - right.low


def _quotient(args: tuple[Expression, ...], left: Kind, right: Kind) -> Kind:
    if right.low == right.high == 0:  # the literal, and what can only be zero
        raise BadExpression(reason="division-by-zero")
    tiny = max(right.tiny, 5e-324)
    reach = min(left.reach / tiny, math.inf) if left.reach else 0.0
    smallest = left.tiny / right.reach if right.reach else 1.0
    return _bounded(Kind(Type.FLOAT, -reach, reach, smallest), "/")


def _choice(op: str, kinds: list[Kind]) -> Kind:
    left, right = kinds
    if not _alike(left, right) or (op != "coalesce" and left.type not in (*_NUMBERS, Type.MOMENT)):
        raise _clash(op, *kinds)
    kind = Type.FLOAT if left.type in _NUMBERS and Type.FLOAT in (left.type, right.type) else left.type
    return Kind(kind, min(left.low, right.low), max(left.high, right.high), min(left.tiny, right.tiny))


def _bounded(kind: Kind, op: str) -> Kind:
    most = _LARGEST_FLOAT if kind.type is Type.FLOAT else LARGEST_INT
    if not kind.reach <= most:
        raise BadExpression(reason="may-overflow", name=op)
    return kind
