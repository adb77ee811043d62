from tests.desk.test_needs import public

from vigie.desk import needs_exchange
from vigie.exchange import Outcome, Receipt
from vigie.terms import Moment


def test_the_store_has_what_the_desk_needs_of_the_exchange(node):
    assert all(hasattr(node.store.exchange, name) for name in public(needs_exchange.ExchangeLog))
    assert all(hasattr(node.store.standings, name) for name in public(needs_exchange.Standings))
    assert all(hasattr(node.store.drafts, name) for name in public(needs_exchange.Drafts))
    node.store.drafts.add("a", "ann", Moment(1), b"{}")
    assert all(hasattr(node.store.drafts.get("a"), name) for name in public(needs_exchange.Drafted))
    node.store.standings.ask("a", 1, ("nl",), Moment(1))
    node.store.standings.answer("nl", Receipt("a", 1, 1, Outcome.ERASED, Moment(2)))
    assert all(hasattr(node.store.standings.answers("a")[0], name) for name in public(needs_exchange.Answered))
