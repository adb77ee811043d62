"""What one group says: the qualifier decides."""

import pytest
from tests.arrivals.edifact.looking import back, message

from vigie.arrivals import Seal
from vigie.terms import write_moment


def box(*body):
    (row,), doubts = back(message("BAPLIE", "BGM++1+9", "LOC+147+0110382::5", *body, "EQD+CN+CSQU3054383+45R1+++5"))
    return row, doubts


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        ("MEA+WT++KGM:23840", "gross_g", 23_840_000), ("MEA+AAE+G+TNE:2,5", "gross_g", 2_500_000),
        ("MEA+AAE+EGW+LBR:100", "gross_g", 45_359), ("MEA+VGM++KGM:20900", "vgm_g", 20_900_000),
        ("MEA+AAE+T+KGM:4000", "tare_g", 4_000_000), ("TMP+2+013.6:CEL", "setpoint_dc", 136),
        ("TMP+2+-18:CEL", "setpoint_dc", -180), ("TMP+2+56:FAH", "setpoint_dc", 133),
        ("NAD+CA+MSC:172:20", "operator", "MSC"), ("DGS+IMD+3.1+1263", "dangerous", ("1263",)),
        ("SEL+H53175+SH", "seals", (Seal("H53175", "SH"),)), ("FTX+AAY++SM1+20250217172830", "vgm_method", "SM1"),
        ("FTX+SCAN OK+++Unidad ya escaneada", "remarks", ("SCAN OK:Unidad ya escaneada",)),
        ("FTX+DAR++OK:ZZZ:184", "remarks", ("DAR:OK",)), ("GDS+99", "remarks", ("GDS:99",)),
    ],
)  # fmt: skip
def test_fields_of_a_box(segment, field, value):
    row, doubts = box(segment)
    assert getattr(row.equipment, field) == value
    assert doubts == []


@pytest.mark.parametrize(
    ("segment", "doubt"),
    [
        ("MEA+WT++KGM:heavy", "edifact-mass"), ("MEA+WT++XXX:1", "edifact-mass"), ("TMP+2+nan", "edifact-temperature"),
        ("TMP+2+900:CEL", "edifact-temperature"), ("SEL+SI+CA", "edifact-placeholder-seal"),
        ("SEL+NA", "edifact-placeholder-seal"), ("DTM+:1711200824:201", "edifact-no-qualifier"),
        ("DTM+133", "edifact-no-value"), ("RFF+042", "edifact-no-qualifier"), ("LOC++X", "edifact-no-qualifier"),
        ("LOC+9+GUAYAQUIL", "edifact-place"), ("DTM+132:1700200200:201", "edifact-date"),
        ("DTM+132:2601201200:201", "edifact-two-digit-year"),
    ],
)  # fmt: skip
def test_doubts_about_a_box(segment, doubt):
    row, doubts = box(segment)
    assert doubts == [doubt]
    assert row.equipment.seals == ()
    assert row.equipment.gross_g is None


def test_the_time_of_a_verified_mass():
    row, _ = box("FTX+AAY++SM1+20250217172830")
    assert write_moment(row.equipment.vgm_at) == "2025-02-17T17:28:30Z"


@pytest.mark.parametrize(
    ("segment", "ship"),
    [
        ("TDT+20+12W+1++MSC:172:20+++9074729:146:11:EVER", ("9074729", "", "EVER", "12W", "MSC")),
        ("TDT+20+0133+++SEC:172:166+++9V2036:103:ZZZ:X-PRESS", ("", "9V2036", "X-PRESS", "0133", "SEC")),
        ("TDT+20+AF123++ELXT8:103::EMMA:AF++9994:172:20", ("", "ELXT8", "EMMA", "AF123", "9994")),
        ("TDT+20+1234567+1++NYK+++EXAMPLE VESSEL:GB", ("", "", "EXAMPLE VESSEL", "1234567", "NYK")),
        ("TDT", ("", "", "", "", "")),
    ],
)
def test_ships_as_real_plans_name_them(segment, ship):
    (row,), _ = back(message("BAPLIE", "BGM++1+9", segment, "LOC+147+0110382::5", "EQD+CN+CSQU3054383"))
    call = row.call
    assert (call.imo, call.call_sign, call.name, call.voyage, call.carrier) == ship
