from collections import Counter

from vigie.ports import COLUMNS, ReadEvent, read_access
from vigie.terms import DAY, HOUR, Moment, read_moment
from vigie.world import Behaviour, access_boxes, access_log, as_access_csv

START = Moment(20_000 * DAY)
BOXES = access_boxes(1, START, 40)
LOG = access_log(1, BOXES, START, 40, people=40)


def test_the_same_seed_gives_the_same_rows_and_another_seed_others():
    assert access_log(1, BOXES, START, 40, people=40) == LOG
    assert access_log(2, BOXES, START, 40, people=40) != LOG


def test_it_speaks_the_format_that_is_read_without_a_doubt():
    assert all(tuple(row) == COLUMNS for row in LOG.rows)
    assert all(isinstance(one, ReadEvent) for one in read_access(as_access_csv(LOG.rows), b"x"))


def test_the_truth_stands_beside_and_never_in_a_row():
    assert [one.behaviour for one in LOG.planted] == list(Behaviour)
    assert not any(behaviour.value in as_access_csv(LOG.rows) for behaviour in Behaviour)
    assert len({one.user for one in LOG.planted}) == 3


def test_planted_people_do_what_they_are_planted_for():
    rows = {(row["at"], row["user"]): row for row in LOG.rows}
    contaminated = {box.container for box in BOXES if box.contaminated}
    outs = {box.container: box.out for box in BOXES}
    for one in LOG.planted:
        assert len(one.moments) >= 6
        mine = [row for row in rows.values() if row["user"] == one.user and read_moment(row["at"]) in one.moments]
        match one.behaviour:
            case Behaviour.CONTAMINATED:
                assert sum(row["container"] in contaminated for row in mine) >= len(one.moments)
            case Behaviour.BADGE:
                assert {row["act"] for row in mine} == {"badge"}
            case Behaviour.PICKUP:
                soon = [row for row in mine if row["role"] == "none"]
                assert all(0 < outs[row["container"]] - read_moment(row["at"]) <= 24 * HOUR for row in soon)
                assert len(soon) == len(one.moments)


def test_nobody_planted_leaves_everybody_at_work():
    quiet = access_log(1, BOXES, START, 20, people=30, plant=())
    assert quiet.planted == ()
    assert set(Counter(row["act"] for row in quiet.rows)) == {"badge", "look-up", "handle", "pick-up"}
