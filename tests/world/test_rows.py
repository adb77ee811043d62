import pytest
from tests.world.test_consignments import a_voyage

from vigie.arrivals import Function, Level
from vigie.terms import HOUR, Moment, PartyRole
from vigie.world import rows


@pytest.fixture
def scene():
    voyage = a_voyage(boxes=60)
    bill = voyage.bills[0]
    return voyage, bill, bill.boxes[0]


def test_each_sender_tells_what_it_knows(scene):
    voyage, bill, box = scene
    box.seal_landed, box.seal_out = "L1", "O1"
    assert rows.manifest_line(voyage, bill).equipment[0].seals[0].number == box.seal
    assert rows.landed(voyage, bill, box).seals[0].number == "L1"
    assert rows.gone(voyage, bill, box).seals[0].number == "O1"
    assert rows.verified(bill, box, Moment(0)).value == box.vgm_kg * 1000
    assert rows.stowed(voyage, bill, box, Moment(0)).equipment.vgm_g == box.vgm_kg * 1000
    assert rows.released(voyage, bill, box).code == "CUSR"
    assert rows.returned(voyage, box).empty


def test_a_master_names_forwarders_and_a_house_its_master(scene):
    voyage, _, _ = scene
    bill = next(bill for bill in voyage.bills if bill.parent)
    master, house = rows.declaration(voyage, bill, "F12"), rows.declaration(voyage, bill, "F14")
    assert (master.level, house.level) == (Level.MASTER, Level.HOUSE)
    assert master.document == house.parent == bill.parent
    assert master.mrn != house.mrn
    assert PartyRole.CONSIGNOR not in {party.role for party in master.parties}


def test_an_amendment_names_the_new_consignee(scene):
    voyage, bill, _ = scene
    bill.new_consignee = rows.declarant("FICT")
    line = rows.manifest_line(voyage, bill, Function.AMENDMENT)
    assert line.function is Function.AMENDMENT
    assert bill.new_consignee in line.parties


def test_sensors_doors_and_twins(scene):
    voyage, bill, box = scene
    box.open_at = box.power_off_at = box.gated
    box.opened, box.resealed, box.elsewhere = box.landed, "CUS1", ("BEANR", Moment(box.landed - HOUR))
    assert [row.code for row in rows.at_origin(voyage, bill, box)] == ["GTIN", "LOAD", "DRO", "DETC"]
    assert [row.code for row in rows.opened(voyage, bill, box)] == ["INSP", "RSEA"]
    assert rows.twin(voyage, box).at < box.landed
    assert rows.brought(voyage, voyage.land_empties[0]).gross_g == voyage.land_empties[0].tare_kg * 1000


def test_where_the_ship_is(scene):
    voyage, bill, _ = scene
    told = rows.at_sea(voyage, bill.loading, voyage.departures[bill.loading], voyage.arrival, HOUR)
    assert told.mmsi == voyage.mmsi
    assert rows.call_of(voyage).voyage == voyage.number
