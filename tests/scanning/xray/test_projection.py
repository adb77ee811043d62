"""Projection: matter adds up, noise is right, and the mark stays whatever is done through vigie."""

import msgspec
import numpy as np
import pytest
from tests.scanning.xray.drawn import FACTS, attenuation, shot

from vigie.scanning import (
    BadProjection,
    ProjectedScan,
    Scan,
    is_projected,
    master_of,
    project,
    refuse_projected,
    shown_clean,
    write_dicos,
    write_tiff,
)
from vigie.scanning.xray.cutout import cutout_of
from vigie.scanning.xray.physics import areal_density, nominal
from vigie.scanning.xray.projection import attenuation_for

FACTS_OF_TRADE = msgspec.structs.replace(FACTS, container="CSQU3054383", commodity="0803", taken=1)


def scan_with(load=0.6, seed=1):
    told = shot(attenuation(load=load), seed=seed)
    return Scan(facts=FACTS_OF_TRADE, high=told.high, low=told.low)


def cutout(mass=15.0, pixel=8.8):
    return cutout_of("bag", np.full((30, 40), mass, np.float32), pixel)


@pytest.mark.parametrize("mev", [4.0, 6.0, 9.7])
def test_attenuation_and_density_are_each_others_inverse(mev):
    masses = np.array([0.0, 1.0, 30.0, 200.0], np.float32)
    assert nominal(attenuation_for(masses, mev), mev) == pytest.approx(masses, rel=1e-4, abs=1e-4)


def test_matter_adds_up_whatever_lies_before():
    for load in (0.0, 0.6, 2.0):
        scan = scan_with(load)
        told = project(scan, cutout(), (600, 260))
        inside = slice(262, 288), slice(602, 638)
        for energy, (before, after) in enumerate(zip((scan.high, scan.low), told.pictures(), strict=True)):
            more = areal_density(after[inside], FACTS, energy) - areal_density(before[inside], FACTS, energy)
            assert more.mean() == pytest.approx(15.0, rel=0.03)


def test_outside_the_threat_nothing_but_the_mark_is_another():
    scan = scan_with()
    told = project(scan, cutout(), (600, 260))
    x, y, wide, high = told.box
    other = told.pictures()[0].astype(int) != scan.high
    other[y : y + high, x : x + wide] = False
    assert not other[4:].any()
    assert np.abs(told.pictures()[0][:4].astype(int) - scan.high[:4]).max() <= 1


def test_fewer_photons_bring_their_noise():
    draw = np.random.default_rng(3)
    flat = np.full((600, 1500), 40_000.0)
    scan = Scan(facts=FACTS, high=draw.poisson(flat).astype(np.uint16), low=None)
    told = project(scan, cutout(40.0), (600, 260)).pictures()[0][262:288, 602:638].astype(float)
    real = draw.poisson(np.full(told.shape, told.mean()))
    assert told.std() == pytest.approx(real.std(), rel=0.15)


def test_the_mass_is_kept_on_other_pixels():
    told = project(scan_with(0.0), cutout(15.0, pixel=5.3), (600, 110))
    x, y, wide, high = told.box
    scan = scan_with(0.0)
    inside = slice(y, y + high), slice(x, x + wide)
    more = areal_density(told.pictures()[0][inside], FACTS) - areal_density(scan.high[inside], FACTS)
    assert more.sum() * 0.88**2 / 1000 == pytest.approx(told.kg, rel=0.05)


def test_what_is_shown_tells_nothing_of_the_trade():
    told = project(scan_with(), cutout(), (600, 260))
    assert (told.facts.container, told.facts.commodity, told.facts.taken) == ("", "", None)


@pytest.mark.parametrize("at", [(-1, 100), (100, 3), (1490, 100), (100, 590)])
def test_a_threat_must_lie_in_the_picture(at):
    with pytest.raises(BadProjection):
        project(scan_with(), cutout(), at)


# --- the law: a projected picture never leaves, and no decision rests on one -------------------------------------------
def as_scan(projected):
    """What somebody does who wants to pass a projection off as a scan."""
    high, low = projected.pictures()
    return Scan(facts=FACTS_OF_TRADE, high=high, low=low)


@pytest.mark.parametrize("make", [lambda scan: project(scan, cutout(), (600, 260)), shown_clean])
def test_a_projection_is_no_scan_and_cannot_pass_for_one(make):
    projected = make(scan_with())
    assert not isinstance(projected, Scan)
    with pytest.raises(ProjectedScan):
        refuse_projected(as_scan(projected))


def test_the_mark_outlives_what_vigie_does_to_pictures():
    scan = as_scan(project(scan_with(), cutout(), (600, 260)))
    for turned in (scan.high[:, ::-1], scan.high[::-1], scan.high[::-1, ::-1]):
        assert is_projected(Scan(facts=FACTS, high=turned))
    assert is_projected(Scan(facts=FACTS, high=scan_with().high, low=scan.low))
    assert is_projected(Scan(facts=FACTS, high=scan.high))


@pytest.mark.parametrize("keep", [master_of, lambda scan: write_tiff(scan, "X"), lambda scan: write_dicos(scan, "X")])
def test_what_keeps_or_sends_scans_refuses_it(keep):
    with pytest.raises(ProjectedScan):
        keep(as_scan(project(scan_with(), cutout(), (600, 260))))
    assert keep(scan_with())


def test_a_projection_cannot_be_written_out():
    with pytest.raises(TypeError):
        msgspec.json.encode(project(scan_with(), cutout(), (600, 260)))


def test_real_scans_are_not_taken_for_projections():
    assert not any(is_projected(scan_with(seed=seed)) for seed in range(6))
    assert not is_projected(Scan(facts=FACTS, high=np.zeros((600, 1500), np.uint16)))
    assert not is_projected(Scan(facts=FACTS, high=np.full((600, 1500), 65_535, np.uint16)))
    assert not is_projected(Scan(facts=FACTS, high=np.zeros((4, 8), np.uint16)))


@pytest.mark.soak
def test_no_real_scan_of_many_is_taken_for_a_projection(record_property):
    assert not any(is_projected(scan_with(seed=seed)) for seed in range(400))
    record_property("n", 400)
