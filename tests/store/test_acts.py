"""Overrides, outcomes, acknowledgements."""

from tests.store_values import an_item

from vigie.store import Store
from vigie.terms import Moment, VisitId
from vigie.tracking import Act

BOX = VisitId("MSCU1234566-1")


def test_acts_are_read_by_visit_and_time(store: Store) -> None:
    unit = store.inbox.add([an_item(b"act")])[0].id
    acts = [Act(Moment(n), BOX, "ana", Moment(n * 10), "cocaine" if n == 1 else "nothing", unit, b"note") for n in (1, 2)]
    store.outcomes.add(acts)
    assert store.outcomes.of(BOX) == acts
    assert store.overrides.of(BOX) == []
    assert store.outcomes.between(Moment(10), Moment(20)) == acts[:1]
    assert store.outcomes.between(Moment(0), Moment(99), "nothing") == acts[1:]
    assert store.outcomes.tally(Moment(0), Moment(99)) == {"cocaine": 1, "nothing": 1}
