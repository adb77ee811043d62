import random

from benchmarks.quality.insiders import _SECRET, START

from vigie.ports import PER_DAY, RARE, Checked, Kind, ReadEvent, alerts, pseudonym, read_access
from vigie.terms import DAY
from vigie.world import Behaviour, access_boxes, access_log, as_access_csv

DAYS = 40


def a_log(seed=1, plant=tuple(Behaviour)):
    boxes = access_boxes(seed, START, DAYS)
    log = access_log(seed, boxes, START, DAYS, people=40, plant=plant, since=20)
    events = [one.event for one in read_access(as_access_csv(log.rows), _SECRET) if isinstance(one, ReadEvent)]
    return events, [Checked(b.container, b.controlled, b.positive, b.lane) for b in boxes if b.controlled], log


def days(first, last):
    return range(START // DAY + first, START // DAY + last)


def test_a_day_names_no_more_than_declared_each_person_once_and_nobody_twice_for_one_reason():
    events, checked, _ = a_log()
    told = dict(alerts(events, checked, days(15, DAYS)))
    assert list(told) == list(days(15, DAYS))
    assert any(told.values())
    assert max(len(names) for names in told.values()) <= PER_DAY
    assert all(len({one.user for one in names}) == len(names) for names in told.values())
    reasons = [(one.user, one.kind) for names in told.values() for one in names]
    assert len(reasons) == len(set(reasons))
    assert all(one.chance <= RARE for names in told.values() for one in names)


def test_order_changes_nothing_and_nothing_looks_ahead():
    events, checked, _ = a_log()
    wanted = list(alerts(events, checked, days(20, 25)))
    cut = [one for one in events if one.at < (START // DAY + 25) * DAY]
    random.Random(3).shuffle(cut)
    assert list(alerts(cut, checked[::-1], days(20, 25))) == wanted


def test_the_early_query_is_named():
    events, checked, log = a_log()
    users = {one.behaviour: pseudonym(one.user, _SECRET) for one in log.planted}
    told = [one for _, names in alerts(events, checked, days(20, DAYS)) for one in names]
    mine = {one.kind for one in told if one.user == users[Behaviour.PICKUP]}
    assert mine & {Kind.PICKUP, Kind.ROLELESS}


def test_a_name_told_lately_is_not_told_again():
    events, checked, _ = a_log()
    first = [one for _, names in alerts(events, checked, days(20, 30)) for one in names]
    again = [one for _, names in alerts(events, checked, days(25, 30), told=first) for one in names]
    assert not {(one.user, one.kind) for one in again} & {(one.user, one.kind) for one in first}


def test_without_events_there_are_no_names():
    assert list(alerts([], [], days(0, 2))) == [(START // DAY, []), (START // DAY + 1, [])]
