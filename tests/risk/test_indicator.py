import pytest

from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import SCALE, Action, BadIndicator, Grade, places, read_indicator
from vigie.risk.language import BadExpression
from vigie.terms import Handling

GOOD = """
id = "X1"
version = 1
typology = "documents"
expression = "goods_vague AND (empty = FALSE)"
evidence = ["goods_text"]
action = "score"
handling = "amber-strict"
legal_basis = "law"
basis = "somebody"
valid_from = 2026-01-01
fires = [ { goods_vague = true, empty = false }, { goods_vague = true, empty = false, hs2 = "08" } ]
silent = [ { goods_vague = false }, { empty = false } ]
[weight]
grade = "weak"
source = "judgement"
[title]
en = "a"
fr = "a"
nl = "a"
es = "a"
pt = "a"
[reason]
en = "{goods_text}"
fr = "{goods_text}"
nl = "{goods_text}"
es = "{goods_text}"
pt = "{goods_text}"
"""


def read(text):
    return read_indicator(text.encode(), KINDS)


def test_a_file_becomes_an_indicator():
    found = read(GOOD)
    assert found.expression == "goods_vague and empty = false"
    assert (found.weight.milli, found.weight.low, found.weight.high) == (693, 693, 2303)
    assert (found.action, found.handling) == (Action.SCORE, Handling.AMBER_STRICT)
    assert found.json == ["and", {"column": "goods_vague"}, ["=", {"column": "empty"}, False]]
    assert found.in_force(found.valid_from)
    assert not found.in_force(found.valid_from - 1)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('en = "a"', 'en = " "', "text missing"),
        ('nl = "{goods_text}"', 'nl = "{hs2}"', "place without evidence"),
        ('nl = "{goods_text}"', 'nl = "{goods_text"', "bad place"),
        (', { empty = false } ]', " ]", "fewer than two examples of each kind"),
        ('source = "judgement"', 'source = "judgement"\nmilli = 9000', "weight outside its grade"),
        ('source = "judgement"', 'source = ""', "no source"),
        ('action = "score"', 'action = "watch"', "only a score has a weight"),
        ("version = 1", "version = 0", "version below 1"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_until = 2025-01-01", "ends before it starts"),
    ],
)
def test_what_is_not_whole_is_refused(before, after, reason):
    with pytest.raises(BadIndicator) as refused:
        read(GOOD.replace(before, after, 1))
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize(
    ("before", "after"),
    [("typology", "typologie"), ('action = "score"', 'action = "guess"'), ("version = 1", 'version = "1"'),
     ('handling = "amber-strict"', 'handling = "pink"'), ("[title]", "[title")],
)
def test_another_shape_is_refused(before, after):
    with pytest.raises(BadIndicator):
        read(GOOD.replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [("goods_vague AND", "nothing AND"), ("{ goods_vague = false }", "{ nothing = false }"),
     ('evidence = ["goods_text"]', 'evidence = ["goods_text", "nothing"]'), ("(empty = FALSE)", "(empty = 1)")],
)
def test_unknown_columns_and_clashes_are_refused(before, after):
    with pytest.raises(BadExpression):
        read(GOOD.replace(before, after, 1))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(BadIndicator):
        read_indicator(b"\xff\xfe", KINDS)


def test_the_hash_follows_what_decides_and_not_the_words():
    found = read(GOOD)
    assert read(GOOD.replace('en = "a"', 'en = "better"', 1)).hash == found.hash
    assert read(GOOD.replace("(empty = FALSE)", "empty = false")).hash == found.hash
    for before, after in (("empty = FALSE", "empty = TRUE"), ("version = 1", "version = 2"), ('"weak"', '"moderate"')):
        assert read(GOOD.replace(before, after, 1)).hash != found.hash


def test_grades_follow_each_other():
    assert SCALE[Grade.WEAK][1] == SCALE[Grade.MODERATE][0]
    assert SCALE[Grade.MODERATE][1] == SCALE[Grade.MODERATELY_STRONG][0]


@pytest.mark.parametrize("text", ["{", "}", "{a b}", "{}", "a}b{c}", "{a!r}"])
def test_strange_braces_are_refused(text):
    with pytest.raises(BadIndicator):
        places(text)


def test_places_are_plain_names():
    assert places("no place, {one} and {two}") == {"one", "two"}
