from tests.desk.port import a_consignment

from vigie.desk import pseudonyms
from vigie.desk.pseudonyms import Pseudonyms
from vigie.terms import Party, PartyRole, key_number, party_key

SECRET = b"s" * 32


def test_a_party_has_the_same_key_whenever_it_is_asked_for():
    names = Pseudonyms(SECRET)
    for party in a_consignment().parties:
        assert names.key(party) == names.key(party) == party_key(party, SECRET)
        assert names.number(party) == key_number(party_key(party, SECRET))


def test_who_is_not_identified_has_none():
    party = Party(PartyRole.CONSIGNEE, name="TO ORDER OF BANK")
    assert (Pseudonyms(SECRET).key(party), Pseudonyms(SECRET).number(party)) == (None, None)


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(pseudonyms, "_REMEMBERED", 3)
    names = Pseudonyms(SECRET)
    for number in range(10):
        names.key(Party(PartyRole.NOTIFY, name=f"Trader {number}"))
    assert len(names._known) == 3
