import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.risk.expressions import conditions

from vigie.risk.language import (
    DEEPEST,
    OPERATORS,
    BadExpression,
    Call,
    Column,
    Literal,
    as_json,
    columns_in,
    from_json,
    measure,
    put_in,
)


@given(conditions())
def test_the_json_tree_is_read_back_as_written(expression):
    tree = as_json(expression)
    assert as_json(from_json(json.loads(json.dumps(tree)))) == tree


_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(sorted(OPERATORS)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["column", "x"]), inner, max_size=2),
)


@given(_ANY_JSON)
def test_any_json_is_read_or_refused(tree):
    try:
        reason = as_json(from_json(tree)) is None
    except BadExpression as refused:
        reason = refused.facts["reason"]
    assert reason in {False, "not-a-tree", "unknown-function", "wrong-count", "too-deep"}


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (["xor", True, False], "unknown-function"),
        (["=", 1], "wrong-count"),
        (["not", True, False], "wrong-count"),
        ({"column": "a", "table": "b"}, "not-a-tree"),
        (None, "not-a-tree"),
        ([], "not-a-tree"),
    ],
)
def test_what_is_no_expression_is_refused_with_its_reason(tree, reason):
    with pytest.raises(BadExpression) as refused:
        from_json(tree)
    assert refused.value.facts["reason"] == reason


def test_a_tree_without_end_is_refused_without_exhausting_the_stack():
    tree = True
    for _ in range(100_000):
        tree = ["not", tree]
    with pytest.raises(BadExpression) as refused:
        from_json(tree)
    assert refused.value.facts == {"reason": "too-deep", "most": DEEPEST}


def test_joined_conditions_are_flat():
    assert from_json(["and", ["and", True, False], True]) == Call("and", (Literal(True), Literal(False), Literal(True)))


def test_columns_are_told_once_in_order_and_can_be_replaced():
    expression = Call("+", (Column("b"), Call("*", (Column("a"), Column("b")))))
    assert columns_in(expression) == ("b", "a")
    assert columns_in(put_in(expression, {"b": Literal(1)})) == ("a",)
    assert measure(expression) == (3, 5)
