"""What a scan is laid beside: the papers of its box, and earlier pictures; and what a difference does to the box."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("onnxruntime")

from tests.desk.port import BOB, BOX, NOW, VISIT, a_node, manifest, take_in, told
from tests.scanning.xray.drawn import FACTS, LEFT, TOP, attenuation, shot
from tests.scanning.xray.modelled import body

from vigie.arrivals import Equipment, GoodsItem, Level
from vigie.desk import scanners, scanning_intake, scanning_machine
from vigie.desk.scanning_machine import read_waiting
from vigie.desk.scanning_papers import CLASSES, MAKE, SAME, UNIT, declared_of, later_here, references_of
from vigie.scanning import Card, FindingKind, HeatModel, Scanner, Threshold, Thresholds, write_tiff
from vigie.terms import DAY, HOUR, Moment, VisitId
from vigie.tracking import Kept, Line, Listed, Visit

BAG = (LEFT + 500, TOP + 60, 60, 40, 1.2)
HELD = Thresholds(version="t", values={
    f"{FindingKind.REFERENCE_DIFFERENCE}/*/*/*": Threshold(
        look=0.5, first=0.9, look_rate=0.05, first_rate=0.01, negatives=300, against="test")
})  # fmt: skip
CARD = Card(name="t", use="test", recipe="short", seed=1, pictures=1, steps=1, full=sha256(body()).hexdigest(),
            thresholds=HELD)  # fmt: skip


@pytest.fixture
def node(tmp_path, monkeypatch):
    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: (HeatModel(body()), CARD))
    with a_node(tmp_path / "node") as made:
        take_in(made, manifest())
        for name, site in (("SSZ-1", "BRSSZ"), ("ANR-1", "BEANR")):
            scanners.keep(BOB, Scanner(name=name, site=site, row_mm=8.8, column_mm=8.8), made)
        yield made


def kept_as(visit, lines=(), **listed):
    number, _, segment = visit.rpartition("-")
    return Kept(Visit(visit, number, int(segment), NOW, NOW, lines), Listed(visit, number, **listed), 1)


def came(node, scanner, at, seed, *extra):
    facts = msgspec.structs.replace(FACTS, container=BOX, simulated=True, taken=Moment(at), scanner=scanner)
    scan = shot(attenuation(extra=extra), facts, seed=seed)
    return scanning_intake.take_in(BOB, write_tiff(scan, f"s{seed}"), node, archive=False).rows[0].id


def settle(node):
    node.settle([one.id for one in node.store.inbox.take(100)])


def fired(node):
    return {one.indicator for one in told(node).explanation.reasons}


def differences(node, scan):
    found = node.store.machine_readings.of([scan])[scan].findings
    return [one for one in found if one.kind is FindingKind.REFERENCE_DIFFERENCE and one.facts["relation"] == SAME]


def test_a_bag_that_the_partners_picture_does_not_show_is_a_reason_of_the_box(node):
    came(node, "SSZ-1", NOW - DAY, 1)
    own = came(node, "ANR-1", NOW - HOUR, 2, BAG)
    read_waiting(node)
    settle(node)
    (difference,) = differences(node, own)
    assert difference.alarm
    assert abs(difference.box[0] - BAG[0]) < 20
    assert "S2" in fired(node)


def test_the_same_load_at_both_ports_is_none(node):
    came(node, "SSZ-1", NOW - DAY, 1)
    own = came(node, "ANR-1", NOW - HOUR, 2)
    read_waiting(node)
    settle(node)
    assert not any(one.alarm for one in differences(node, own))
    assert "S2" not in fired(node)


def test_a_partners_picture_that_comes_after_the_own_one_was_read_counts_as_well(node):
    own = came(node, "ANR-1", NOW - HOUR, 2, BAG)
    read_waiting(node)
    assert not differences(node, own)
    other = came(node, "SSZ-1", NOW - DAY, 1)
    assert [one.id for one in later_here(node.store.scans.get(other), node)] == [own]
    read_waiting(node)
    settle(node)
    assert differences(node, own)[0].alarm
    assert "S2" in fired(node)


def test_the_other_ports_picture_comes_first_and_then_the_last_one(node):
    for seed, (scanner, days) in enumerate((("SSZ-1", 3), ("ANR-1", 2), ("ANR-1", 1)), 1):
        came(node, scanner, NOW - days * DAY, seed)
    last = came(node, "ANR-1", NOW, 9)
    record = node.store.scans.get(last)
    kept = node.store.visits.get([VISIT])[VISIT]
    found = references_of(record, kept, node)
    assert [(one.scan.facts.scanner, one.scan.facts.taken, one.relation) for one in found] == [
        ("SSZ-1", NOW - 3 * DAY, SAME), ("ANR-1", NOW - DAY, SAME)]  # fmt: skip


def test_a_reefers_unit_is_laid_beside_its_last_picture_on_an_earlier_journey(node):
    earlier = came(node, "ANR-1", NOW - 90 * DAY, 1)
    scan = node.store.scans.get(came(node, "ANR-1", NOW, 2))
    here = msgspec.structs.replace(scan, visit=VisitId(f"{BOX}-2"))
    for reefer, relations in ((True, [UNIT]), (False, []), (None, [])):
        found = references_of(here, kept_as(here.visit, reefer=reefer), node)
        assert [one.relation for one in found] == relations
    node.store.scans.drop_blobs(node.store.scans.get(earlier).unit)
    assert references_of(here, kept_as(here.visit, reefer=True), node) == []


def test_a_reefer_never_seen_before_is_laid_beside_others_of_its_size_and_scanner(node):
    came(node, "ANR-1", NOW - DAY, 1)
    came(node, "SSZ-1", NOW - DAY, 2)
    scan = node.store.scans.get(came(node, "ANR-1", NOW, 3))
    here = msgspec.structs.replace(scan, visit=VisitId("MSCU1234566-1"))
    size = node.store.visits.get([VISIT])[VISIT].listed.size_type
    (found,) = references_of(here, kept_as(here.visit, reefer=True, size_type=size), node)
    assert (found.relation, found.scan.facts.scanner, found.scan.facts.taken) == (MAKE, "ANR-1", NOW - DAY)
    assert references_of(here, kept_as(here.visit, reefer=False, size_type=size), node) == []
    assert references_of(here, kept_as(here.visit, reefer=True, size_type="22R1"), node) == []


def line(*goods, boxes=1, level=Level.STRAIGHT, **equipment):
    given = Equipment(BOX, **equipment) if equipment else None
    return Line("bl:1", Moment(1), Moment(1), level=level, goods=goods, boxes=boxes, equipment=given)


def papers(*lines, empty=None):
    return declared_of(kept_as(VISIT, lines, empty=empty))


BANANAS = GoodsItem(hs="080390", gross_g=19_240_000)


def test_the_weight_is_told_where_it_is_this_boxs_alone():
    assert papers(line(BANANAS)).kg == 19_240
    assert papers(line(BANANAS, boxes=2)).kg is None
    assert papers(line(BANANAS, boxes=2, vgm_g=24_000_000, tare_g=4_500_000)).kg == 19_500
    assert papers(line(GoodsItem(hs="080390"))).kg is None
    house = [line(GoodsItem(hs="080390", gross_g=grams), level=Level.HOUSE) for grams in (5_000_000, 6_000_000)]
    assert papers(line(BANANAS, level=Level.MASTER), *house).kg == 11_000


def test_goods_of_one_class_name_it_and_others_none():
    assert papers(line(BANANAS)).commodity == "fruit-cartons"
    assert papers(line(BANANAS, GoodsItem(hs="840991"))).commodity == ""
    assert papers(line(GoodsItem(hs="970110"))).commodity == ""


def test_an_empty_box_is_told_as_one_and_without_papers_nothing_is():
    told_empty = papers(empty=True)
    assert (told_empty.empty, told_empty.commodity, told_empty.kg) == (True, "empty", None)
    assert papers() is None


def test_the_classes_are_those_of_which_pictures_are_made():
    from vigie.world.goods import GOODS
    from vigie.world.xray_goods import CLASS_OF, DRAWN

    assert set(CLASSES.values()) <= set(DRAWN)
    named = {key: CLASSES.get(one.hs[:4]) or CLASSES.get(one.hs[:2]) for key, one in GOODS.items()}
    assert {key: told for key, told in named.items() if told and told != CLASS_OF[key]} == {}
