"""The key file: whole or not there, ours alone, noticed when it changes, never without what was not erased."""

import stat
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.store.keyfile import BLOCK, KeyRing, Keys
from vigie.terms import StoreFault


def test_what_is_written_is_read() -> None:
    keys = replace(Keys.fresh(), high=77)
    assert Keys.read(keys.write()) == keys


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with pytest.raises(StoreFault):
        Keys.read(raw)


@given(st.data())
def test_a_damaged_file_is_refused(data: st.DataObject) -> None:
    raw = bytearray(Keys.fresh().write())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(StoreFault):
        Keys.read(bytes(raw))
    with pytest.raises(StoreFault):
        Keys.read(bytes(raw[: data.draw(st.integers(0, len(raw) - 1))]))


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys"
    KeyRing(path, create=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ring = KeyRing(path, create=False)
    ring.destroy([3])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in path.parent.iterdir()) == ["keys", "keys.lock"]


def test_an_absent_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as error:
        KeyRing(tmp_path / "keys", create=False)
    assert error.value.facts["reason"] == "no-key-file"


def test_secrets_survive_erasure_and_differ_by_label(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys", create=True)
    party = ring.keys.named("party")
    ring.destroy(range(100))
    again = KeyRing(tmp_path / "keys", create=False)
    assert again.keys.named("party") == party != again.keys.named("commitment")
    assert again.tree.key(5) is None
    assert again.tree.key(100) is not None


def test_another_process_is_noticed(tmp_path: Path) -> None:
    one, two = KeyRing(tmp_path / "keys", create=True), KeyRing(tmp_path / "keys", create=False)
    one.destroy([3])
    assert two.refresh()
    assert not two.refresh()
    assert two.tree.key(3) is None
    two.destroy([4])
    one.refresh()
    assert (one.tree.key(3), one.tree.key(4)) == (None, None)


def test_claims_never_overlap(tmp_path: Path) -> None:
    rings = [KeyRing(tmp_path / "keys", create=True) for _ in range(2)]
    claimed: list[tuple[int, int]] = []

    def claim(ring: KeyRing) -> None:
        for count in (1, BLOCK + 5, 7):
            claimed.append(ring.claim(count))

    threads = [threading.Thread(target=claim, args=(ring,)) for ring in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    claimed.sort()
    assert all(before[1] <= after[0] for before, after in pairwise(claimed))
    assert all(end - start >= BLOCK for start, end in claimed)


def test_keys_in_memory_need_no_file() -> None:
    ring = KeyRing(None, create=True)
    ring.destroy([1])
    assert not ring.refresh()
    assert ring.path is None
    assert ring.tree.key(1) is None
