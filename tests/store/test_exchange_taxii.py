from tests.exchange.values import BE, NL, NOW
from tests.store.test_exchange import append

from vigie.exchange import Body
from vigie.terms import Moment

import msgspec  # isort: skip


def test_entries_are_read_by_purpose_and_moment(store):
    made, _ = append(store, 4)
    with store.transaction():
        store.exchange.send(NL, [(0, "targeting", 10), (1, "", 20), (2, "targeting", 30), (3, "inspection", 40)])
    rows = store.collections.rows(BE, NL, "targeting", 0, 9)
    assert [(row.added, row.seq, row.kind, row.id) for row in rows] == [
        (10, 0, "put", made[0][0].id), (30, 2, "put", made[2][0].id)]  # fmt: skip
    assert msgspec.msgpack.decode(rows[0].body, type=Body).content == b"{}"
    assert [row.seq for row in store.collections.rows(BE, NL, "targeting", 11, 9)] == [2]
    assert [row.seq for row in store.collections.rows(BE, NL, "targeting", 0, 1)] == [0]
    assert [row.seq for row in store.collections.of(BE, NL, "targeting", made[2][0].id)] == [2]
    assert [store.collections.holding(NL, "targeting", moment) for moment in (9, 10, 29, 99)] == [9, 10, 10, 30]
    assert (store.collections.added(NL, 2), store.collections.added(NL, 9)) == (30, -1)
    store.exchange.erase(made[0][0].id, [1])
    assert [row.seq for row in store.collections.rows(BE, NL, "targeting", 0, 9)] == [2]


def test_tokens_and_what_became_of_pushes(store):
    kept = store.collections
    kept.give("aa", NL, "ada", NOW, Moment(NOW + 5))
    assert (kept.holder("aa", NOW), kept.holder("aa", Moment(NOW + 5)), kept.holder("bb", NOW)) == (NL, None, None)
    assert kept.tokens() == [(NL, "ada", NOW, NOW + 5)]
    assert (kept.withdraw(NL), kept.withdraw(NL), kept.holder("aa", NOW)) == (1, 0, None)
    kept.keep_status("s", NL, NOW, "{}")
    assert (kept.status("s", NL), kept.status("s", BE)) == ("{}", None)
