import pytest

from vigie.registry import Report, Seized, Seizure, Substance, compared, proposals, rows_of
from vigie.terms import DAY, HOUR, Moment


def a_row(name="S1", grams=100_000, at=DAY, container="BOX", place="BEANR", substance="cocaine", cover=""):
    told = Seized(Moment(at), place, (Substance(substance, grams),), container=container, cover_hs=cover)
    return next(rows_of(Seizure(name, (Report("customs", "BE", "x", told),), Moment(0))))


@pytest.mark.parametrize(("other", "marks"), [
    (a_row("S2", 104_000, DAY + HOUR), ("container", "place", "day", "weight")),
    (a_row("S2", 300_000, DAY + HOUR), ("container", "place", "day")),
    (a_row("S2", 103_000, DAY + HOUR, container=""), ("place", "day", "weight")),
    (a_row("S2", 104_000, DAY + HOUR, container=""), None),
    (a_row("S2", 100_000, DAY + HOUR, container="", place="NLRTM"), None),
    (a_row("S2", 100_000, 3 * DAY, container=""), None),
    (a_row("S2", 100_000, DAY + HOUR, container="", cover="0803"), None),
    (a_row("S2", 104_000, DAY + HOUR, container="OTHER"), None),
    (a_row("S2", 300_000, DAY + HOUR, container=""), None),
    (a_row("S2", 100_000, 5 * DAY), None),
    (a_row("S2", substance="heroin"), None),
])  # fmt: skip
def test_a_proposal_says_why_and_chance_is_no_reason(other, marks):
    found = compared(a_row(), other)
    assert (found.marks if found else None) == marks


def test_each_is_compared_with_the_days_before_it():
    rows = [a_row("S1"), a_row("S2", at=DAY + HOUR), a_row("S3", at=9 * DAY), a_row("S4", at=9 * DAY)]
    assert [(one.one, one.other) for one in proposals(rows)] == [("S1", "S2"), ("S3", "S4")]


def test_a_busy_day_offers_what_is_as_heavy_and_under_the_same_cover_alone():
    day = [a_row(f"S{place}", 100_000 + 1_000 * place, DAY + place, container="", cover=("0803", "4407")[place % 2])
           for place in range(40)]  # fmt: skip
    found = [one for one in day[1:] if compared(day[0], one)]
    assert [one.id for one in found] == ["S2"]
    assert compared(day[0], a_row("S99", 101_000, DAY, container="", cover="080390")) is not None
