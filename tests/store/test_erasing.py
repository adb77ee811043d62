"""What is taken back is written before its key goes; whoever is killed between the two finds it named."""

import pytest
from tests.exchange.values import NOW
from tests.store.test_exchange import append
from tests.store.test_packages import RAW, TOLD

from vigie.terms import StoreFault


class Killed(BaseException):
    pass


def unit_of(store, id):
    return int(store.db.one("SELECT unit FROM exchange_entry WHERE id = ?", (id,))[0])


def test_a_key_goes_with_its_transaction_and_not_before(store):
    made, _ = append(store, 1)
    id = made[0][0].id
    unit = unit_of(store, id)
    with store.transaction():
        assert store.exchange.erase(id, [1]) == 1
        assert store.vault.gone([unit]) == set()
    assert store.vault.gone([unit]) == {unit}
    assert (store.erasing.finish(), store.exchange.erase(id, [1])) == (0, 0)


def test_what_was_undone_can_still_be_read(store):
    made, _ = append(store, 1)
    id = made[0][0].id

    def broken():
        with store.transaction():
            store.exchange.erase(id, [1])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert store.exchange.of(id)[0][1].body is not None
    assert store.erasing.finish() == 0


def test_a_full_disk_is_no_end_of_it(store, monkeypatch):
    store.packages.put(TOLD, RAW, NOW)
    unit = store.packages.get(TOLD.sha256).unit

    def full(units):
        raise StoreFault(reason="full")

    with monkeypatch.context() as now:
        now.setattr(store.vault, "destroy", full)
        assert store.packages.drop(TOLD.sha256)
    assert store.packages.get(TOLD.sha256) is None
    assert store.vault.gone([unit]) == set()
    assert store.erasing.finish() == 1
    assert store.vault.gone([unit]) == {unit}
    assert [file for file in store.blobs.folder.rglob("*") if file.is_file()] == []


def test_who_was_killed_between_finishes_at_the_next_start(opened, lasting_url, monkeypatch):
    store = opened()
    made, _ = append(store, 1)
    id = made[0][0].id
    unit = unit_of(store, id)

    def killed(units):
        raise Killed

    with monkeypatch.context() as now:
        now.setattr(store.vault, "destroy", killed)
        with pytest.raises(Killed), store.transaction():
            store.exchange.erase(id, [1])
    assert store.vault.gone([unit]) == set()
    store.close()
    again = opened()
    assert again.vault.gone([unit]) == {unit}
    assert again.exchange.of(id)[0][1].body is None
    assert again.erasing.finish() == 0
