from tests.console.conftest import NOW, SITE

from vigie.app.feed import take_in
from vigie.app.stage import BO, OFFICERS
from vigie.app.stage_access import PEOPLE, set_access
from vigie.desk import officers, ports
from vigie.node import FixedClock, build, load_settings
from vigie.terms import DAY
from vigie.world import day


def test_people_were_at_work_and_are_shown_under_pseudonyms(tmp_path):
    settings = load_settings(environment={}, home=tmp_path / "home", simulated=True, sites=(SITE,), clock_start=NOW)
    with build(settings, clock=FixedClock(NOW)) as node:
        for officer in OFFICERS:
            officers.add(None, officer, node)
        take_in(node, [one for one in day(3, NOW, site=SITE, boxes=60).history if one.at > NOW - 2 * DAY])
        assert set_access(BO, SITE, node) > 3_000
        assert set_access(BO, SITE, node) == 0
        view = ports.insiders(BO, node)
        assert view.people >= PEOPLE
        assert all(one.user.startswith("u-") for one in view.rows)
