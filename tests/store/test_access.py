"""Access logs: the same in every store; names sealed, lines once, an erased person gone."""

import json

from vigie.ports import AccessEvent, Act, Alert, Kind, ReadEvent, pseudonym
from vigie.terms import AccessMark, Moment, VisitId

ANNA = pseudonym("Anna Fictief", b"s" * 32)


def line(number=1, who="Anna Fictief", container="CSQU3054383"):
    user = pseudonym(who, b"s" * 32)
    event = AccessEvent(Moment(number), user, "tos", Act.LOOK, container, role="none", group="planner", party="p-1")
    return ReadEvent(event, who, json.dumps({"user": who, "n": number}).encode())


def test_a_line_is_kept_once_and_comes_back_in_order(store):
    assert store.access.add([line(2), line(1), line(2)]) == 2
    assert store.access.add([line(1), line(3)]) == 1
    assert store.access.events(1, 3) == [line(1).event, line(2).event]
    assert store.access.count() == (3, 1)
    assert store.access.identity(ANNA) == "Anna Fictief"
    assert [json.loads(one)["n"] for one in store.access.raw(ANNA)] == [3, 2, 1]


def test_no_name_lies_open_in_any_column(store):
    store.access.add([line()])
    for table in ("access_event", "access_user"):
        assert "Anna" not in repr(store.db.rows(f"SELECT * FROM {table}"))
    assert b"Anna".hex() not in repr([bytes(row[0]).hex() for row in store.db.rows("SELECT raw FROM access_event")])


def test_an_erased_person_is_gone_and_the_others_stay(store):
    store.access.add([line(), line(2, "Bert Fictief")])
    ((unit,),) = store.db.rows("SELECT unit FROM access_user WHERE who = ?", (ANNA,))
    assert store.erase([unit]).rows == 2
    assert store.access.identity(ANNA) is None
    assert [one.at for one in store.access.events(0, 9)] == [2]


def test_names_of_a_day(store):
    told = [Alert(20_000, ANNA, Kind.BADGE, 0.01, 0.2, 50, bits=7.5, places=((Moment(5), "zone-a"),))]
    store.access.tell(20_000, told)
    store.access.tell(20_001, [])
    assert store.access.told(20_000) == told
    assert store.access.told(20_001) == []


def test_an_opening_is_decided_once(store):
    which = store.access.ask(ANNA, "eve", Moment(1), "asked at night")
    assert store.access.opening(which).state == "asked"
    assert store.access.decide(which, "opened", "bob", Moment(2), "")
    assert not store.access.decide(which, "refused", "bob", Moment(3), "no")
    (one,) = store.access.openings()
    assert (one.state, one.decided_by, one.decided) == ("opened", "bob", 2)
    assert store.access.opening(which + 1) is None


def test_marks_are_added_and_read_as_of_a_moment(store):
    visit = VisitId("CSQU3054383-1")
    store.access.mark([AccessMark(visit, Moment(1), 0, False), AccessMark(visit, Moment(5), 2, True, True)])
    assert store.access.marks([visit])[visit] == AccessMark(visit, Moment(5), 2, True, True)
    assert store.access.marks([visit], 4)[visit] == AccessMark(visit, Moment(1), 0, False, None)
    assert store.access.marks([visit], 0) == {}
