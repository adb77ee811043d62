import pytest

from vigie.console.scanning_keys import KEYED, USUAL, keys_of, keys_told
from vigie.desk.views import Preferences
from vigie.terms import BadRequest


def test_the_usual_keys_are_one_each_and_lead_nowhere_else():
    assert len(set(USUAL.values())) == len(USUAL)
    assert not set(USUAL.values()) & set("123456789g/")
    assert keys_of(Preferences()) == dict(USUAL)


def test_an_own_choice_is_kept_beside_what_else_is_kept():
    told = dict(USUAL) | {"hold": "H"}
    kept = keys_told({"all": "off", "scan-hold": "q"}, told)
    assert kept == {"all": "off", "scan-hold": "H"}
    assert keys_of(Preferences(keys=kept))["hold"] == "H"
    assert keys_told(kept, {}) == {"all": "off"}


@pytest.mark.parametrize(("action", "key"), [("hold", "n"), ("hold", "g"), ("hold", "1"), ("hold", ""), ("hold", "ab"), ("hold", " ")])
def test_a_choice_that_cannot_be_is_refused(action, key):
    with pytest.raises(BadRequest):
        keys_told({}, dict(USUAL) | {action: key})
    assert action in KEYED
