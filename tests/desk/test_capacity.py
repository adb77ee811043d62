import pytest
from tests.desk.port import ADA, ANN, BOB

from vigie.desk.capacity import capacity, daily, day_start, on_day, set_capacity
from vigie.terms import HOUR, BadRequest, NotForYou, read_moment

EARLY = {"name": "early", "start": "06:00", "hours": 8, "scanners": {"S1": 40, "S2": 20}}
NIGHT = {"name": "night", "start": "22:30", "hours": 8, "scanners": {"S1": 10}}


def test_what_was_set_is_told(node):
    set_capacity(BOB, "BEANR", [EARLY, NIGHT], node)
    assert capacity(ANN, "BEANR", node) == (EARLY, NIGHT)
    assert capacity(ANN, "NLRTM", node) == ()


def test_a_shift_of_a_day_may_end_on_the_next(node):
    set_capacity(BOB, "BEANR", [NIGHT], node)
    shift = on_day("BEANR", "2026-03-02", daily("BEANR", node)[0])
    assert (shift.start, shift.end - shift.start) == (read_moment("2026-03-02T22:30:00Z"), 8 * HOUR)
    assert shift.slots == 10


@pytest.mark.parametrize(
    "wrong",
    [
        [EARLY, EARLY], [EARLY | {"start": "25:00"}], [EARLY | {"hours": 0}], [EARLY | {"hours": 25}],
        [EARLY | {"name": ""}], [EARLY | {"name": "a|b"}], [EARLY | {"scanners": {"S1": -1}}],
        [EARLY | {"scanners": {"": 1}}], [{"name": "early"}], [EARLY | {"colour": "red"}], ["early"],
    ],
)  # fmt: skip
def test_shifts_that_cannot_be(wrong, node):
    with pytest.raises(BadRequest):
        set_capacity(BOB, "BEANR", wrong, node)
    assert daily("BEANR", node) == ()


def test_a_site_is_a_locode_and_a_day_a_date(node):
    with pytest.raises(BadRequest):
        set_capacity(BOB, "Antwerp", [EARLY], node)
    with pytest.raises(BadRequest):
        day_start("tomorrow")


def test_who_may_set_it(node):
    for officer in (ANN, ADA):
        with pytest.raises(NotForYou):
            set_capacity(officer, "BEANR", [EARLY], node)
