from statistics import fmean

import pytest

from vigie.world.chance import Choice, stream
from vigie.world.lots import CLASSES, fitted, power_mean
from vigie.world.press import PRESS_YEARS


@pytest.mark.parametrize("figures", PRESS_YEARS, ids=lambda figures: f"{figures.site}-{figures.year}")
def test_the_law_has_the_published_mean(figures):
    mean = 1000 * figures.tonnes.value / figures.findings.value
    law = fitted(mean, figures.small, figures.large)
    assert law.mean() == pytest.approx(mean, rel=1e-6)
    assert sum(law.shares) == pytest.approx(1)
    assert min(law.shares) > 0


def test_drawn_lots_have_the_mean_and_stay_in_their_class():
    law, chance = fitted(519.0, 0.4, 0.18), stream(1)
    sizes = Choice(CLASSES, law.shares)
    drawn = [(size, law.kilos(size, chance)) for size in (sizes.draw(chance) for _ in range(40_000))]
    assert fmean(kilos for _, kilos in drawn) == pytest.approx(519, rel=0.03)
    assert all(kilos <= 100.001 for size, kilos in drawn if size == "small")
    assert all(999.9 <= kilos <= 12_000.1 for size, kilos in drawn if size == "large")


def test_rotterdam_keeps_its_published_classes():
    law = fitted(45_506 / 170, 81 / 170, 13 / 170)
    assert law.shares[0] == pytest.approx(81 / 170)
    assert law.shares[2] == pytest.approx(13 / 170)


@pytest.mark.parametrize(("exponent", "mean"), [(0.0, 31.71), (1.0, 15.77)])
def test_means_of_the_cut_law(exponent, mean):
    assert power_mean(5, 100, exponent) == pytest.approx(mean, abs=0.01)


def test_shares_that_forbid_the_mean_are_refused():
    with pytest.raises(ValueError, match="forbid"):
        fitted(60.0, 0.1, 0.05)
