"""The live back end: all conditions of a policy become one Python function over one row.

Three-valued logic without three values: `_holds` writes a test that is true only where the condition is true, `_fails`
one that is true only where it is false; neither can raise. Nothing but what the tree of checked operators allows
reaches the source: column names are replaced by their place in the row, texts are written by `repr`.
"""

import math
from collections.abc import Callable, Mapping, Sequence

from vigie.risk.language import COMPARISONS, Call, Column, Expression, Literal, Scalar, Type, columns_in
from vigie.risk.language_types import EXACT, Kind, kind_of

Value = Scalar | None
RowTest = Callable[[Sequence[Value]], int]
RowMore = Callable[[Sequence[Value]], tuple[Value, ...]]

_COMPARE = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPPOSITE = {"=": "!=", "<>": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}  # no value is NaN, see language_types


class _Writer:
    """Writes Python source for expressions over the columns of one row."""

    def __init__(self, columns: Mapping[str, Kind]) -> None:
        self.columns = columns
        self.names = {name: f"c{place}" for place, name in enumerate(columns)}
        self.temporaries = 0

    def temporary(self) -> str:
        self.temporaries += 1
        return f"t{self.temporaries}"

    def holds(self, expression: Expression) -> str:
        """A test that is true where the condition is true."""
        return self.test(expression, True)

    def fails(self, expression: Expression) -> str:
        """A test that is true where the condition is false."""
        return self.test(expression, False)

    def test(self, expression: Expression, wanted: bool) -> str:
        match expression:
            case Literal(value):
                return str(bool(value) is wanted)
            case Column(name) if wanted:
                return self.names[name]  # None is as good as false here
            case Call("not", (inner,)):
                return self.test(inner, not wanted)
            case Call("and" | "or" as op, args):
                joint = " and " if (op == "and") is wanted else " or "
                return "(" + joint.join(self.test(arg, wanted) for arg in args) + ")"
            case Call("between", (inner, low, high)):  # false as soon as one bound says so, the other unknown or not
                return self.test(Call("and", (Call(">=", (inner, low)), Call("<=", (inner, high)))), wanted)
            case Call("is-null" | "is-not-null" as op, (inner,)):
                known = self.known(inner)
                return known if (op == "is-not-null") is wanted else f"(not {known})"
            case Call(op, args) if op in COMPARISONS or op in ("in", "starts_with", "contains"):
                guards, code = self.compared(op, args, wanted)
            case _:
                guards, code = self.strict(expression)
                code = code if wanted else f"(not {code})"
        return "(" + " and ".join([*dict.fromkeys(guards), code]) + ")"

    def known(self, expression: Expression) -> str:
        """A test that is true where the value is known."""
        guards, _ = self.strict(expression)
        if self.kind(expression).type is Type.BOOL and not isinstance(expression, Column | Literal):
            return f"(({self.holds(expression)}) or ({self.fails(expression)}))"
        return "(" + (" and ".join(dict.fromkeys(guards)) or "True") + ")"

    def compared(self, op: str, args: tuple[Expression, ...], wanted: bool) -> tuple[list[str], str]:
        parts = [self.number(arg, [other for other in args if other is not arg]) for arg in args]
        guards = [guard for found, _ in parts for guard in found]
        codes = [code for _, code in parts]
        if op in COMPARISONS:
            return guards, f"{codes[0]} {(_COMPARE if wanted else _OPPOSITE)[op]} {codes[1]}"
        if op == "in":
            return guards, f"{codes[0]} {'in' if wanted else 'not in'} ({', '.join(codes[1:])},)"
        if op == "starts_with":
            return guards, f"{'' if wanted else 'not '}{codes[0]}.startswith({codes[1]})"
        return guards, f"{codes[1]} {'in' if wanted else 'not in'} {codes[0]}"

    def kind(self, expression: Expression) -> Kind:
        return kind_of(expression, self.columns)

    def number(self, expression: Expression, beside: Sequence[Expression]) -> tuple[list[str], str]:
        """As `strict`, but a whole number that meets a double and may not be exact as one becomes one first."""
        guards, code = self.strict(expression)
        kind = self.kind(expression)
        if kind.type is Type.INT and kind.reach > EXACT and any(self.kind(o).type is Type.FLOAT for o in beside):
            return guards, f"float({code})"
        return guards, code

    def strict(self, expression: Expression) -> tuple[list[str], str]:
        """Guards, in order, and a code that has a value wherever all guards hold; elsewhere the value is unknown."""
        match expression:
            case Literal(value):
                return [], repr(value) if not (isinstance(value, int | float) and value < 0) else f"({value!r})"
            case Column(name):
                return [f"{self.names[name]} is not None"], self.names[name]
            case Call("+" | "-" | "*" as op, (left, right)):
                one, other = self.number(left, [right]), self.number(right, [left])
                return one[0] + other[0], f"({one[1]} {op} {other[1]})"
            case Call("/", (left, right)):
                return self.quotient(left, right)
            case Call("abs" | "length" as op, (inner,)):
                guards, code = self.strict(inner)
                return guards, f"{'len' if op == 'length' else 'abs'}({code})"
            case Call("sqrt", (inner,)):
                guards, code = self.strict(inner)
                kept = self.temporary()
                return [*guards, f"({kept} := {code}) >= 0"], f"sqrt({kept})"
            case Call("coalesce" | "least" | "greatest" as op, (left, right)):
                return self.chosen(op, left, right, self.kind(expression))
        kept = self.temporary()
        holds, fails = self.holds(expression), self.fails(expression)
        return [f"({kept} := True if {holds} else False if {fails} else None) is not None"], kept

    def quotient(self, left: Expression, right: Expression) -> tuple[list[str], str]:
        over, under = self.strict(left), self.strict(right)
        kept = under[1] if isinstance(right, Literal) else self.temporary()
        codes = [
            code if self.kind(part).reach <= EXACT else f"float({code})"
            for part, code in ((left, over[1]), (right, kept))
        ]
        guards = [*over[0], *under[0]]
        if not isinstance(right, Literal):
            guards.append(f"({kept} := {under[1]}) != 0")
        return guards, f"({codes[0]} / {codes[1]})"

    def chosen(self, op: str, left: Expression, right: Expression, kind: Kind) -> tuple[list[str], str]:
        """The first that is known; the smaller or larger of those that are known."""
        one, other = self.value(left, kind), self.value(right, kind)
        kept, first, second = self.temporary(), self.temporary(), self.temporary()
        if op == "coalesce":
            code = f"{first} if ({first} := {one}) is not None else {other}"
        else:
            pick = "min" if op == "least" else "max"
            code = (
                f"(({second} := {other}) if ({first} := {one}) is None else {first} if ({second} := {other}) is None"
                f" else {pick}({first}, {second}))"
            )
        return [f"({kept} := ({code})) is not None"], kept

    def value(self, expression: Expression, wanted: Kind | None = None) -> str:
        """A code for the value, None where it is unknown."""
        guards, code = self.strict(expression)
        if wanted is not None and wanted.type is Type.FLOAT and self.kind(expression).type is Type.INT:
            code = f"float({code})"
        guards = list(dict.fromkeys(guards))
        if not guards:
            return code
        if guards == [f"{code} is not None"]:
            return code
        return f"({code} if {' and '.join(guards)} else None)"


def row_test(conditions: Sequence[Expression], columns: Mapping[str, Kind]) -> RowTest:
    """Build the function that tells which conditions fire: bit `n` of its result is condition `n`.

    Args:
        conditions: Checked conditions (`check_condition`).
        columns: Name to kind, in the order of the row.
    """
    writer = _Writer(columns)
    lines = [f" if {writer.holds(condition)}: m |= {1 << place}" for place, condition in enumerate(conditions)]
    used = {name for condition in conditions for name in columns_in(condition)}
    source = "\n".join(["def run(row):", _unpacking(writer, used), " m = 0", *lines, " return m"])
    made: RowTest = _made(source)
    return made


def row_more(expressions: Sequence[Expression], columns: Mapping[str, Kind]) -> RowMore:
    """Build the function that computes derived values of a row; unknown is None."""
    writer = _Writer(columns)
    values = [writer.value(expression) for expression in expressions]
    used = {name for expression in expressions for name in columns_in(expression)}
    source = "\n".join(["def run(row):", _unpacking(writer, used), f" return ({''.join(v + ', ' for v in values)})"])
    made: RowMore = _made(source)
    return made


def _unpacking(writer: _Writer, used: set[str]) -> str:
    """Take the used columns out of the row into local names: read often, they are cheaper than places of a tuple."""
    taken = [(name, place) for place, name in enumerate(writer.columns) if name in used]
    return "\n".join(f" {writer.names[name]} = row[{place}]" for name, place in taken) or " pass"


def _made(source: str):  # type: ignore[no-untyped-def]
    scope: dict[str, object] = {"sqrt": math.sqrt, "__builtins__": {
        "abs": abs, "len": len, "min": min, "max": max, "float": float}}
    exec(compile(source, "<indicators>", "exec"), scope)
    return scope["run"]
