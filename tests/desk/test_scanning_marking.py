"""What pictures from elsewhere mean for a box."""

import pytest
from tests.desk.port import BOB, BOX, NOW, VISIT, a_node, manifest, take_in, told
from tests.scanning.xray.pictures import a_scan

from vigie.desk import scanners, scanning_intake
from vigie.desk.scanning_marking import SAME, picture_items, picture_mark
from vigie.scanning import Finding, FindingKind, MachineReading, Scanner, Zone, Zones, write_tiff
from vigie.scanning import Place as Queue
from vigie.terms import DAY, Moment
from vigie.tracking import PictureMark


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path / "node") as made:
        take_in(made, manifest())
        for name, site in (("SSZ-1", "BRSSZ"), ("ANR-1", "BEANR")):
            scanners.keep(BOB, Scanner(name=name, site=site, row_mm=20.0, column_mm=20.0), made)
        yield made


def scan(node, scanner, seed):
    shown = a_scan(seed=seed, scanner=scanner, container=BOX, taken=Moment(NOW - DAY))
    return scanning_intake.take_in(BOB, write_tiff(shown, f"s{seed}"), node).rows[0].id


def settle(node):
    node.settle([one.id for one in node.store.inbox.take(100)])


def kept(node):
    return node.store.visits.get([VISIT])[VISIT]


def fired(node):
    return {one.indicator for one in told(node).explanation.reasons}


def differing(score, relation=SAME, threshold=0.5):
    finding = Finding(
        kind=FindingKind.REFERENCE_DIFFERENCE, zone=Zone.DOORS, box=(0, 0, 9, 9), score=score, threshold=threshold,
        false_alarm_rate=0.01, negatives=300, against="reference", facts={"relation": relation},
    )  # fmt: skip
    zones = Zones(container=None, areas=(), doors_at="left")
    return MachineReading(place=Queue.LOOK, score=score, findings=(finding,), zones=zones, heat=None, models=(),
                          thresholds="", quiet=())  # fmt: skip


def test_a_scan_of_the_own_port_is_no_picture_from_elsewhere(node):
    scan(node, "ANR-1", 1)
    settle(node)
    assert kept(node).visit.picture is None


def test_a_picture_from_elsewhere_is_counted_when_it_comes(node):
    scan(node, "SSZ-1", 1)
    settle(node)
    assert kept(node).visit.picture.mark == PictureMark(pictures=1)


@pytest.mark.parametrize(("score", "relation", "elsewhere", "count"), [
    (0.9, SAME, True, 1), (0.3, SAME, True, 0), (0.9, "same-goods", True, 0), (0.9, SAME, False, 0),
])  # fmt: skip
def test_an_alarm_of_the_comparison_with_this_very_box_is_a_difference(node, score, relation, elsewhere, count):
    if elsewhere:
        scan(node, "SSZ-1", 1)
    mine = scan(node, "ANR-1", 2)
    record = node.store.scans.get(mine)
    node.store.machine_readings.put(mine, record.unit, NOW, differing(score, relation))
    assert picture_mark(kept(node), (), node).differences == count


def test_a_difference_is_a_reason_of_the_box(node):
    scan(node, "SSZ-1", 1)
    mine = scan(node, "ANR-1", 2)
    node.store.machine_readings.put(mine, node.store.scans.get(mine).unit, NOW, differing(0.9))
    node.store.inbox.add(picture_items([VISIT], node.now(), node, lambda one, node: ()))
    settle(node)
    assert "S2" in fired(node)


def test_what_is_announced_and_not_held_is_missing(node):
    assert picture_mark(kept(node), ("ab" * 32,), node) == PictureMark(missing=1)
    assert picture_items([VISIT], node.now(), node, lambda one, node: ()) == []
