"""The scanned container contains what the world put there."""

import msgspec
import pytest

from vigie.terms import DAY, HOUR, Moment
from vigie.world import START, TruthBook, day_scans, running
from vigie.world.truth import Inside
from vigie.world.xray_day import ORIGINS, load_of
from vigie.world.xray_goods import CLASS_OF

NOW = Moment(START + 9 * DAY)
BOX = Inside("CSQU3054383", "45R1", "BEANR", Moment(NOW - DAY), "banana", 19_000.0, "", 0.0, "BRSSZ",
             Moment(NOW - 16 * DAY))  # fmt: skip


@pytest.fixture(scope="module")
def book():
    told = TruthBook()
    for _ in running(3, NOW, NOW, site="BEANR", hours=0.01, book=told):
        pass
    return told


def test_every_scanned_box_has_its_inside(book):
    scanned = {one.container for one in book.controls if one.depth == "scan" and one.why != "late"}
    told = {one.container for one in book.insides}
    assert len(told) > 50
    assert len(scanned - told) <= 0.05 * len(scanned)  # empties delivered by lorry are not drawn
    for one in book.insides:
        case = next((case for case in book.cases if (case.container, case.landed) <= (one.container, one.at)
                     and case.container == one.container and case.landed <= one.at <= case.out), None)  # fmt: skip
        assert (one.concealment, round(one.lot_kg * 1000)) == ((case.concealment, case.grams) if case else ("", 0))


def test_a_load_is_made_of_what_was_inside():
    load = load_of(msgspec.structs.replace(BOX, concealment="reefer-compartment", lot_kg=33.0))
    assert (load.commodity, load.size_type, load.kg) == (CLASS_OF["banana"], "45R1", 19_000.0)
    assert (load.hidden[0].concealment, load.hidden[0].kg) == ("reefer", 33.0)
    assert load_of(BOX).hidden == ()
    assert load_of(BOX).unit == load.unit


def test_the_same_box_keeps_its_unit_on_its_next_voyage():
    later = msgspec.structs.replace(BOX, loaded=Moment(NOW - DAY), goods="poultry")
    assert (load_of(later).unit, load_of(later).make) == (load_of(BOX).unit, load_of(BOX).make)
    assert load_of(later).seed != load_of(BOX).seed


@pytest.mark.parametrize(
    ("concealment", "places"),
    [("behind-doors", {"rip-off"}), ("container-structure", {"roof", "wall"}), ("in-goods", {"in-boxes", "in-load"})],
)
def test_every_concealment_of_the_world_has_its_place(concealment, places):
    told = load_of(msgspec.structs.replace(BOX, concealment=concealment, lot_kg=80.0))
    assert told.hidden[0].concealment in places


def test_people_and_odd_boxes_are_not_drawn():
    assert load_of(msgspec.structs.replace(BOX, concealment="hotel-container")) is None
    assert load_of(msgspec.structs.replace(BOX, size_type="22T1")) is None


def test_the_other_port_scanned_the_same_load_before_it_was_opened():
    box = msgspec.structs.replace(BOX, concealment="behind-doors", lot_kg=200.0)
    told = list(day_scans(TruthBook(insides=[box]), NOW))
    assert [one.origin for one in told] == [True, False]
    before, after = (one.scan.facts for one in told)
    assert before.container == after.container == "CSQU3054383"
    assert (before.scanner, after.scanner[:3]) == ("BRSSZ-1", "MX-")
    assert before.taken < box.loaded < after.taken < NOW
    assert before.commodity == ""
    assert before.energies_mev != after.energies_mev


def test_no_scan_is_from_the_future_or_of_long_ago():
    late = msgspec.structs.replace(BOX, at=Moment(NOW + HOUR))
    old = msgspec.structs.replace(BOX, at=Moment(NOW - 30 * DAY))
    elsewhere = msgspec.structs.replace(BOX, site="NLRTM")
    assert list(day_scans(TruthBook(insides=[late, old, elsewhere]), NOW)) == []


def test_origins_are_ports_of_brazil():
    assert all(port.startswith("BR") for port in ORIGINS)
