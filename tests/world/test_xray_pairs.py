"""One load before two scanners."""

from vigie.world import draw_pair, xray_parameters
from vigie.world.xray_pairs import BAG, HEAVY, LIGHT


def test_a_pair_shows_one_load_twice_and_once_more_with_a_bag():
    pair = draw_pair(5, home=True)
    assert (pair.later.scan.facts.scanner, pair.earlier.scan.facts.scanner) == ("SIM-A", "SIM-C")
    lot = pair.bagged[0].hidden[0]
    assert lot.concealment in BAG
    assert 14 < lot.kg < 35
    assert not pair.later.hidden
    assert pair.load.blocks
    left, top, width, height = lot.box
    more = pair.bagged[0].scan.high != pair.later.scan.high
    assert more[top : top + height, left : left + width].mean() > 0.5
    assert more[:, : max(0, left - 200)].mean() < 0.2


def test_weights_and_places_are_those_of_the_issue():
    assert (LIGHT, HEAVY) == (10.0, 75.0)
    assert set(BAG) <= set(xray_parameters().threats.weights)
