"""The text of an expression: a whitelisted subset of SQL expressions, read by precedence climbing, and written back."""

import math
import re
from dataclasses import dataclass
from typing import Never

from vigie.risk.language import (
    COMPARISONS,
    DEEPEST,
    FUNCTIONS,
    LONGEST_TEXT,
    MOST_LISTED,
    MOST_NODES,
    BadExpression,
    Call,
    Column,
    Expression,
    Literal,
    Scalar,
    call,
    measure,
)

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z_0-9.]))
    | (?P<word>[A-Za-z_][A-Za-z_0-9]*)
    | (?P<text>'(?:[^']|'')*')
    | (?P<sign><>|<=|>=|!=|-(?!-)|[=<>+*/(),])
    )""",
    re.VERBOSE,
)
_KEYWORDS = frozenset(("and", "or", "not", "in", "between", "is", "null", "true", "false"))
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LARGEST = (1 << 63) - 1
_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _MINUS = range(1, 8)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, word, keyword, text, sign, end
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            raise BadExpression(reason="unknown-sign", position=at, found=text[at : at + 1])
        kind = str(match.lastgroup)
        word, start = match.group(kind), match.start(kind)
        if kind == "word" and word.lower() in _KEYWORDS:
            kind, word = "keyword", word.lower()
        found.append(_Token(kind, word, start))
        place = match.end()
    return [*found, _Token("end", "", end)]


def parse(text: str) -> Expression:
    """Read the text of an expression.

    >>> parse("empty = true and gross_g > 5000000").op
    'and'

    Raises:
        BadExpression: With `reason` and, where it has one, `position` (characters from 0).
    """
    return parse_placed(text)[0]


Places = dict[int, tuple[Expression, int]]
"""Where the parts of an expression begin: by the identity of the part, which is kept so that it stays its own."""


def parse_placed(text: str) -> tuple[Expression, Places]:
    """Read the text of an expression, and tell where each part of it stands (characters from 0).

    Raises:
        BadExpression: As `parse`.
    """
    if len(text) > LONGEST_TEXT:
        raise BadExpression(reason="too-long", most=LONGEST_TEXT)
    reader = _Reader(_tokens(text))
    expression = reader.expression(0)
    if reader.token.kind != "end":
        reader.refuse("unexpected")
    depth, nodes = measure(expression)
    if depth > DEEPEST:
        raise BadExpression(reason="too-deep", most=DEEPEST)
    if nodes > MOST_NODES:
        raise BadExpression(reason="too-many", most=MOST_NODES)
    return expression, reader.places


class _Reader:
    """Reads tokens by precedence climbing (Pratt 1973)."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0
        self.places: Places = {}

    @property
    def token(self) -> _Token:
        return self.tokens[self.place]

    def refuse(self, reason: str) -> Never:
        raise BadExpression(reason=reason, position=self.token.at, found=self.token.text[:40])

    def take(self, *texts: str) -> str | None:
        token = self.token
        if token.kind in ("sign", "keyword") and token.text in texts:
            self.place += 1
            return token.text
        return None

    def demand(self, text: str) -> None:
        if self.take(text) is None:
            raise BadExpression(reason="expected", wanted=text, position=self.token.at, found=self.token.text[:40])

    def expression(self, floor: int) -> Expression:
        self.depth += 1
        if self.depth > 2 * DEEPEST:
            raise BadExpression(reason="too-deep", most=DEEPEST)
        at = self.token.at
        left = self.first(floor)
        self.places.setdefault(id(left), (left, at))
        at = self.token.at
        while (grown := self.more(left, floor)) is not None:
            left = grown
            self.places[id(left)] = (left, at)
            at = self.token.at
        self.depth -= 1
        return left

    def first(self, floor: int) -> Expression:
        token = self.token
        if floor <= _NOT and self.take("not"):
            return Call("not", (self.expression(_NOT),))
        if self.take("-"):
            return self.minus(token.at)
        if self.take("("):
            inner = self.expression(0)
            self.demand(")")
            return inner
        if self.take("true", "false"):
            return Literal(token.text == "true")
        if token.kind == "keyword" and token.text == "null":
            self.refuse("null-compared")
        if token.kind not in ("number", "text", "word"):
            self.refuse("unexpected" if token.kind != "end" else "ended")
        self.place += 1
        if token.kind == "word":
            return self.named(token)
        return Literal(_number(token) if token.kind == "number" else _text(token))

    def minus(self, at: int) -> Expression:
        inner = self.expression(_MINUS)
        if isinstance(inner, Literal) and isinstance(inner.value, int | float) and not isinstance(inner.value, bool):
            return Literal(-inner.value)
        return call("-", (Literal(0), inner), at)

    def named(self, token: _Token) -> Expression:
        if not self.take("("):
            return Column(token.text)
        if token.text not in FUNCTIONS:
            raise BadExpression(reason="unknown-function", name=token.text[:40], position=token.at)
        args = [self.expression(0)]
        while self.take(","):
            args.append(self.expression(0))
        self.demand(")")
        if token.text in ("coalesce", "least", "greatest"):  # of any length in SQL, of two in the tree
            while len(args) > 2:
                args[-2:] = [call(token.text, (args[-2], args[-1]), token.at)]
        return call(token.text, tuple(args), token.at)

    def more(self, left: Expression, floor: int) -> Expression | None:
        at = self.token.at
        if floor < _OR and self.take("or"):
            return call("or", (left, self.expression(_OR)), at)
        if floor < _AND and self.take("and"):
            return call("and", (left, self.expression(_AND)), at)
        if floor < _SUM and (op := self.take("+", "-")):
            return call(op, (left, self.expression(_SUM)), at)
        if floor < _PRODUCT and (op := self.take("*", "/")):
            return call(op, (left, self.expression(_PRODUCT)), at)
        if floor < _COMPARE:
            found = self.compared(left, at)
            if found is not None and self.token.text in (*COMPARISONS, "!=", "is", "in", "between", "not"):
                self.refuse("write-brackets")  # a = b = c, a = b is null: SQL dialects read these differently
            return found
        return None

    def compared(self, left: Expression, at: int) -> Expression | None:
        if op := self.take(*COMPARISONS, "!="):
            return call("<>" if op == "!=" else op, (left, self.expression(_COMPARE)), at)
        if self.take("is"):
            op = "is-not-null" if self.take("not") else "is-null"
            self.demand("null")
            return call(op, (left,), at)
        turned = self.take("not") is not None
        if self.take("in"):
            found = self.listed(left, at)
        elif self.take("between"):
            low = self.expression(_COMPARE)
            self.demand("and")
            found = call("between", (left, low, self.expression(_COMPARE)), at)
        elif turned:
            self.refuse("unexpected")
        else:
            return None
        return Call("not", (found,)) if turned else found

    def listed(self, left: Expression, at: int) -> Expression:
        self.demand("(")
        values = [self.expression(_COMPARE)]
        while self.take(","):
            values.append(self.expression(_COMPARE))
            if len(values) > MOST_LISTED:
                self.refuse("too-many")
        self.demand(")")
        if not all(isinstance(value, Literal) for value in values):
            raise BadExpression(reason="list-of-values", position=at)
        return call("in", (left, *values), at)


def _number(token: _Token) -> int | float:
    if token.text.isdigit():
        value = int(token.text) if len(token.text) < 20 else _LARGEST + 1
        if value > _LARGEST:
            raise BadExpression(reason="number-too-large", position=token.at)
        return value
    real = float(token.text)
    if not math.isfinite(real):
        raise BadExpression(reason="number-too-large", position=token.at)
    return real


def _text(token: _Token) -> str:
    value = token.text[1:-1].replace("''", "'")
    if _CONTROL.search(value):
        raise BadExpression(reason="control-character", position=token.at)
    return value


_BINDS = {"or": _OR, "and": _AND, "not": _NOT, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_COMPARED = (*COMPARISONS, "in", "between", "is-null", "is-not-null")


def write(expression: Expression) -> str:
    """Write an expression as text, with no more brackets than it needs; `parse` reads the same tree again."""
    return _written(expression, 0)


def _written(expression: Expression, floor: int) -> str:
    match expression:
        case Column(name):
            return name
        case Literal(value):
            return written_value(value)
        case Call(op, args) if op in FUNCTIONS:
            return f"{op}({', '.join(_written(arg, 0) for arg in args)})"
        case Call(op, args):
            binds = _BINDS.get(op, _COMPARE)
            text = _operator(op, args, binds)
            return text if binds > floor else f"({text})"


def _operator(op: str, args: tuple[Expression, ...], binds: int) -> str:
    if op in ("and", "or"):
        return f" {op} ".join(_written(arg, binds) for arg in args)
    if op == "not":
        return f"not {_written(args[0], _NOT)}"
    if op in ("+", "-", "*", "/"):
        return f"{_written(args[0], binds - 1)} {op} {_written(args[1], binds)}"
    first = _written(args[0], _COMPARE)
    if op in COMPARISONS:
        return f"{first} {op} {_written(args[1], _COMPARE)}"
    if op == "in":
        return f"{first} in ({', '.join(_written(arg, 0) for arg in args[1:])})"
    if op == "between":
        return f"{first} between {_written(args[1], _COMPARE)} and {_written(args[2], _COMPARE)}"
    return f"{first} is null" if op == "is-null" else f"{first} is not null"


def written_value(value: Scalar) -> str:
    """Write one value as the language writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, float):
        text = repr(value)
        return text if "." in text or "e" in text else f"{text}.0"
    return str(value)
