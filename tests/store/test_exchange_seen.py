from tests.exchange.values import BE, BR, NL

from vigie.exchange import Head, Seen, SignedHead, View
from vigie.exchange.heads import _write
from vigie.terms import Moment


def shown(origin, by, size, **said):
    signed = SignedHead(_write.encode(Head(origin, size, "07" * 32, Moment(1), "k")), bytes(64))
    return Seen(origin, by, signed, Moment(2), **said)


def test_each_partner_has_one_head_of_each_log_and_what_is_open_is_asked_for(store):
    kept = store.exchange.views
    kept.put(shown(BE, NL, 3))
    kept.put(shown(BE, NL, 5))
    kept.put(shown(BE, BR, 4, state=View.GOOD, against=9))
    kept.put(shown(NL, BR, 8))
    assert (kept.wanted(BE), kept.one(BE, NL).head.size, kept.one(NL, BE)) == ([5], 5, None)
    kept.asked(BE)
    assert [(one.shown_by, one.asked, one.state, one.against) for one in kept.of(BE)] == [
        (BR, 0, View.GOOD, 9), (NL, 1, View.OPEN, 0)]  # fmt: skip


def test_a_second_past_stands_until_it_is_settled(store):
    kept = store.exchange.views
    kept.put(shown(BE, NL, 5, state=View.SPLIT, against=5))
    assert [one.origin for one in kept.split()] == [BE]
    assert (kept.believe(NL, Moment(7)), kept.believe(BE, Moment(7)), kept.believe(BE, Moment(8))) == (0, 1, 0)
    assert (kept.split(), kept.one(BE, NL).at, kept.wanted(BE)) == ([], 7, [])
