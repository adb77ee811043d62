"""Parties are found by name, and no name is stored in the open."""

from tests.store_values import a_party

from vigie.store import Store
from vigie.terms import Moment, PartyKey, party_key
from vigie.tracking import Merge


def test_parties_are_found_by_name_with_a_typing_error_per_word(store: Store) -> None:
    parties = [a_party("Fruta Ficticia S.A."), a_party("FRUTAS DEL MAR LTDA"), a_party("Ñandú Exportações")]
    keys = [key for party in parties if (key := party_key(party, b"s")) is not None]
    store.parties.add(list(zip(keys, parties, strict=True)))
    store.parties.add(list(zip(keys, reversed(parties), strict=True)))
    assert store.parties.get(keys) == dict(zip(keys, parties, strict=True))
    assert [key for key, _, _ in store.parties.named("frtua ficticia")] == [keys[0]]
    assert [(party.name, errors) for _, party, errors in store.parties.named("fruta")] == [
        ("Fruta Ficticia S.A.", 0), ("FRUTAS DEL MAR LTDA", 1)]  # fmt: skip
    assert [key for key, _, _ in store.parties.named("nandu exportacoes")] == [keys[2]]
    assert store.parties.named("ficticia mar") == []
    assert store.parties.named("...") == []


def test_names_are_not_in_the_database_in_the_open(store: Store) -> None:
    store.parties.add([(PartyKey("00000000000000aa"), a_party("ACME IMPORT"))])
    assert b"ACME" not in bytes((store.db.one("SELECT body FROM party") or (b"",))[0])


def test_merges_are_kept_in_order_and_read_from_an_entry_on(store: Store) -> None:
    a, b = PartyKey("0000000000000001"), PartyKey("0000000000000002")
    store.parties.merge(a, b, Moment(5), "ann")
    store.parties.merge(a, a, Moment(9), "bob")
    assert store.parties.merges() == [Merge(Moment(5), 1, 2, "ann"), Merge(Moment(9), 1, 1, "bob")]
    assert [one.hlc for one in store.parties.merges(5)] == [9]
