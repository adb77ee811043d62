import json
from pathlib import Path

import pytest

from vigie.arrivals.ais.bits import SHORTEST, TYPES, decode, unarmoured


def test_characters_outside_the_64_are_no_payload() -> None:
    assert unarmoured(b"0w", 0) == "000000" + "111111"
    assert unarmoured(b"w", 2) == "1111"
    assert [unarmoured(payload, 0) for payload in (b"X", b"x", b" ", b"\xff")] == [None] * 4
    assert unarmoured(b"", 0) == ""


def test_a_message_that_is_cut_off_is_none() -> None:
    for kind in TYPES:
        bits = f"{kind:06b}" + "0" * (SHORTEST[kind] - 6)
        assert decode(bits, None) is not None
        assert decode(bits[:-1], None) is None
    assert decode("", None) is None


def test_what_is_not_available_is_unknown() -> None:
    row = decode("000001" + "1" * 131, None)
    assert row is not None
    assert (row.speed_dkn, row.course_ddeg) == (None, None)
    row = decode("000001" + "0" * 55 + f"{181 * 600_000:028b}" + f"{91 * 600_000:027b}" + "0" * 60, None)
    assert row is not None
    assert (row.lon_e6, row.lat_e6) == (None, None)


@pytest.mark.shared
def test_libais_tells_the_same(shared_data: Path) -> None:
    folder = shared_data / "trade/ais"
    told = [json.loads(line) for line in (folder / "libais_typeexamples.json").read_text().splitlines()]
    lines = [line.split(",") for line in (folder / "libais_typeexamples.nmea").read_text().splitlines()]
    seen = 0
    for expected, line in zip(told, lines, strict=True):
        bits = unarmoured(line[5].encode(), int(line[6][0]))
        row = decode(bits or "", None)
        assert (row is not None) == (expected["type"] in TYPES)
        if row is None:
            continue
        seen += 1
        assert int(row.mmsi) == expected["mmsi"]
        assert row.name == expected.get("shipname", "").strip()
        assert row.call_sign == expected.get("callsign", "").strip()
        assert row.destination == expected.get("destination", "").strip()
        assert row.imo == str(expected.get("imo") or "")
        for mine, theirs, scale, most in ((row.lat_e6, "lat", 1e6, 90), (row.lon_e6, "lon", 1e6, 180),
                                          (row.speed_dkn, "speed", 10, 102.2), (row.course_ddeg, "course", 10, 359.95)):
            value = expected.get(theirs)
            known = value is not None and abs(value) <= most
            assert mine == (pytest.approx(value * scale, abs=1 if scale == 10 else 20) if known else None), expected
    assert seen == 7
