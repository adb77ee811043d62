"""The vault: bodies are sealed each under its unit, bound to their place."""

import pytest
from tests.store_values import an_entry, an_item

from vigie.store import Store
from vigie.terms import StoreFault


def test_bodies_are_not_in_the_database_in_the_open(store: Store) -> None:
    store.inbox.add([an_item(b"ACME IMPORT")])
    store.log.append([an_entry(5, store.units(1)[0], b"ACME IMPORT")])
    for table in ("inbox", "log"):
        assert b"ACME" not in bytes((store.db.one(f"SELECT body FROM {table}") or (b"",))[0])


def test_a_body_opens_only_at_its_place(store: Store) -> None:
    one, two = store.units(2)
    sealed = store.vault.seal(one, b"body", b"here")
    assert store.vault.unseal(one, sealed, b"here") == b"body"
    assert store.vault.unseal(one, None, b"here") is None
    for unit, text, place in ((two, sealed, b"here"), (one, sealed, b"there"), (one, sealed[:-1], b"here"),
                              (one, b"", b"here"), (one, sealed[:5], b"here")):  # fmt: skip
        with pytest.raises(StoreFault):
            store.vault.unseal(unit, text, place)


def test_sealing_again_never_repeats_a_nonce(store: Store) -> None:
    assert len({store.vault.seal(1, b"body", b"here")[:12] for _ in range(2_000)}) == 2_000


def test_units_follow_each_other_and_are_given_once(store: Store) -> None:
    first, second = store.units(3), store.units(70_000)
    assert list(first) == [0, 1, 2]
    assert second == range(3, 70_003)
    with pytest.raises(KeyError), store.transaction():
        raise KeyError(store.units(1))
    assert store.units(1)[0] not in {*first, *second}


def test_secrets_have_names(store: Store) -> None:
    assert len(store.secret("party")) == 32
    assert store.secret("party") == store.secret("party") != store.secret("commitment")
