import pytest

from vigie.scanning import fit_calibration
from vigie.terms import Moment
from vigie.world import added, cutouts, draw_load, view, wedge


@pytest.mark.parametrize("scanner", ["A", "B", "C", "D"])
def test_a_calibration_can_be_made_of_the_test_pieces(scanner):
    facts = view(draw_load(1), scanner, 0).scan.facts
    told = fit_calibration(wedge(scanner), facts, scanner=scanner, made=Moment(0), valid_until=Moment(1))
    assert all(0.8 < scale < 1.25 for scale in told.scale)
    assert told.ratios[0] > told.ratios[1]


def test_a_clean_load_has_nothing_added():
    assert added(draw_load(4), "A", 0).any() == False  # noqa: E712
    assert added(draw_load(4, positive=True), "A", 0).max() > 1


def test_a_library_of_threats_is_of_bags_alone():
    one = cutouts(4, seed=2)
    assert [cut.facts.sha256 for cut in one] == [cut.facts.sha256 for cut in cutouts(4, seed=2)]
    assert {cut.facts.origin for cut in one} == {"simulated"}
    assert all(10 < cut.facts.kg < 260 for cut in one)
    assert all(cut.facts.rows < 300 and cut.facts.columns < 400 for cut in one)
