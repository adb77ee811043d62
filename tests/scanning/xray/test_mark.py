"""The mark: one bit of the upper rows, found turned and in either picture, never in a real scan."""

import numpy as np
import pytest
from tests.scanning.xray.drawn import FACTS, attenuation, shot

from vigie.scanning import ProjectedScan, Scan, is_projected, refuse_projected
from vigie.scanning.xray.mark import MARK_ROWS, marked


def picture(seed=1):
    return shot(attenuation(), seed=seed).high


@pytest.mark.parametrize("turn", [np.asarray, np.fliplr, np.flipud, lambda one: one[::-1, ::-1]])
def test_a_marked_picture_is_known_turned_or_upside_down(turn):
    assert is_projected(Scan(facts=FACTS, high=turn(marked(picture()))))
    assert is_projected(Scan(facts=FACTS, high=picture(), low=turn(marked(picture()))))


def test_the_mark_changes_one_count_in_the_upper_rows_alone():
    before, after = picture().astype(int), marked(picture()).astype(int)
    assert np.abs(after - before)[:MARK_ROWS].max() == 1
    assert (after == before)[MARK_ROWS:].all()


def test_some_lost_bits_do_not_hide_it_and_many_do():
    one = marked(picture())
    flips = np.random.default_rng(2).random((MARK_ROWS, one.shape[1]))
    assert is_projected(Scan(facts=FACTS, high=np.vstack([one[:MARK_ROWS] ^ (flips < 0.03), one[MARK_ROWS:]])))
    assert not is_projected(Scan(facts=FACTS, high=np.vstack([one[:MARK_ROWS] ^ (flips < 0.3), one[MARK_ROWS:]])))


def test_a_scan_passes_and_a_projection_is_stopped():
    refuse_projected(Scan(facts=FACTS, high=picture()))
    with pytest.raises(ProjectedScan):
        refuse_projected(Scan(facts=FACTS, high=marked(picture())))
