"""The keys of a box's traders: by its main line, as they counted at that moment."""

from tests.risk.visits import CONSIGNEE, CONSIGNOR, a_line, a_move, a_visit

from vigie.risk import trader_keys
from vigie.terms import PartyRole

KEYS = {PartyRole.CONSIGNEE: 7, PartyRole.CONSIGNOR: 8}


def key_of(party):
    return KEYS[party.role]


def test_consignee_comes_first_then_consignor():
    assert trader_keys(a_visit(a_line()), key_of) == (7, 8)


def test_who_is_not_named_has_no_key():
    assert trader_keys(a_visit(a_line(parties=(CONSIGNOR,))), key_of) == (None, 8)
    assert trader_keys(a_visit(a_line(parties=(CONSIGNEE,))), key_of) == (7, None)
    assert trader_keys(a_visit(a_move("DISC", 1_760_000_000_000_000)), key_of) == (None, None)


def test_a_party_that_nothing_identifies_has_none():
    assert trader_keys(a_visit(a_line()), lambda party: None) == (None, None)
