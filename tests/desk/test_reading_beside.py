import msgspec
import numpy as np
import pytest
from tests.desk.port import trail
from tests.desk.read import BOXES, CAT, a_room

from vigie.desk.reading_beside import _two_reefers, compared, references
from vigie.scanning.xray.beside import MIDDLE
from vigie.terms import NotForYou


@pytest.fixture
def room(tmp_path):
    node, scans = a_room(tmp_path)
    yield node, scans
    node.__exit__(None, None, None)


def test_the_same_box_comes_first_then_the_same_goods_and_shipper(room):
    node, scans = room
    told = references(CAT, node.store.scans.get(scans[0]), node)
    assert [(one.scan, one.why, one.container) for one in told[:1]] == [(scans[4], "same-box", BOXES[0])]
    assert {one.why for one in told[1:]} == {"same-goods"}
    assert len(told) == 4


def test_the_other_picture_is_laid_over_this_one_count_for_count(room):
    node, scans = room
    record = node.store.scans.get(scans[0])
    told = compared(CAT, scans[0], scans[4], node)
    counts, difference = np.frombuffer(told.body, "<u2").reshape(2, record.rows, record.columns)
    assert told.likeness > 0.5
    assert counts.max() > 0
    assert abs(float(np.median(difference)) - MIDDLE) < 200  # the same load: less than a g/cm²
    assert any(one.facts.get("beside") == scans[4] for one in trail(node))
    with pytest.raises(NotForYou):
        compared(CAT, scans[0], "X0000000000000000", node)


def test_of_two_refrigerated_boxes_of_one_size_the_units_are_compared(room, monkeypatch):
    node, scans = room
    assert not _two_reefers(scans[0], scans[4], node)  # the same box
    other = next(one for one in scans if node.store.scans.get(one).visit.split("-")[0] != BOXES[0])
    assert _two_reefers(scans[0], other, node)
    known = node.store.visits.get

    def dry(wanted):
        return {name: msgspec.structs.replace(kept, listed=msgspec.structs.replace(kept.listed, reefer=False))
                for name, kept in known(wanted).items()}  # fmt: skip

    monkeypatch.setattr(node.store.visits, "get", dry)
    assert not _two_reefers(scans[0], other, node)
