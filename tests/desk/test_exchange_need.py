import pytest
from tests.desk.port import ADA, ANN, BOB, EVE, IAN
from tests.exchange.values import BE, NL, a_marking

from vigie.desk.exchange_need import ROLES, needs_to_know
from vigie.exchange import Desk
from vigie.terms import Handling


@pytest.mark.parametrize(("officer", "desk", "may"), [
    (ANN, Desk.TARGETING, True), (ANN, Desk.PROSECUTOR, False), (IAN, Desk.POLICE, True), (IAN, Desk.LIAISON, False),
    (BOB, Desk.PROSECUTOR, True), (EVE, Desk.POLICE, True), (ADA, Desk.TARGETING, False), (ADA, Desk.OVERSIGHT, True),
])  # fmt: skip
def test_who_sits_at_a_desk(officer, desk, may):
    told = a_marking(originator=NL, desks=(desk,))
    assert needs_to_know(officer, told, BE) is may
    assert needs_to_know(officer, told, NL) is (told.tlp <= officer.clearance)


def test_no_desk_helps_who_is_not_cleared():
    assert not needs_to_know(ANN, a_marking(tlp=Handling.RED), BE)
    assert needs_to_know(BOB, a_marking(originator=NL, tlp=Handling.RED), BE)


def test_every_desk_has_somebody():
    assert set(ROLES) == set(Desk)
    assert all(ROLES.values())
