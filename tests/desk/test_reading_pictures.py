import numpy as np
import pytest
from tests.desk.port import EVE
from tests.desk.read import CAT, a_room, pictures

from vigie.desk.reading_pictures import counts
from vigie.terms import NotForYou, NotFound, Purpose


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    yield node, scans
    node.__exit__(None, None, None)


def test_the_viewer_gets_every_count_as_the_detector_gave_it(room):
    node, scans = room
    record = node.store.scans.get(scans[0])
    for energy in ("high", "low"):
        told = np.frombuffer(counts(CAT, scans[0], energy, record.pixels, node), "<u2")
        assert np.array_equal(told.reshape(record.rows, record.columns), getattr(pictures(1), energy))


def test_another_hash_another_energy_and_who_may_not_get_nothing(room):
    node, scans = room
    pixels = node.store.scans.get(scans[0]).pixels
    for energy, name in (("high", "0" * 64), ("middle", pixels)):
        with pytest.raises(NotFound):
            counts(CAT, scans[0], energy, name, node)
    with pytest.raises(NotForYou):
        counts(EVE, scans[0], "high", pixels, node, Purpose.ADMINISTRATION)
