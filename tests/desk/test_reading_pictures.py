import numpy as np
import pytest
from tests.desk.port import EVE
from tests.desk.read import CAT, a_room, pictures

from vigie.desk import reading_pictures
from vigie.desk.reading_pictures import ENERGIES, FRAME, keep_frames, record_of
from vigie.desk.scanning_elsewhere import counts
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


def test_pictures_that_lie_ready_are_given_as_they_lie_and_made_again_when_they_are_gone(room, monkeypatch):
    node, scans = room
    record = node.store.scans.get(scans[0])
    made = [counts(CAT, scans[0], energy, record.pixels, node) for energy in ENERGIES]
    keep_frames(record, node)
    with monkeypatch.context() as alone:
        alone.setattr(reading_pictures, "decoded", None)
        assert [counts(CAT, scans[0], energy, record.pixels, node) for energy in ENERGIES] == made
    assert node.store.scans.trim_blobs(FRAME, len(made[0]) + 1000) == 1
    assert node.store.scans.trim_blobs(FRAME, 0) == 1
    assert [counts(CAT, scans[0], energy, record.pixels, node) for energy in ENERGIES] == made
    assert record_of(CAT, scans[0], "low", record.pixels, node) == record
