import pytest

from vigie.selection import Scanner, Shift
from vigie.terms import BadRequest


def test_a_shift_counts_its_slots_and_has_a_name_of_its_own():
    shift = Shift("BEANR", "early", 1, 2, (Scanner("S1", 3), Scanner("S2", 4)))
    assert shift.slots == 7
    assert shift.id != Shift("BEANR", "late", 1, 2, ()).id


def test_a_shift_that_cannot_be_is_refused():
    with pytest.raises(BadRequest):
        Shift("BEANR", "early", 2, 2, ())
    with pytest.raises(BadRequest):
        Shift("BEANR", "early", 1, 2, (Scanner("S1", -1),))
