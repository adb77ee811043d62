import msgspec
from tests.exchange.values import BE, BR, NL, NOW, an_id

from vigie.exchange import Hold, Life, Outcome, Receipt, Standing
from vigie.terms import DAY, Moment

LATER = Moment(NOW + DAY)
STANDING = Standing(an_id(), BE, (BE,), 1, Life.LIVE, LATER, (1,))


def test_how_a_thing_stands_comes_back(store):
    assert store.standings.get(an_id()) is None
    store.standings.put(STANDING)
    assert store.standings.get(an_id()) == STANDING
    changed = msgspec.structs.replace(STANDING, version=2)
    store.standings.put(changed)
    assert store.standings.page() == [changed]
    assert store.standings.page(after=an_id()) == []


def test_what_is_due_is_found(store):
    store.standings.put(STANDING)
    gone = msgspec.structs.replace(STANDING, id=an_id(2), life=Life.RETRACTED, bodies=())
    store.standings.put(gone)
    hold = Hold("court", "17", "law", Moment(NOW + 5), "ann", "bob")
    kept = msgspec.structs.replace(gone, id=an_id(3), bodies=(1,), due=(1,), hold=hold)
    store.standings.put(kept)
    assert store.standings.due(NOW) == []
    assert store.standings.due(Moment(NOW + 5)) == [kept]
    assert store.standings.due(LATER) == [kept, STANDING]


def test_answers_are_waited_for_and_an_erasure_is_never_unsaid(store):
    store.standings.ask(an_id(), 2, (NL, BR), NOW)
    receipt = Receipt(an_id(), 1, 2, Outcome.ERASED, LATER)
    assert store.standings.answer(NL, receipt)
    assert not store.standings.answer("stranger", receipt)
    store.standings.answer(NL, msgspec.structs.replace(receipt, outcome=Outcome.KEPT))
    store.standings.ask(an_id(), 2, (NL,), LATER)
    found = {one.node: one.outcome for one in store.standings.answers(an_id())}
    assert found == {NL: "erased", BR: ""}
