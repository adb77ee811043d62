"""The text of the language; sqlglot, reading it as DuckDB's SQL, is the independent judge of what it means."""

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st
from sqlglot import expressions as sg
from tests.risk.expressions import conditions

from vigie.risk.language import BadExpression, Call, Column, Literal, as_json, call
from vigie.risk.language_text import parse, parse_placed, write

_BINARY = {
    sg.EQ: "=", sg.NEQ: "<>", sg.LT: "<", sg.LTE: "<=", sg.GT: ">", sg.GTE: ">=", sg.Add: "+", sg.Sub: "-",
    sg.Mul: "*", sg.Div: "/", sg.And: "and", sg.Or: "or", sg.StartsWith: "starts_with", sg.Contains: "contains",
}
_NARY = {sg.Coalesce: "coalesce", sg.Least: "least", sg.Greatest: "greatest"}
_UNARY = {sg.Not: "not", sg.Abs: "abs", sg.Sqrt: "sqrt", sg.Length: "length"}


def by_the_judge(node):
    """Turn what sqlglot read into our tree; written against sqlglot's tree, not against our parser."""
    kind = type(node)
    if kind is sg.Paren:
        return by_the_judge(node.this)
    if kind is sg.Column:
        return Column(node.name)
    if kind is sg.Boolean:
        return Literal(bool(node.this))
    if kind is sg.Literal:
        text = node.this
        return Literal(text if node.is_string else int(text) if text.isdigit() else float(text))
    if kind is sg.Neg:
        inner = by_the_judge(node.this)
        minus = isinstance(inner, Literal) and not isinstance(node.this, sg.Column)
        return Literal(-inner.value) if minus else Call("-", (Literal(0), inner))
    if kind is sg.Is:
        return Call("is-null", (by_the_judge(node.this),))
    if kind is sg.Not and isinstance(node.this, sg.Is):
        return Call("is-not-null", (by_the_judge(node.this.this),))
    if kind in _UNARY:
        return Call(_UNARY[kind], (by_the_judge(node.this),))
    if kind in _BINARY:
        return call(_BINARY[kind], (by_the_judge(node.this), by_the_judge(node.expression)))
    if kind is sg.Between:
        return Call("between", tuple(by_the_judge(node.args[part]) for part in ("this", "low", "high")))
    if kind is sg.In:
        return Call("in", tuple(by_the_judge(part) for part in (node.this, *node.expressions)))
    assert kind in _NARY, node
    parts = [by_the_judge(part) for part in (node.this, *node.expressions)]
    while len(parts) > 2:
        parts[-2:] = [Call(_NARY[kind], (parts[-2], parts[-1]))]
    return Call(_NARY[kind], tuple(parts))


TEXTS = [
    "a = 1", "a <> 1 or b < 2 and not p", "not a = 1 and b >= -3", "a in (1, 2, -3) and s not in ('x', 'it''s')",
    "a not between 1 and 2 + b or a is null", "a - b - 1 = a - (b - 1)", "a / b / 2 > a / (b / 2)", "a * (b + 1) - 2 > 0",
    "starts_with(s, 'ab') and contains(t, '%')", "coalesce(a, b, 0) > least(a, b, 3)", "length(s) < 4 and p",
    "abs(a - b) >= 0.05 * sqrt(b)", "x > 1.5e-3", "p = (a > b)", "(a is null) = (b is null)", "p = true", "a = -b",
    "not (p and q) or not p", "a between b - 1 and b + 1 and q", "p is not null and not (s is null)", "(a) = ((b))",
    "AND_COLUMN = 1 AND b Is Not Null OR NOT p",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_text_means_what_sql_means(text):
    assert as_json(parse(text)) == as_json(by_the_judge(sqlglot.parse_one(text, dialect="duckdb")))


@given(conditions())
def test_what_is_written_is_read_back_and_the_judge_agrees(expression):
    text = write(expression)
    read = parse(text)
    assert write(read) == text
    assert as_json(parse(write(read))) == as_json(read)
    judged = by_the_judge(sqlglot.parse_one(text, dialect="duckdb"))
    assert as_json(judged) == as_json(read)


@pytest.mark.parametrize(
    ("text", "reason", "position"),
    [
        ("a = = b", "unexpected", 4),
        ("a = ", "ended", 3),
        ("", "ended", 0),
        ("(a = 1", "expected", 6),
        ("a = 1)", "unexpected", 5),
        ("a = 'x", "unknown-sign", 4),
        ("a = 1; drop", "unknown-sign", 5),
        ("a like 'x%'", "unexpected", 2),
        ("upper(s) = 'X'", "unknown-function", 0),
        ("a = b = c", "write-brackets", 6),
        ("a = b is null", "write-brackets", 6),
        ("a in (b)", "list-of-values", 2),
        ("a in ()", "unexpected", 6),
        ("a is true", "expected", 5),
        ("a = 99999999999999999999", "number-too-large", 4),
        ("a = 1e999", "number-too-large", 4),
        ("a = 1abc", "unknown-sign", 4),
        ("a = 'x\x00'", "control-character", 4),
        ("abs(a, b) > 1", "wrong-count", 0),
        ("a not = 1", "unexpected", 6),
        ("a = not b", "unexpected", 4),
        ("a -- b", "unknown-sign", 2),
        ("a" * 5000, "too-long", None),
        ("(" * 200 + "a" + ")" * 200, "too-deep", None),
        ("not " * 200 + "a", "too-deep", None),
        ("a" + " + a" * 900 + " > 1", "too-deep", None),
        (" or ".join(["p"] * 600), "too-many", None),
    ],
)
def test_a_mistake_is_told_with_its_place(text, reason, position):
    with pytest.raises(BadExpression) as refused:
        parse(text)
    assert refused.value.facts["reason"] == reason
    assert refused.value.facts.get("position") == position


@given(st.text(st.sampled_from("ab1.'()=<>!+-*/, andortis\n\x00é漢"), max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        read = write(parse(text))
    except BadExpression as refused:
        read = str(refused.facts["reason"])
    assert read


def test_every_part_knows_where_it_stands():
    text = "p and (a + b) * 2 > x or s = 'é'"
    tree, places = parse_placed(text)
    assert tree == parse(text)
    at = {write(part): place for part, place in places.values()}
    assert (at["p"], at["a"], at["b"], at["2"], at["x"], at["s"], at["'é'"]) == (0, 7, 11, 16, 20, 25, 29)
    assert (text[at["a + b"]], text[at["s = 'é'"]]) == ("+", "=")


def test_unknown_is_compared_with_nothing():
    for text in ("s = null", "null = s", "a in (null)", "a between null and 2"):
        with pytest.raises(BadExpression) as refused:
            parse(text)
        assert refused.value.facts["reason"] == "null-compared"
        assert text[refused.value.facts["position"] :].startswith("null")
