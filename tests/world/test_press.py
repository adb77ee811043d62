import pytest

from vigie.world.press import PRESS_YEARS, PROVENANCE, press_year


def test_the_mission_s_figures_are_there():
    antwerp = press_year("BEANR", 2019)
    assert (antwerp.findings.value, antwerp.published) == (119, (61.8, 62.1))
    assert press_year("BEGNE", 2019).published == (1.7, 1.7)
    assert press_year("NLRTM", 2022).published == (46.789, 50.0)
    assert press_year("BEANR", 2023).published == (116.0, 121.0)
    assert press_year("BEANR", 2022).tonnes.value + 50 == pytest.approx(160, abs=0.1)


def test_provenance_is_as_published_and_whole():
    assert sum(PROVENANCE.value.values()) == pytest.approx(1, abs=1e-4)
    assert PROVENANCE.value["BR"] * 61.8 == pytest.approx(15.9)
    assert PROVENANCE.value["EC"] * 61.8 == pytest.approx(10.5)


def test_the_nearest_year_speaks_for_a_year_without_figures():
    assert press_year("BEANR", 2030).year == 2024
    assert press_year("NLRTM", 2020).year == 2019


def test_every_figure_names_its_source():
    assert all(figures.tonnes.source and figures.findings.source for figures in PRESS_YEARS)
