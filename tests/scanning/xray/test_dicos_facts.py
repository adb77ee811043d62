import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from tests.scanning.xray.pictures import TAKEN, some_facts

from vigie.scanning import Travel
from vigie.scanning.xray.dicos_facts import energy_of, facts_of, moment_read, put_facts
from vigie.terms import Moment, datetime_of

AIR = np.full((40, 40), 50_000, np.uint16)


def written(**told):
    facts = some_facts(**{"scanner": "MX-1", "taken": TAKEN, "container": "CSQU3054383"} | told)
    made = {}
    for energy in ("high", "low"):
        made[energy] = Dataset()
        put_facts(made[energy], facts, energy)
    return facts, made


def test_facts_come_back():
    facts, made = written(travel=Travel.FRONT_FIRST, simulated=True, dark=(10, 12), row_mm=4.4, column_mm=5.5)
    assert facts_of(made, {"high": AIR, "low": AIR}) == (facts, ())


def test_what_a_file_does_not_say_is_assumed_and_doubted():
    _, made = written()
    for one in made.values():
        del one.KVP, one.NominalScannedPixelSpacing
        for element in list(one.private_block(0x0019, "VIGIE SCAN").dataset):
            if element.tag.is_private:
                del one[element.tag]
    facts, doubts = facts_of(made, {"high": AIR, "low": AIR})
    assert [one.code for one in doubts] == ["scan-energy-unknown", "scan-air-unknown", "scan-pixel-unknown"]
    assert (facts.energies_mev, facts.air, facts.row_mm) == ((6.0, 4.0), (50_000, 50_000), 5.0)


def test_energies_are_told_by_kind_then_by_voltage():
    one, other = Dataset(), Dataset()
    one.ImageType, other.ImageType = ["ORIGINAL", "PRIMARY", "X", "LOW_ENERGY"], ["ORIGINAL", "PRIMARY", "X", "HIGH_ENERGY"]
    assert energy_of([one, other]) == ["low", "high"]
    del one.ImageType
    one.KVP, other.KVP = 9000, 6000
    assert energy_of([one, other]) == ["high", "low"]
    assert energy_of([Dataset()]) == ["high"]


@given(st.integers(0, 4_000_000_000_000_000))
def test_moments_come_back(at):
    told = datetime_of(Moment(at))
    doubts = []
    assert moment_read(told.strftime("%Y%m%d"), told.strftime("%H%M%S.%f"), "+0000", doubts) == at
    assert doubts == []


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=6))
def test_any_moment_is_read_or_doubted(day, time, offset):
    doubts = []
    assert (moment_read(day, time, offset, doubts) is None) is bool(doubts)
