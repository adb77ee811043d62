import pytest

from vigie.registry import Report, Seized, Seizure, Substance, compared, proposals, rows_of
from vigie.terms import DAY, HOUR, Moment


def a_row(name="S1", grams=100_000, at=DAY, container="BOX", place="BEANR", substance="cocaine"):
    told = Seized(Moment(at), place, (Substance(substance, grams),), container=container)
    return next(rows_of(Seizure(name, (Report("customs", "BE", "x", told),), Moment(0))))


@pytest.mark.parametrize(("other", "marks"), [
    (a_row("S2", 104_000, DAY + HOUR), ("container", "place", "day", "weight")),
    (a_row("S2", 300_000, DAY + HOUR), ("container", "place", "day")),
    (a_row("S2", 104_000, DAY + HOUR, container=""), ("place", "day", "weight")),
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
