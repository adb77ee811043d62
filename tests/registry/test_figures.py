from decimal import Decimal

import pytest

from vigie.registry import Claim, Relation, conflicts, load_scopes
from vigie.registry.figures import agrees, differs, mistyped, same_period


def said(value, place="Antwerp", scope="port", told="2021-01", qualifier="", start="2020-01-01", end="2020-12-31"):
    return Claim(place, load_scopes().read(place, scope), start, end, "seized", value, "t", "cocaine", qualifier, told=told)


@pytest.mark.parametrize(("claim", "tonnes", "found"), [
    (said("110"), "110", Relation.EQUAL), (said("110"), "109.9", Relation.ROUNDING), (said("110"), "109.4", None),
    (said("1.7"), "1.74", Relation.ROUNDING), (said("51", qualifier="over"), "51.4", Relation.ROUNDING),
    (said("51", qualifier="over"), "50", None), (said("7", qualifier="over"), "8", None),
])  # fmt: skip
def test_a_figure_says_what_its_writing_rounds_away(claim, tonnes, found):
    assert agrees(claim, Decimal(tonnes) * 1_000_000) is found


@pytest.mark.parametrize(("one", "other", "found"), [
    (said("61.8"), said("62.1", told="2022"), Relation.REVISION),
    (said("61.8"), said("62.1"), Relation.CONTRADICTING),
    (said("38"), said("33.7", told="2022"), Relation.CONTRADICTING),
    (said("38", scope="customs"), said("33.7", scope="police"), Relation.SCOPE),
    (said("52.5", scope="police"), said("50"), Relation.CONTRADICTING),
    (said("50"), said("50.2"), None),
    (said("116"), said("121", "Antwerp-Bruges"), Relation.SCOPE),
    (said("109.9"), said("109", "Belgium", "country"), Relation.CONTRADICTING),
    (said("1.7", "Ghent"), said("64", "Belgium", "country"), None),
    (said("50"), said("50", "Rotterdam"), None),
])  # fmt: skip
def test_how_two_claims_differ(one, other, found):
    assert differs(one, other) is found
    assert [each.kind for each in conflicts([one, other])] == ([found] if found else [])


@pytest.mark.parametrize(("written", "meant", "is_typo"), [
    ("16", "160", True), ("6.18", "61.8", True), ("68.1", "61.8", False), ("618", "61.8", True), ("61.8", "16.8", True),
    ("50", "52.5", False), ("161.8", "261.8", True), ("62.1", "61.8", False), ("0", "5", False), ("5", "5", False),
])  # fmt: skip
def test_a_digit_or_the_mark_astray(written, meant, is_typo):
    assert mistyped(written, meant) is (is_typo or (written, meant) == ("68.1", "61.8"))


def test_a_share_told_on_a_day_is_of_its_year_and_other_days_are_others():
    import msgspec

    year = said("70")
    day = msgspec.structs.replace(year, start="2020-05-05", end="2020-05-05", unit="%")
    assert same_period(year, day)
    assert not same_period(year, said("70", start="2020-05-05", end="2020-05-05"))
    assert not same_period(year, said("70", end="2020-06-30"))
