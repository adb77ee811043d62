"""Real files become rows and doubts."""

import io
import random
from collections import Counter

import pytest
from tests.arrivals.edifact.looking import back, message
from tests.fuzz.damage import damaged
from tests.fuzz.fuzz_edifact import BITS, CORPUS

from vigie.arrivals import Stowed
from vigie.arrivals.edifact import read, read_all, split


def looked(shared_data, name):
    parts = list(split(io.BytesIO((shared_data / "trade" / "edifact" / name).read_bytes())))
    readings = list(read_all(parts))
    assert readings == [read(part) for part in parts] or len(parts) > 1
    rows = [row for reading in readings for row in reading.rows]
    return rows, Counter(doubt.code for reading in readings for doubt in reading.doubts)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "boxes", "doubts"),
    [
        ("baplie_v22_demo.edi", 609, {"edifact-unt-count": 1, "edifact-no-qualifier": 2, "edifact-date": 2,
                                      "edifact-number-check-digit": 2}),
        ("baplie_v15_demo.edi", 9995, {"edifact-number-check-digit": 4498, "edifact-charset": 1,
                                       "edifact-two-digit-year": 2, "edifact-unz-reference": 1}),
        ("php_baplie.edi", 3, {"edifact-no-value": 1, "edifact-no-qualifier": 1}),
        ("pistology_baplie.edi", 5, {"edifact-unt-count": 1, "edifact-number-check-digit": 4}),
        ("apimeister_d95b_coprar.edi", 1, {"edifact-no-unb": 1, "edifact-unt-count": 1, "edifact-control-total": 1,
                                           "edifact-date-format": 2, "edifact-number-shape": 2}),
    ],
)  # fmt: skip
def test_plans(shared_data, name, boxes, doubts):
    rows, told = looked(shared_data, name)
    assert all(isinstance(row, Stowed) for row in rows)
    assert len({row.equipment.number for row in rows}) == boxes
    assert told == doubts


@pytest.mark.shared
def test_discharges_and_loadings(shared_data):
    rows, told = looked(shared_data, "php_coarri.edi")
    assert Counter(row.code for row in rows) == {"DISC": 2, "LOAD": 19}
    assert told == {"edifact-placeholder-seal": 2}
    assert (rows[0].place, rows[0].facility, rows[0].mode) == ("ITGOA", "VTE", "VESSEL")


@pytest.mark.shared
def test_every_sample_is_read(shared_data):
    for file in sorted((shared_data / "trade" / "edifact").glob("*.edi")):
        looked(shared_data, file.name)


def test_parts_read_one_after_the_other_say_what_each_says_alone():
    """What many boxes share is cut and read once; the places, doubts and rows of each are its own."""
    box = ("EQD+CN+CSQU3054383", "LOC+9+BEANR:139:6+K1:TER:ZZZ", "LOC+13+X", "LOC+11+NOWHERE", "RFF+BM:1 ", "RFF+X",
           "TDT+1++3++ACME:172:20", "FTX+AAI+++OPEN", "FTX+AAA+++BANANAS", "MEA+AAE+G+KGM:x", "MEA+AAE+VGM+KGM:5")  # fmt: skip
    chance, told = random.Random(7), 0
    files = [message(form, f"BGM+{kind}", "DTM+137:202601201200:203", *box * 120) for form, kind in (("COARRI", 44), ("CODECO", 36))]
    for raw in [*files, *files, *(damaged(chance.choice([*files, *CORPUS]), BITS, chance) for _ in range(60))]:
        parts = list(split(io.BytesIO(raw)))
        heads = [read(part) for part in parts]
        together = list(read_all(parts))
        assert [one.rows for one in together] == [one.rows for one in heads]
        assert [Counter(doubt.code for doubt in one.doubts) for one in together] == [
            Counter(doubt.code for doubt in one.doubts) for one in heads
        ]
        told += sum(len(one.rows) for one in together)
    assert told > 1000
    assert together != list(read_all(split(io.BytesIO(files[0]))))


def test_an_unread_form_is_said_once():
    rows, told = back(message("DESADV", "BGM+351", "LIN+1"))
    assert rows == []
    assert told == ["edifact-unread-form"]


def test_a_doubt_knows_its_place():
    raw = message("COARRI", "BGM+44", "DTM+203:202601201200:203", "EQD+CN+CSQU3054384").replace(b"EQD", b"\r\nEQD")
    (reading,) = read_all(split(io.BytesIO(raw)))
    (doubt,) = reading.doubts
    assert (doubt.code, doubt.place.part, doubt.place.segment) == ("edifact-number-check-digit", "1", 4)
    assert doubt.place.offset == raw.find(b"EQD")
