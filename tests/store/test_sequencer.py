"""There is one sequencer, and a forgotten one cannot write."""

import pytest
from tests.store_values import an_entry
from tests.three_stores import Opener

from vigie.terms import StoreFault


def test_there_is_one_sequencer(opened: Opener, url: str) -> None:
    store = opened()
    first = store.take_sequencer()
    assert first is not None
    assert store.take_sequencer() is None
    if url != "sqlite://":
        assert opened().take_sequencer() is None
    with first:
        store.log.append([an_entry(1)])
    second = store.take_sequencer()
    assert second is not None
    second.release()


def test_a_sequencer_that_lost_its_lock_cannot_write(opened: Opener, url: str) -> None:
    if url == "sqlite://":
        pytest.skip("a store in memory has one handle")
    old, new = opened(), opened()
    lost = old.take_sequencer()
    assert lost is not None
    lost._lock.release()  # as when the connection to the server breaks
    with new.take_sequencer() or pytest.fail("not free"):
        new.log.append([an_entry(1)])
        with pytest.raises(StoreFault) as error:
            old.log.append([an_entry(2)])
    assert error.value.facts["reason"] == "not-sequencer"
