"""Opening: what is absent, newer, damaged or mismatched is said; opening twice changes nothing."""

from pathlib import Path

import pytest
from tests.store_values import a_look, an_item
from tests.three_stores import Opener

from vigie.store import Store, open_store
from vigie.terms import BadRequest, StoreFault


def reason(error: pytest.ExceptionInfo[StoreFault]) -> object:
    return error.value.facts["reason"]


def test_a_rolled_back_transaction_leaves_nothing(store: Store) -> None:
    class Stop(Exception):
        pass

    def half_done() -> None:
        with store.transaction() as t:
            t.inbox.add([an_item(b"a")])
            t.trail.keep(a_look())
            raise Stop

    with pytest.raises(Stop):
        half_done()
    assert store.inbox.waiting() == 0
    assert store.trail.verify().count == 0
    assert [receipt.known for receipt in store.inbox.add([an_item(b"a")])] == [False]


def test_a_store_that_is_absent_is_not_made_unasked(lasting_url: str, opened: Opener) -> None:
    with pytest.raises(StoreFault) as error:
        opened(create=False)
    assert reason(error) in ("absent", "no-key-file")


def test_a_wrong_key_file_is_refused(lasting_url: str, opened: Opener, tmp_path: Path, key_file: Path) -> None:
    opened()
    other = tmp_path / "other"
    open_store("sqlite:///" + str(tmp_path / "other.db"), other).close()
    other.replace(key_file)
    with pytest.raises(StoreFault) as error:
        opened()
    assert reason(error) == "wrong-key-file"


def test_a_lost_key_file_is_not_made_anew(lasting_url: str, opened: Opener, key_file: Path) -> None:
    opened()
    key_file.unlink()
    with pytest.raises(StoreFault) as error:
        opened()
    assert reason(error) == "no-key-file"
    assert not key_file.exists()


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"not a database, but long enough to be looked at" * 20)
    with pytest.raises(StoreFault) as error:
        open_store(f"sqlite:///{tmp_path}/a.db", tmp_path / "keys")
    assert reason(error) == "damaged"


def test_a_server_out_of_reach_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreFault) as error:
        open_store("postgresql://nobody@127.0.0.1:9/none", tmp_path / "keys")
    assert reason(error) == "out-of-reach"


def test_other_urls_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        open_store("mysql://x", tmp_path / "keys")
    with pytest.raises(StoreFault):
        open_store(f"sqlite:///{tmp_path}/a.db", None)


def test_facts_for_the_administrator(opened: Opener) -> None:
    store = opened()
    store.inbox.add([an_item()])
    assert store.facts()["inbox"] == 1
    assert store.facts()["seeds"] == 1
