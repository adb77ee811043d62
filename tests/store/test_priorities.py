"""Priorities by their steps: the same in every store; numbered by year, sealed, gone with their key."""

import pytest
from tests.ports.test_priorities import a_step

from vigie.ports import PriorityState
from vigie.terms import DAY, BadRequest, Moment

NEXT_YEAR = Moment(366 * DAY)


def add(store, hlc, step):
    (unit,) = store.units(1)
    return store.priorities.add(Moment(hlc), unit, step), unit


def test_priorities_get_the_next_number_of_their_year_and_keep_their_steps(store):
    assert add(store, 1, a_step())[0] == "P1970-001"
    assert add(store, 2, a_step())[0] == "P1970-002"
    add(store, 3, a_step("follow", priority="P1970-001"))
    assert [(one.id, one.state, len(one.steps)) for one in store.priorities.all()] == [
        ("P1970-001", PriorityState.UNDER_WAY, 2), ("P1970-002", PriorityState.OPEN, 1),
    ]  # fmt: skip
    assert store.priorities.get("P1970-001").steps[1] == a_step("follow", priority="P1970-001")
    assert store.priorities.get("P1970-003") is None


def test_a_step_that_is_not_legal_any_more_is_not_kept(store):
    add(store, 1, a_step())
    add(store, 2, a_step("finish", priority="P1970-001"))
    with pytest.raises(BadRequest):
        add(store, 3, a_step("finish", priority="P1970-001"))
    assert len(store.priorities.get("P1970-001").steps) == 2


def test_words_lie_sealed_and_go_with_their_key(store):
    _, unit = add(store, 1, a_step())
    assert b"Scan small" not in b"".join(bytes(row[0]) for row in store.db.rows("SELECT body FROM priority_step"))
    store.erase([unit])
    assert (store.priorities.get("P1970-001"), store.priorities.all()) == (None, [])
    assert add(store, 2, a_step())[0] == "P1970-002"
