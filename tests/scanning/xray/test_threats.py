import numpy as np
from tests.scanning.xray.pictures import a_scan

from vigie.scanning import find_zones, project, realism, usual_threats
from vigie.scanning.xray.physics import areal_density
from vigie.scanning.xray.threats import CARRIES, UNDER_PX, resting_place


def test_the_usual_threats_are_stacks_of_bricks_that_say_they_are_simulated():
    told = usual_threats()
    assert [one.facts.kg for one in told] == sorted(one.facts.kg for one in told)
    assert 10 < told[0].facts.kg < told[-1].facts.kg < 80
    assert {one.facts.origin for one in told} == {"simulated"}
    assert told == usual_threats()
    lattice = told[0].masses()
    assert lattice.max() > 1.5 * np.median(lattice[6::7])  # seams between the layers


def test_a_threat_lies_on_something_and_the_same_seed_places_it_alike():
    scan = a_scan()
    hold = find_zones(scan).container
    density = areal_density(scan.high[hold[1] : hold[1] + hold[3], hold[0] : hold[0] + hold[2]], scan.facts)
    walls, carried = float(np.quantile(density, 0.1)), 0
    for seed in range(12):
        x, y = resting_place(scan, hold, (40, 20), seed)
        assert (x, y) == resting_place(scan, hold, (40, 20), seed)
        under = density[y - hold[1] + 20 : y - hold[1] + 20 + UNDER_PX, x - hold[0] : x - hold[0] + 40]
        carried += bool(under.size) and float(np.median(under)) > walls + CARRIES
    assert carried >= 10


def test_a_usual_threat_can_be_laid_into_a_scan():
    scan = a_scan()
    hold = find_zones(scan).container
    told = project(scan, usual_threats()[-1], resting_place(scan, hold, (60, 40), 1), seed=1)
    assert "noise" not in realism(told, scan, hold).against
