from tests.exchange.values import BE, BR, NL, NOW, an_agreement

from vigie.exchange.agreements import between
from vigie.terms import DAY


def test_each_direction_has_its_own_agreement():
    there, back = an_agreement(BE, NL), an_agreement(NL, BE)
    assert between([there, back], BE, NL, NOW) is there
    assert between([there, back], NL, BE, NOW) is back
    assert between([there, back], BE, BR, NOW) is None


def test_the_one_in_force_is_taken_before_one_that_ended():
    old = an_agreement(id="old", starts=NOW - 9 * DAY, ends=NOW - DAY)
    new = an_agreement(id="new", starts=NOW - DAY, ends=NOW + DAY)
    later = an_agreement(id="later", starts=NOW + DAY, ends=NOW + 99 * DAY)
    assert between([later, old, new], BE, NL, NOW) is new
    assert between([old], BE, NL, NOW) is old
