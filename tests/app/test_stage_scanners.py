from tests.console.conftest import NOW, SITE

from vigie.app.stage import BO, OFFICERS
from vigie.app.stage_scanners import set_scanners
from vigie.desk import officers, scanners
from vigie.node import FixedClock, build, load_settings
from vigie.scanning import detector_disabled
from vigie.terms import DAY, Moment
from vigie.world import day_scanners


def test_every_scanner_of_the_day_is_in_the_register_and_may_be_read(tmp_path):
    settings = load_settings(environment={}, home=tmp_path / "home", simulated=True, sites=(SITE,), clock_start=NOW)
    with build(settings, clock=FixedClock(NOW)) as node:
        for officer in OFFICERS:
            officers.add(None, officer, node)
        assert set_scanners(BO, SITE, node) == len(day_scanners(SITE))
        assert {one.name for one in scanners.listed(BO, node)} == set(day_scanners(SITE))
        for name in day_scanners(SITE):
            kept = node.store.scans.scanner(name)
            assert detector_disabled(kept, Moment(NOW + 300 * DAY)) is None
            assert kept.note == "simulated"
