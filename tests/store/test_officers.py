"""Officers, links, sessions, preferences, settings."""

from vigie.store import Store
from vigie.terms import Handling, Moment, Officer, OfficerId, Purpose, Role

ANA = OfficerId("ana")


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
