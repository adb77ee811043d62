import pytest
from tests.exchange.values import BE, BR, NL, NOW, SIGNERS, Log, a_marking, an_entry

from vigie.exchange import (
    Countersigned,
    Growing,
    countersign,
    leaf_of,
    peek,
    read_body,
    read_header,
    verify_consistency,
    verify_inclusion,
)
from vigie.store import open_store
from vigie.terms import Moment, Purpose

SECRET = b"SECRETPAYLOAD"


def an_own(seq, content=b"{}", **said):
    entry = an_entry(seq, content, **said)
    return read_header(entry.header), entry


def append(store, count, start=0, content=b"{}"):
    with store.transaction():
        place = store.exchange.queue()
        assert place == start
        made = [an_own(place + step, content) for step in range(count)]
        root = store.exchange.append(made, NOW)
    return made, root


def test_the_log_grows_and_every_entry_can_be_proved(store):
    made, _ = append(store, 40)
    more, root = append(store, 7, 40)
    edge = Growing()
    edge.extend(leaf_of(entry) for _, entry in [*made, *more])
    assert store.exchange.size() == 47
    tree = store.exchange.tree()
    assert root == tree.head() == edge.root()
    for place in (0, 15, 16, 39, 40, 46):
        leaf = leaf_of([*made, *more][place][1])
        assert verify_inclusion(place, 0, 47, leaf, tree.inclusion(place), root)
    assert verify_consistency(40, 47, store.exchange.tree(40).head(), tree.consistency(40), root)


def test_a_batch_that_was_rolled_back_leaves_nothing(store):
    append(store, 5)

    def broken():
        with store.transaction():
            store.exchange.append([an_own(5, b'{"lost":1}')], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    made, root = append(store, 3, 5)
    assert root == store.exchange.tree().head()
    assert store.exchange.get(BE, [5])[0][1] == made[0][1]


def test_two_handles_append_to_one_log(opened, lasting_url):
    first, second = opened(), opened()
    append(first, 3)
    append(second, 3, 3)
    _, root = append(first, 3, 6)
    assert root == second.exchange.tree().head()


def test_entries_come_back_as_the_bytes_they_were(store):
    made, _ = append(store, 3, content=b'{"a":1}')
    assert store.exchange.get(BE, [2, 0, 2]) == [made[0], made[2]]
    assert store.exchange.of(made[1][0].id) == [made[1]]
    assert [header.seq for header, _ in store.exchange.page(BE, limit=2)] == [2, 1]
    assert [header.seq for header in store.exchange.since(BE, NOW)] == [0, 1, 2]
    assert store.exchange.since(BE, Moment(NOW + 1)) == []
    assert (store.exchange.upto(BE), store.exchange.upto(NL)) == (2, -1)
    assert store.exchange.known(BE, [1, 9]) == {1: leaf_of(made[1][1])}


def test_erasing_leaves_the_header_and_nothing_that_can_be_read(store):
    made, root = append(store, 3, content=b'{"x":"SECRETPAYLOAD"}')
    store.exchange.index(BE, 1, ["CSQU3054383"])
    assert store.exchange.find("CSQU3054383") == [made[1][0].id]
    assert store.exchange.erase(made[1][0].id, [1]) == 1
    header, entry = store.exchange.get(BE, [1])[0]
    assert (entry.body, entry.salt) == (None, None)
    assert read_body(entry, header) is None
    assert store.exchange.find("CSQU3054383") == []
    assert store.exchange.tree().head() == root
    assert leaf_of(entry) == leaf_of(made[1][1])
    assert store.exchange.erase(made[1][0].id, [1]) == 0


def test_no_body_stands_in_the_open(opened, lasting_url, tmp_path):
    store = opened()
    made, _ = append(store, 3, content=b'{"x":"SECRETPAYLOAD"}')
    store.exchange.index(BE, 1, ["CSQU3054383"])
    store.exchange.erase(made[1][0].id, [1])
    found = [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()]
    assert not any(SECRET in raw or b"CSQU3054383" in raw for raw in found)
    tables = ("exchange_entry", "exchange_term", "exchange_tile", "exchange_head")
    rows = [store.db.rows(f"SELECT * FROM {table}") for table in tables]
    assert SECRET.decode() not in repr(rows)
    assert "CSQU3054383" not in repr(rows)


def test_a_partners_entries_are_kept_beside_the_own_log(store):
    append(store, 2)
    entry = an_entry(7, origin=BR, marking=a_marking(nodes=(BE,)))
    store.exchange.keep([(read_header(entry.header), entry)], NOW)
    assert store.exchange.size() == 2
    assert store.exchange.get(BR, [7])[0][1] == entry


def test_heads_are_kept_as_they_were_signed_with_who_saw_them(store):
    log = Log().add(*(an_entry(place) for place in range(4)))
    for size in (2, 4):
        store.exchange.put_head(peek(log.head(size)), log.head(size))
    word = countersign(log.head(), NL, SIGNERS[NL])
    store.exchange.put_head(peek(log.head()), log.head(), [word])
    store.exchange.put_head(peek(log.head()), log.head(), [Countersigned(BR, "k", b"x")])
    assert store.exchange.head(BE) == log.head()
    assert store.exchange.head(BE, 2) == log.head(2)
    assert store.exchange.last(BE).size == 4
    assert [one.by for one in store.exchange.words(BE, 4)] == [BR, NL]
    assert store.exchange.last(NL) is None


def test_what_a_partner_has_not_acknowledged_waits(store):
    store.exchange.send(NL, [(0, "", 1), (1, "targeting", 2), (4, "", 3)])
    store.exchange.send(NL, [(4, "", 3)])
    store.exchange.send(BR, [(2, "", 4)])
    assert store.exchange.waiting(NL) == [0, 1, 4]
    for size in (5, 9, 12):
        store.exchange.offer(NL, size)
    assert store.exchange.offers(NL) == [0, 5, 9, 12]
    store.exchange.acknowledged(NL, 1, 9)
    assert store.exchange.offers(NL) == [9, 12]
    assert store.exchange.waiting(NL) == [4]
    assert store.exchange.waiting(NL, after=0) == [1, 4]
    assert [store.exchange.due(*one) for one in ((NL,), (NL, 4), (NL, 0), ("xx",))] == [4, 1, -1, -1]
    store.exchange.acknowledged(NL, 4, 3)
    store.exchange.heard(NL, Moment(5))
    assert store.exchange.partners() == {BR: (1, 0, 0), NL: (0, 9, 5)}
    assert store.exchange.seen(NL) == 9
    assert (store.exchange.acked(NL), store.exchange.acked(BR)) == (4, -1)


def test_moments_that_are_claimed_rise_even_when_the_clock_runs_back(store):
    with store.transaction():
        assert store.exchange.claim(Moment(100), 3) == 100
        assert store.exchange.claim(Moment(50), 2) == 103
        assert store.exchange.claim(Moment(105), 1) == 105
        assert store.exchange.claim(Moment(400), 1) == 400


def test_what_was_told_is_counted_from_a_moment_on_whatever_was_asked_before(store):
    def tell(now, count):
        with store.transaction():
            store.exchange.queue()
            first = store.exchange.claim(Moment(now), count)
            place = store.exchange.due(NL) + 1
            rows = [(place + one, Purpose.TARGETING.value, first + one) for one in range(count)]
            store.exchange.send(NL, [*rows, (place + count, "", first)])  # a note is nothing that was told
            assert store.exchange.count(NL, Moment(0)) > 0  # asked in a transaction that may be undone

    def tell_and_undo():
        with store.transaction():
            tell(500, 2)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tell_and_undo()
    asked = [0, 990, 1_000, 1_004, 1_004, 1_008, 2_002, 2_000, 9_000, 0]
    for step, (now, count) in enumerate([(1_000, 10), (1_000, 3), (2_000, 5)]):
        tell(now, count)
        added = [*range(1_000, 1_010), *range(1_010, 1_013), *range(2_000, 2_005)][: (10, 13, 18)[step]]
        for since in asked:
            assert store.exchange.count(NL, Moment(since)) == sum(one >= since for one in added), since
            assert store.exchange.count(BE, Moment(since)) == 0


def test_no_question_about_one_thing_or_partner_goes_through_the_whole_log(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/a.db", tmp_path / "keys") as store:
        made, _ = append(store, 2_000)
        with store.transaction():
            store.exchange.send(NL, [(seq, Purpose.TARGETING.value, 1_000 + seq) for seq in range(2_000)])
            store.exchange.acknowledged(NL, 1_990, 2_000)
        id, log, taxii = made[1_500][0].id, store.exchange, store.collections
        asked = {
            "purpose": lambda: log.purpose(BE, id), "of": lambda: taxii.of(BE, NL, Purpose.TARGETING.value, id),
            "thing": lambda: log.of(id), "came": lambda: log.came(id), "partners": log.partners,
            "outgoing": lambda: log.outgoing(BE, NL, 5, 1_500), "due": lambda: log.due(NL), "upto": lambda: log.upto(BE),
            "rows": lambda: taxii.rows(BE, NL, Purpose.TARGETING.value, 2_500, 5),
            "latest": lambda: taxii.latest(BE, NL, Purpose.TARGETING.value, 5), "erase": lambda: log.erase(id, [1]),
        }  # fmt: skip
        steps = {}
        for name, ask in asked.items():
            counted = []
            with store.transaction():
                store.db._writer.set_progress_handler(lambda told=counted: told.append(1), 100)
                assert ask()
                store.db._writer.set_progress_handler(None, 0)
            steps[name] = len(counted)
        assert max(steps.values()) < 10, steps  # a thousand steps of SQLite; through the log it is tens of thousands
