"""An expression as a form and back; a fault in the text belongs to one condition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk import BadExpression, load_catalogue
from vigie.risk.columns_row import KINDS
from vigie.risk.form import Condition, Group, expression_of, form_of, named_columns, read_expression, spans_of
from vigie.risk.language_types import check_condition

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("one", CATALOGUE.indicators, ids=lambda one: one.id)
def test_what_fits_a_form_means_the_same_in_it(one):
    form = form_of(one.tree)
    if form is not None:
        text = expression_of(form)
        check_condition(read_expression(text), KINDS)
        assert form_of(read_expression(text)) == form
        assert set(named_columns(text)) == set(named_columns(one.expression))


def test_most_shipped_indicators_fit():
    assert sum(form_of(one.tree) is not None for one in CATALOGUE.indicators) >= 30


LINES = st.one_of(
    st.builds(Condition, st.just("seals"), st.sampled_from(["=", "<", ">="]), st.integers(0, 99).map(str)),
    st.builds(Condition, st.just("hs4"), st.sampled_from(["in", "not-in"]), st.lists(st.sampled_from(["0803", "0804"]), min_size=1, unique=True).map(", ".join)),
    st.builds(Condition, st.just("reefer"), st.just("="), st.sampled_from(["true", "false"])),
    st.builds(Condition, st.just("seals"), st.sampled_from(["is-null", "is-not-null"])),
    st.builds(Condition, st.just("seals"), st.just("between"), st.just("1, 4")),
    st.builds(Condition, st.just("goods_text"), st.sampled_from(["starts_with", "contains"]), st.just("o'b")),
    st.builds(Condition, st.just(""), st.sampled_from(["fired", "not-fired"]), st.just("P1")),
)  # fmt: skip
OPEN = {"all": "any", "any": "all"}


@given(st.sampled_from(["all", "any"]), st.lists(LINES, min_size=2, max_size=4), st.lists(LINES, min_size=2, max_size=3))
def test_a_form_survives_its_text(joint, outer, inner):
    form = Group(joint, tuple(outer), (Group(OPEN[joint], tuple(inner)),))
    text = expression_of(form)
    assert form_of(read_expression(text)) == form
    spans = spans_of(form)
    assert set(spans) == {str(n) for n in range(len(outer))} | {f"g0-{n}" for n in range(len(inner))}
    for name, (start, end) in spans.items():
        place = name.rpartition("-")[2]
        one = (inner if name.startswith("g") else outer)[int(place)]
        assert text[start:end].startswith((one.column or "fired", "not fired", "not ", "starts_with", "contains"))


def test_what_is_no_number_is_refused_at_its_condition():
    form = Group("all", (Condition("empty", "=", "true"), Condition("seals", ">", "1 or empty")))
    text = expression_of(form)
    assert text == "empty and seals > '1 or empty'"
    with pytest.raises(BadExpression):
        check_condition(read_expression(text), KINDS)
    start, end = spans_of(form)["1"]
    assert text[start:end] == "seals > '1 or empty'"


def test_what_computes_is_no_form():
    assert form_of(read_expression("seals + 1 > 2")) is None
    assert form_of(read_expression("(a or (b and c)) and d")) is None
