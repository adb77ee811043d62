"""Parties are found by name, and no name is stored in the open."""

from tests.store_values import a_party

from vigie.store import Store
from vigie.terms import PartyKey, party_key


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


def test_merges_are_followed_and_circles_end(store: Store) -> None:
    a, b, c, d = (PartyKey(f"{n:016x}") for n in range(1, 5))
    store.parties.merge(a, b, 5)
    store.parties.merge(b, c, 6)
    assert store.parties.merged([a, b, c, d]) == {a: c, b: c}
    store.parties.merge(c, a, 7)
    assert store.parties.merged([d]) == {}
    store.parties.merged([a])
