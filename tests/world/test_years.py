"""The press figures against simulated yearly sums: counts and kilograms only. Nothing is rescaled after the draw."""

from statistics import fmean

import pytest

from vigie.world import PRESS_YEARS, simulate_year
from vigie.world.parameters import INTERCEPTION, INTERCEPTION_QUOTED

SEEDS = 120
OF_THE_MISSION = {("BEANR", 2018), ("BEANR", 2019), ("BEANR", 2022), ("BEANR", 2023), ("BEGNE", 2019), ("NLRTM", 2022)}
FIGURES = [figures for figures in PRESS_YEARS if (figures.site, figures.year) in OF_THE_MISSION]


def quantile(values, share):
    return sorted(values)[round(share * (len(values) - 1))]


def inside(published, values, low=0.1, high=0.9):
    return quantile(values, low) <= published <= quantile(values, high)


@pytest.mark.parametrize("figures", FIGURES, ids=lambda figures: f"{figures.site}-{figures.year}")
def test_published_tonnes_lie_where_simulated_years_lie(figures):
    seeds = SEEDS if figures.findings.value > 50 else 3000  # a handful of lots a year needs many years for a mean
    tonnes = [simulate_year(seed, figures.site, figures.year).kilos / 1000 for seed in range(seeds)]
    for published in figures.published:
        assert inside(published, tonnes)
        assert fmean(tonnes) == pytest.approx(published, rel=0.10)


def test_antwerp_2019_in_full():
    years = [simulate_year(seed, "BEANR", 2019) for seed in range(500)]
    assert inside(119, [year.findings for year in years])
    assert fmean(year.findings for year in years) == pytest.approx(119, rel=0.10)
    for country, published in (("BR", 15.9), ("EC", 10.5), ("CO", 10.5)):
        tonnes = [year.by_origin.get(country, 0.0) / 1000 for year in years]
        assert inside(published, tonnes)
        assert fmean(tonnes) == pytest.approx(published, rel=0.10)


def test_the_interception_the_planting_counts_on_is_the_one_that_happens():
    sums = {size: [0, 0] for size in INTERCEPTION.value}
    for seed in range(1000, 1160):
        for size, (planted, found) in simulate_year(seed, "BEANR", 2019).by_size.items():
            sums[size][0] += planted
            sums[size][1] += found
    for size, (planted, found) in sums.items():
        low, high = INTERCEPTION_QUOTED.value
        assert low < found / planted < high
        assert found / planted == pytest.approx(INTERCEPTION.value[size], abs=0.015)


def test_the_same_seed_gives_the_same_year():
    assert simulate_year(7, "NLRTM", 2023) == simulate_year(7, "NLRTM", 2023) != simulate_year(8, "NLRTM", 2023)
