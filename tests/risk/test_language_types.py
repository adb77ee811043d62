import pytest
from tests.risk.expressions import KINDS

from vigie.risk.language import BadExpression, Call, Literal, Type
from vigie.risk.language_text import parse, write
from vigie.risk.language_types import Kind, check_condition, culprit, kind_of


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing = 1", "unknown-column"),
        ("a = 'x'", "type-clash"),
        ("s < t", "type-clash"),
        ("p > q", "type-clash"),
        ("p and a", "type-clash"),
        ("m + n > m", "type-clash"),
        ("m > 5", "type-clash"),
        ("s + 1 = 2", "type-clash"),
        ("coalesce(a, s) = 1", "type-clash"),
        ("least(s, t) = 'x'", "type-clash"),
        ("length(a) = 1", "type-clash"),
        ("abs(s) = 1", "type-clash"),
        ("a in (1, 'x')", "type-clash"),
        ("a / 0 = 1", "division-by-zero"),
        ("a / 0.0 = 1", "division-by-zero"),
        ("contains(s, t)", "part-of-text"),
        ("starts_with(s, '')", "part-of-text"),
        ("big * a > 1", "may-overflow"),
        ("big + big > 1", "may-overflow"),
        ("a / (x - y) > 1", "may-overflow"),
        ("a + 1", "not-a-condition"),
        ("s", "not-a-condition"),
    ],
)
def test_what_has_no_meaning_is_refused(text, reason):
    with pytest.raises(BadExpression) as refused:
        check_condition(parse(text), KINDS)
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a + 1", Kind(Type.INT, -(1 << 40) + 1, (1 << 40) + 1, 1)),
        ("abs(a)", Kind(Type.INT, 0, 1 << 40, 1)),
        ("m - n", Kind(Type.INT, -(1 << 53), 1 << 53, 1)),
        ("sqrt(abs(a))", Kind(Type.FLOAT, 0, 2.0**20, 1)),
        ("a / b", Kind(Type.FLOAT, -(2.0**40), 2.0**40, 2.0**-40)),
        ("least(a, 5)", Kind(Type.INT, -(1 << 40), 1 << 40, 1)),
        ("coalesce(x, a)", Kind(Type.FLOAT, -(2.0**40), 2.0**40, 1e-9)),
    ],
)
def test_types_and_ranges_are_told(text, kind):
    found = kind_of(parse(text), KINDS)
    assert found.type is kind.type
    if text != "coalesce(x, a)":
        assert found == kind


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1 << 63, "a\x00", "\ud800"])
def test_values_that_no_database_holds_are_refused(value):
    with pytest.raises(BadExpression):
        kind_of(Literal(value), KINDS)


def test_a_tree_too_deep_to_walk_is_refused_first():
    expression = Literal(1)
    for _ in range(50_000):
        expression = Call("-", (expression, Literal(1)))
    with pytest.raises(BadExpression) as refused:
        kind_of(expression, KINDS)
    assert refused.value.facts["reason"] == "too-deep"


@pytest.mark.parametrize(("text", "part"), [("a + b > s", "a + b > s"), ("p and (a > 1 or s > 2)", "s > 2"),
                                            ("abs(s) > 1", "abs(s)"), ("p and nothing = 1", "nothing")])  # fmt: skip
def test_the_innermost_part_without_meaning_is_found(text, part):
    assert write(culprit(parse(text), KINDS)) == part


@pytest.mark.parametrize("text", ["a / (1 - 1) > 2", "a / 0 > 2", "a / 0.0 > 2", "a / (2 * 0) > 1"])
def test_a_divisor_that_can_only_be_zero_is_refused(text):
    with pytest.raises(BadExpression) as refused:
        check_condition(parse(text), KINDS)
    assert refused.value.facts["reason"] == "division-by-zero"


def test_a_reference_takes_a_name():
    check_condition(parse("fired('P1') and p"), KINDS)
    for text in ("fired(p)", "fired('')", "fired(1)"):
        with pytest.raises(BadExpression):
            check_condition(parse(text), KINDS)
