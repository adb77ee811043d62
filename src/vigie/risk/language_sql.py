"""The batch back end: the same expressions as SQL text for DuckDB, PostgreSQL and SQLite."""

from collections.abc import Mapping
from enum import StrEnum

from vigie.risk.language import COMPARISONS, Call, Column, Expression, Literal, Type
from vigie.risk.language_types import Kind, kind_of


class Dialect(StrEnum):
    """Whose SQL is written; they differ in four functions only."""

    DUCKDB = "duckdb"
    POSTGRESQL = "postgresql"
    SQLITE = "sqlite"


_DOUBLE = "DOUBLE PRECISION"
_CONTAINS = {
    Dialect.DUCKDB: "contains({0}, {1})",
    Dialect.POSTGRESQL: "(strpos({0}, {1}) > 0)",
    Dialect.SQLITE: "(instr({0}, {1}) > 0)",
}
_JOINTS = {"and": " AND ", "or": " OR "}


def quoted(name: str) -> str:
    """A column name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def sql(expression: Expression, columns: Mapping[str, Kind], dialect: Dialect = Dialect.DUCKDB) -> str:
    """Write a checked expression as SQL over columns of the same names.

    Whole numbers are BIGINT, doubles DOUBLE PRECISION, moments BIGINT (µs), conditions BOOLEAN. A literal carries its
    type, because DuckDB would read `0.05` as a decimal and `7` as 32 bits.
    """
    return _Writer(columns, dialect).value(expression)


class _Writer:
    def __init__(self, columns: Mapping[str, Kind], dialect: Dialect) -> None:
        self.columns = columns
        self.dialect = dialect

    def type(self, expression: Expression) -> Type:
        return kind_of(expression, self.columns).type

    def value(self, expression: Expression) -> str:
        match expression:
            case Column(name):
                return quoted(name)
            case Literal(value):
                return _literal(value)
            case Call(op, args):
                return self.call(op, args)

    def call(self, op: str, args: tuple[Expression, ...]) -> str:
        if op == "/":
            return f"({self.double(args[0])} / {self.double(args[1], divisor=True)})"
        if op in ("least", "greatest", "coalesce"):
            return self.choice(op, args)
        texts = [self.value(arg) for arg in args]
        if op in _JOINTS:
            return "(" + _JOINTS[op].join(texts) + ")"
        if op in COMPARISONS or op in ("+", "-", "*"):
            return f"({texts[0]} {op} {texts[1]})"
        match op:
            case "not":
                return f"(NOT {texts[0]})"
            case "in":
                return f"({texts[0]} IN ({', '.join(texts[1:])}))"
            case "between":
                return f"({texts[0]} BETWEEN {texts[1]} AND {texts[2]})"
            case "is-null":
                return f"({texts[0]} IS NULL)"
            case "is-not-null":
                return f"({texts[0]} IS NOT NULL)"
            case "starts_with":
                return self.starts(args, texts)
            case "contains":
                return _CONTAINS[self.dialect].format(*texts)
            case "sqrt":  # a root of a negative number is an error in every database; abs keeps the dead branch quiet
                return f"(CASE WHEN {texts[0]} >= 0 THEN sqrt(abs(CAST({texts[0]} AS {_DOUBLE}))) END)"
            case _:
                return f"{op}({texts[0]})"

    def starts(self, args: tuple[Expression, ...], texts: list[str]) -> str:
        if self.dialect is Dialect.SQLITE:
            assert isinstance(args[1], Literal)
            return f"(substr({texts[0]}, 1, {len(str(args[1].value))}) = {texts[1]})"
        return f"starts_with({texts[0]}, {texts[1]})"

    def double(self, expression: Expression, divisor: bool = False) -> str:
        text = self.value(expression)
        if divisor and not isinstance(expression, Literal):
            text = f"NULLIF({text}, 0)"
        return text if self.type(expression) is Type.FLOAT else f"CAST({text} AS {_DOUBLE})"

    def choice(self, op: str, args: tuple[Expression, ...]) -> str:
        mixed = {self.type(arg) for arg in args} == {Type.INT, Type.FLOAT}
        left, right = ((self.double(arg) if mixed else self.value(arg)) for arg in args)
        if op == "coalesce":
            return f"coalesce({left}, {right})"
        if self.dialect is Dialect.SQLITE:  # its min and max of two values are unknown where one is
            return f"coalesce({'min' if op == 'least' else 'max'}({left}, {right}), {left}, {right})"
        return f"{op}({left}, {right})"


def _literal(value: str | int | float | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, float):
        return f"CAST('{value!r}' AS {_DOUBLE})"
    return f"CAST({value} AS BIGINT)"
