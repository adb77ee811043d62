"""Models are kept by the hash of their bytes, in every store, and never changed."""

from hashlib import sha256

import pytest


def test_bytes_come_back_as_they_were_and_are_kept_once(store):
    body = bytes(range(256)) * 5000
    name = store.models.put(body)
    assert name == sha256(body).hexdigest() == store.models.put(body)
    assert store.models.get(name) == body
    assert store.models.hashes() == {name: len(body)}


def test_what_is_not_there_is_none(store):
    assert store.models.get("0" * 64) is None
    assert store.models.hashes() == {}


@pytest.mark.parametrize("broken", [b"", b"no longer packed"])
def test_what_cannot_be_unpacked_is_empty_so_that_its_hash_is_refused(store, broken):
    name = store.models.put(b"a model")
    with store.transaction():
        store.db.run("UPDATE model SET body = ? WHERE hash = ?", (broken, name))
    assert store.models.get(name) == b""
