"""Dossiers that are to leave the service: the same in every store."""

from vigie.terms import Moment


def ask(store, case="AN.45/26"):
    return store.dossiers.ask(case, "Public prosecutor", 2, "investigation", "bob", Moment(1), "asked for by letter")


def test_a_wish_is_asked_and_decided_once(store):
    which = ask(store)
    assert store.dossiers.get(which).state == "asked"
    assert store.dossiers.decide(which, "allowed", "eve", Moment(2), "")
    assert not store.dossiers.decide(which, "refused", "eve", Moment(3), "late")
    told = store.dossiers.get(which)
    assert (told.state, told.decided_by, told.decided, told.clearance) == ("allowed", "eve", 2, 2)


def test_the_newest_stands_first_and_what_is_not_there_is_none(store):
    first, second = ask(store), ask(store, "AN.46/26")
    assert [one.id for one in store.dossiers.page()] == [second, first]
    assert [one.id for one in store.dossiers.page(1)] == [second]
    assert store.dossiers.get(99) is None
