from tests.console.conftest import NOW, SITE

from vigie.app.feed import take_in
from vigie.app.stage import ADA, BO, OFFICERS, SLOTS, set_stage
from vigie.desk import officers, risk, selection, today
from vigie.node import FixedClock, build, load_settings
from vigie.terms import DAY, Moment, write_moment
from vigie.world import day


def test_officers_find_shifts_a_plan_a_watch_list_and_work(tmp_path):
    settings = load_settings(environment={}, home=tmp_path / "home", simulated=True, sites=(SITE,), clock_start=NOW)
    with build(settings, clock=FixedClock(NOW)) as node:
        for officer in OFFICERS:
            officers.add(None, officer, node)
        past = [one for one in day(3, NOW, site=SITE, boxes=60).history if one.at > NOW - 2 * DAY]
        take_in(node, past)
        set_stage(node)
        plan = selection.plan(ADA, SITE, write_moment(NOW)[:10], node)
        assert [(shift.name, shift.slots) for shift in plan.shifts] == [
            ("early", 2 * SLOTS), ("late", 2 * SLOTS), ("night", 2 * SLOTS),
        ]  # fmt: skip
        assert sum(shift.used for shift in plan.shifts) > 0
        assert plan.commitment
        (watched,) = risk.watch_lists(ADA, node)
        assert (watched.owner, watched.effect, watched.expired) == (BO.id, "mandatory", False)
        assert watched.expires > Moment(NOW + DAY)
        assert len(today.today(ADA, node).queue) == 3
        assert today.today(BO, node).queue == ()
