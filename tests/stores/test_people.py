"""Officers, sessions, watch lists, plans, orders, acts, notices."""

from tests.stores.build import an_item

from vigie.selection import Order, OrderKind
from vigie.store import Draw, Store
from vigie.terms import Handling, Moment, Officer, OfficerId, Purpose, Role, VisitId
from vigie.tracking import Act, Notice, Reach, WatchAction, WatchEntry, WatchList

ANA = OfficerId("ana")
BOX = VisitId("MSCU1234566-1")


def test_officers_are_put_and_changed(store: Store) -> None:
    ana = Officer(ANA, "Ana", (Role.TARGETING,), Handling.AMBER, (Purpose.TARGETING,), ("BEANR",), "nl")
    gone = Officer(ANA, "Ana", (Role.TARGETING,), Handling.AMBER, (Purpose.TARGETING,), active=False)
    store.officers.put(ana)
    assert store.officers.get(ANA) == ana
    store.officers.put(gone)
    assert store.officers.all() == [gone]
    assert store.officers.get(OfficerId("ben")) is None


def test_a_link_is_used_once_and_before_it_expires(store: Store) -> None:
    store.sessions.create_link(ANA, "once", Moment(10))
    store.sessions.create_link(ANA, "late", Moment(10))
    assert store.sessions.take_link("once", Moment(5)) == ANA
    assert store.sessions.take_link("once", Moment(6)) is None
    assert store.sessions.take_link("late", Moment(10)) is None
    assert store.sessions.take_link("unknown", Moment(5)) is None


def test_sessions_end(store: Store) -> None:
    for token in ("a", "b", "c"):
        store.sessions.open(ANA, token, Moment(10), Moment(1))
    assert store.sessions.get("a", Moment(9)) == ANA
    assert store.sessions.get("a", Moment(10)) is None
    store.sessions.close("a")
    assert store.sessions.get("a", Moment(5)) is None
    store.sessions.create_link(ANA, "open", Moment(10))
    assert store.sessions.close_all(ANA) == 2
    assert store.sessions.take_link("open", Moment(5)) is None
    store.sessions.open(ANA, "d", Moment(10), Moment(1))
    assert store.sessions.sweep(Moment(10)) == 1


def test_tokens_are_not_in_the_database(store: Store) -> None:
    store.sessions.open(ANA, "secret-token", Moment(10), Moment(1))
    assert b"secret-token" not in bytes((store.db.one("SELECT token FROM session") or (b"",))[0])


def test_preferences_and_settings(store: Store) -> None:
    store.preferences.put(ANA, "view:mine", b"1")
    store.preferences.put(ANA, "view:mine", b"2")
    store.preferences.put(ANA, "theme", b"dark")
    assert store.preferences.get(ANA, "view:mine") == b"2"
    assert store.preferences.names(ANA, "view:") == ["view:mine"]
    assert store.preferences.remove(ANA, "view:mine")
    assert not store.preferences.remove(ANA, "view:mine")
    store.settings.put("live", b"1")
    assert store.settings.get("live") == b"1"
    assert store.settings.get("none") is None
    assert "live" in store.settings.names()


def test_watch_lists_match_while_they_last(store: Store) -> None:
    red = WatchList("red", "Red", ANA, "tip", Moment(100), Handling.RED, WatchAction.MANDATORY)
    old = WatchList("old", "Old", ANA, "over", Moment(5), Handling.GREEN, weight_milli=700)
    before = store.watchlists.stamp()
    store.watchlists.put(red)
    store.watchlists.put(old)
    entry = WatchEntry("container", "MSCU1234566", "seen with J. Doe", Moment(3), "ana")
    assert store.watchlists.add("red", [entry, WatchEntry("seal", "X1")]) == 2
    assert store.watchlists.add("old", [entry]) == 1
    assert store.watchlists.add("none", [entry]) == 0
    assert store.watchlists.matches([("container", "MSCU1234566"), ("seal", "Q")], Moment(50)) == [(red, entry)]
    assert store.watchlists.all() == [old, red]
    assert store.watchlists.all(Reach(2)) == [old]
    assert store.watchlists.all(Reach(none=True)) == []
    assert store.watchlists.entries("red") == [entry, WatchEntry("seal", "X1")]
    assert store.watchlists.entries("red", after=("container", "MSCU1234566")) == [WatchEntry("seal", "X1")]
    assert store.watchlists.remove("red", "seal", "X1")
    assert store.watchlists.count("red") == 1
    assert store.watchlists.stamp() > before
    assert b"Doe" not in bytes((store.db.one("SELECT note FROM watch_entry") or (b"",))[0])
    store.watchlists.put(WatchList("red", "Redder", ANA, "tip", Moment(100), Handling.RED))
    found = store.watchlists.get("red")
    assert found is not None
    assert found.title == "Redder"
    assert store.watchlists.entries("red") == [entry]


def test_plans_draws_and_commitments(store: Store) -> None:
    assert store.selections.publish("BEANR", "2026-01-20", "abc", Moment(1))
    assert not store.selections.publish("BEANR", "2026-01-20", "xyz", Moment(2))
    store.selections.reveal("BEANR", "2026-01-20", b"\x01\x02")
    told = store.selections.commitment("BEANR", "2026-01-20")
    assert told is not None
    assert (told.commitment, told.published, told.revealed) == ("abc", 1, "0102")
    draws = [Draw("p1", BOX, "tilted", 0.1, 2, "S1", Moment(5)), Draw("p1", VisitId("B-1"), "score", 1.0, 1, "S1", Moment(5))]
    store.selections.keep("p1", "BEANR", "2026-01-20", "early", Moment(5), b"{1}", draws)
    store.selections.keep("p2", "BEANR", "2026-01-20", "early", Moment(6), b"{2}", [])
    assert store.selections.latest("BEANR", "2026-01-20", "early") == b"{2}"
    assert store.selections.latest("BEANR", "2026-01-20", "late") is None
    assert [plan[0] for plan in store.selections.plans("BEANR", "2026-01-20")] == ["p1", "p2"]
    assert store.selections.of(BOX) == draws[:1]
    assert store.selections.draws("p1") == draws[::-1]


def test_orders_are_kept_once_and_acknowledged_once(store: Store) -> None:
    orders = [Order(f"o{n}", OrderKind.HOLD, BOX, "MSCU1234566", "BEANR", Moment(n), ANA) for n in (1, 2)]
    store.orders.put(orders)
    store.orders.put(orders)
    assert [sent.order.id for sent in store.orders.waiting()] == ["o1", "o2"]
    assert store.orders.acknowledge("o1", Moment(9), "terminal")
    assert not store.orders.acknowledge("o1", Moment(10), "other")
    sent = store.orders.get("o1")
    assert sent is not None
    assert (sent.order, sent.acknowledged, sent.by) == (orders[0], 9, "terminal")
    assert [sent.order.id for sent in store.orders.waiting()] == ["o2"]
    assert [sent.order.id for sent in store.orders.of(BOX)] == ["o1", "o2"]
    assert [sent.order.id for sent in store.orders.page("BEANR", limit=1)] == ["o2"]
    assert [sent.order.id for sent in store.orders.page(before=Moment(2))] == ["o1"]


def test_acts_are_read_by_visit_and_time(store: Store) -> None:
    unit = store.inbox.add([an_item(b"act")])[0].id
    acts = [Act(Moment(n), BOX, "ana", Moment(n * 10), "cocaine" if n == 1 else "nothing", unit, b"note") for n in (1, 2)]
    store.outcomes.add(acts)
    assert store.outcomes.of(BOX) == acts
    assert store.overrides.of(BOX) == []
    assert store.outcomes.between(Moment(10), Moment(20)) == acts[:1]
    assert store.outcomes.between(Moment(0), Moment(99), "nothing") == acts[1:]
    assert store.outcomes.tally(Moment(0), Moment(99)) == {"cocaine": 1, "nothing": 1}


def test_notices_reach_one_officer_or_all_of_a_site(store: Store) -> None:
    store.notices.add([
        Notice(BOX, "moved", Moment(1), "ana", facts={"to": "BEGNE"}), Notice(BOX, "deadline", Moment(2), "", "BEANR"),
        Notice(BOX, "moved", Moment(3), "ben", "BEANR"),
    ])  # fmt: skip
    assert [notice.code for notice in store.notices.page("ana", ["BEANR"])] == ["deadline", "moved"]
    assert [notice.code for notice in store.notices.page("ana", ["BEGNE"])] == ["moved"]
    first = store.notices.page("ana", limit=1)[0]
    assert [notice.facts for notice in store.notices.page("ana", before=first.id)] == [{"to": "BEGNE"}]
    assert store.notices.unseen("ana") == 2
    assert store.notices.seen([first.id, first.id], Moment(9)) == 1
    assert store.notices.seen([first.id], Moment(10)) == 0
    assert store.notices.unseen("ana") == 1
    assert store.notices.told(BOX, "deadline")
    assert not store.notices.told(BOX, "amended")
