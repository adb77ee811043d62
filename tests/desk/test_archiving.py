"""Closed months go to the archive when an administrator says so."""

import pytest
from tests.desk.port import ADA, ANN, BOB, VISIT, a_node, manifest, take_in

from vigie.desk import container
from vigie.desk.archiving import closed_before, months, move
from vigie.terms import DAY, BadRequest, Moment, NotForYou, read_moment


def test_closed_months_move_and_the_box_is_told_as_before(tmp_path, home_store):
    with a_node(tmp_path / "home", store=home_store) as node:
        take_in(node, manifest())
        before = container.container(BOB, VISIT, node).timeline
        assert move(ADA, node).months == ()
        node.clock.at = Moment(node.now() + 200 * DAY)
        heard = []
        view = move(ADA, node, told=lambda done, whole: heard.append((done, whole)))
        assert {one.state for one in view.months} == {"moved"}
        assert view.rows == sum(one.rows for one in view.months) > 3
        assert heard[0][0] == 0
        assert heard[-1][0] == heard[-1][1]
        assert months(ADA, node) == view
        assert move(ADA, node) == view
        assert container.container(BOB, VISIT, node).timeline == before


@pytest.mark.parametrize(("now", "keep", "told"), [
    ("2026-03-02T06:00:00Z", 3, "2025-12-01T00:00:00Z"),
    ("2026-03-31T23:59:59Z", 0, "2026-03-01T00:00:00Z"),
    ("2026-01-01T00:00:00Z", 12, "2025-01-01T00:00:00Z"),
])  # fmt: skip
def test_whole_months_stay(now, keep, told):
    assert closed_before(read_moment(now), keep) == read_moment(told)


def test_who_is_no_administrator_moves_nothing(tmp_path):
    with a_node(tmp_path / "home") as node:
        with pytest.raises(NotForYou):
            move(ANN, node)
        with pytest.raises(NotForYou):
            months(BOB, node)
        with pytest.raises(BadRequest):
            move(ADA, node, -1)
        assert [one.entry.act for one in node.store.trail.after(0, 10)] == ["archive-months", "archive-months"]


def test_a_month_that_is_still_being_loaded_stays(tmp_path):
    with a_node(tmp_path / "home") as node:
        take_in(node, manifest(), backload=True)
        node.clock.at = Moment(node.now() + 200 * DAY)
        assert node.store.log.last() < node.now() - 100 * DAY
        assert move(ADA, node, 0).months == ()
        assert move(ADA, node, 0).months == ()
