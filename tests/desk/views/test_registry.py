"""Views of the register are plain values with every key."""

from vigie.desk.views.plain import plain
from vigie.desk.views.registry import SeizureChange, SeizureLine
from vigie.terms import Moment


def test_moments_are_told_as_such_and_empty_fields_stay():
    line = SeizureLine("S1", Moment(0), "BEANR", "cocaine", None, None, "", "", "", ("customs",), (), "", 2, False, True)
    told = plain(line)
    assert (told["at"], told["grams"], told["services"]) == ("1970-01-01T00:00:00Z", None, ["customs"])
    assert plain(SeizureChange(Moment(0), "merge", "ann"))["other"] == ""
