import numpy as np
import pytest
from tests.scanning.xray.compared import comparer
from tests.scanning.xray.units_compared import units_comparer

from vigie.scanning import Scan, ScanFacts, Travel, find_zones
from vigie.scanning.xray.beside import MIDDLE, PER_G_CM2, beside, density_curve
from vigie.scanning.xray.physics import Calibration, areal_density
from vigie.terms import Moment
from vigie.world import HiddenLot, draw_load, view

FACTS = ScanFacts(energies_mev=(6.0, 4.0), air=(52_000, 50_000), row_mm=10.0, column_mm=10.0, dark=(100, 100),
                  travel=Travel.DOORS_FIRST, simulated=True)  # fmt: skip
CALIBRATION = Calibration(scanner="MX-1", made=Moment(0), valid_until=Moment(1), scale=(1.03, 1.0))


def density_of_a_box(seed=1, bags=False):
    """Areal density of a container 6 m long on ground, loaded with pallets; g/cm² in 10 mm."""
    chance = np.random.default_rng(seed)
    field = np.zeros((340, 760), np.float32)
    field[30:290, 70:676] = 3.0
    field[30:34, 70:676] = field[284:290, 70:676] = 9.0
    field[30:290, 70:74] = field[30:290, 672:676] = 8.0
    for pallet in range(5):
        left = 80 + pallet * 118
        field[120:282, left : left + 105] += 14 + 6 * chance.random() + chance.random((162, 105)).astype(np.float32)
    if bags:
        field[230:270, 90:130] += 12
    return field


def scanned(density, facts=FACTS, seed=2):
    chance = np.random.default_rng(seed)
    high, low = (
        chance.poisson((air - 100) * np.exp(-density / (slope * (mev / 4) ** 0.5))) + 100
        for air, mev, slope in zip(facts.air, facts.energies_mev, (15.5, 15.5), strict=True)
    )
    return Scan(facts=facts, high=high.clip(0, 65_535).astype(np.uint16), low=low.clip(0, 65_535).astype(np.uint16))


def test_bags_that_were_not_there_before_are_what_differs():
    before, after = scanned(density_of_a_box()), scanned(density_of_a_box(bags=True), seed=3)
    told = beside(after, before)
    assert told.fault == ""
    assert told.counts.shape == told.difference.shape == after.high.shape
    assert (told.counts.dtype, told.difference.dtype) == (np.uint16, np.uint16)
    more = (told.difference.astype(float) - MIDDLE) / PER_G_CM2
    inside = more[235:265, 95:125]
    rest = np.delete(more, np.s_[80:140], axis=1)
    assert inside.mean() > 5
    assert abs(rest.mean()) < 0.5
    assert np.quantile(np.abs(rest), 0.99) < 4
    # where nothing was added, the registered picture counts what this scanner counted
    plain = np.s_[150:220, 320:400]
    assert told.counts[plain].mean() == pytest.approx(after.high[plain].mean(), rel=0.05)


def test_a_scan_that_shows_something_else_says_so():
    chance = np.random.default_rng(5)
    other = scanned((chance.random((340, 760)) * 30).astype(np.float32))
    told = beside(scanned(density_of_a_box()), other)
    assert told.fault in ("unlike", "size") or told.likeness < 0.5


def test_the_curve_of_the_read_out_is_that_of_the_calibration():
    curve = density_curve(FACTS, CALIBRATION)
    assert curve[0] == (1.0, pytest.approx(0, abs=0.01))
    through, heavy = (np.array(one) for one in zip(*curve, strict=True))
    assert (np.diff(through) < 0).all()
    assert (np.diff(heavy) > 0).all()
    share = np.geomspace(0.98, 2e-4, 300)
    told = np.interp(-np.log(share), -np.log(through), heavy)
    right = areal_density(100 + 51_900 * share, FACTS, 0, CALIBRATION)
    assert np.abs(told - right).max() < 0.05
    assert right.max() > 60


def test_a_taught_comparison_shows_what_it_is_sure_of_alone():
    before, after = scanned(density_of_a_box()), scanned(density_of_a_box(bags=True), seed=3)
    told = beside(after, before, comparer=comparer())
    assert told.fault == ""
    left, top, width, height = told.place
    assert 90 <= left + width / 2 <= 130
    assert 230 <= top + height / 2 <= 270
    assert told.g_cm2 > 4
    assert told.beyond > 1
    more = (told.difference.astype(float) - MIDDLE) / PER_G_CM2
    assert more[240:260, 100:120].mean() == pytest.approx(12, abs=2.5)
    assert np.abs(more[:, 200:660]).mean() < 0.05
    plain = np.s_[150:220, 320:400]
    assert told.counts[plain].mean() == pytest.approx(after.high[plain].mean(), rel=0.05)


def test_of_two_reefers_the_unit_alone_shows_what_the_net_is_sure_of():
    import msgspec

    load = draw_load(991_000_003, only="reefer", makes=(1,)).emptied()
    full = msgspec.structs.replace(load, hidden=(HiddenLot("reefer", 40.0, 7),))
    here, other = view(full, "A", 0), view(load.other_unit(991_100_000), "A", 7).scan
    x, y, width, height = here.hidden[0].box
    bag = np.s_[y + 4 : y + height - 4, x + 4 : x + width - 4]
    plain, told = (beside(here.scan, other, comparer=units_comparer(), units=each) for each in (False, True))
    assert (told.difference.astype(float) - MIDDLE)[bag].mean() / PER_G_CM2 > 8
    left, _, wide, _ = find_zones(here.scan).container
    front = np.s_[:, left + wide - 45 : left + wide] if here.scan.facts.travel is Travel.DOORS_FIRST else np.s_[:, left : left + 45]
    excess = beside(here.scan, other).difference
    assert not np.array_equal(told.difference[front], excess[front])
    away = np.ones(excess.shape, bool)
    away[:, max(0, front[1].start - 60) : front[1].stop + 60] = False
    assert np.array_equal(told.difference[away], excess[away])
    assert plain.place is not None
    assert told.place is None
