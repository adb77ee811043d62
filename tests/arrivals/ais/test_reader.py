import io
from collections.abc import Iterator
from pathlib import Path

import pyais
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import a_part

from vigie.arrivals import Position
from vigie.arrivals.ais import read, split
from vigie.arrivals.ais.bits import SHORTEST, TYPES
from vigie.arrivals.ais.reader import LINES
from vigie.terms import SECOND, Doubt

ONE = b"!AIVDM,1,1,,A,16:=?;0P00`SstvFnFbeGH6L088h,0*44"
TWO = (b"!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C",
       b"!AIVDM,2,2,1,A,88888888880,2*25")


def read_all(content: bytes) -> tuple[list[Position], list[Doubt]]:
    readings = [read(part) for part in split(io.BytesIO(content))]
    return ([row for reading in readings for row in reading.rows if isinstance(row, Position)],
            [doubt for reading in readings for doubt in reading.doubts])


@pytest.mark.parametrize(("line", "second"), [
    (b"\\s:r003669945,c:1428621738*5F\\" + ONE, 1_428_621_738), (b"\\c:1428621738000*5F\\" + ONE, 1_428_621_738),
    (ONE + b",b003669794,1272412827", 1_272_412_827), (ONE + b",d-109,S2105,t050056.00,T56.1,r003669946,1325394060,1325394001",
                                                     1_325_394_060),
    (b"$PGHP,1,2008,5,9,0,0,0,10,338,2,,1,09*17\n" + ONE, 1_210_291_200), (ONE, None),
])
def test_the_time_of_reception_is_found(line: bytes, second: int | None) -> None:
    ((row,), doubts) = read_all(line)
    assert not doubts
    assert (None if row.at is None else row.at // SECOND) == second


def test_a_message_in_two_sentences_is_joined_even_with_others_between() -> None:
    rows, doubts = read_all(b"\n".join((TWO[0], ONE, TWO[1])))
    assert not doubts
    assert [bool(row.name) for row in rows] == [False, True]


@pytest.mark.parametrize(("content", "codes"), [
    (TWO[0], ["ais-fragment"]), (b"\n".join((TWO[0], *TWO)), ["ais-fragment"]), (ONE[:-2] + b"00", ["ais-checksum"]),
    (ONE.replace(b"16:", b"1X:")[:-3], ["ais-payload"]), (b"!AIVDM,1,1,,A,16:=,0", ["ais-cut-off"]),
    (ONE + b"\nfoobar\n# a comment\n$GPGGA,1*00\n\nbaz", ["ais-not-a-sentence"]),
    (b"$PGHP,1,2008,13,9,0,0,0,10,\n" + ONE, ["ais-time"]), (b"!AIVDM,1,1,,B,,0*25", []),
])
def test_what_is_odd_is_doubted_at_its_line(content: bytes, codes: list[str]) -> None:
    _, doubts = read_all(content)
    assert [doubt.code for doubt in doubts] == codes


def test_parts_are_cut_between_messages_and_keep_every_byte() -> None:
    content = (ONE + b"\n") * (LINES - 1) + TWO[0] + b"\n" + ONE + b"\n" + TWO[1] + b"\n" + ONE
    parts = list(split(io.BytesIO(content)))
    assert b"".join(part.body for part in parts) == content
    assert [part.segment for part in parts] == [1, LINES + 3 - 1 + 0] or parts[1].segment == LINES + 3
    rows, doubts = read_all(content)
    assert (len(rows), doubts) == (LINES + 2, [])


@given(st.lists(st.sampled_from([ONE, *TWO, b"", b"x", b"!", b"!AIVDM,9,9,9,A,0,0*00", b"!AIVDM,1,1,,A,5,9*"]), max_size=30))
def test_any_mixture_of_lines_is_read(lines: list[bytes]) -> None:
    rows, _ = read_all(b"\n".join(lines))
    assert len(rows) >= lines.count(ONE)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_doubted(content: bytes) -> None:
    read(a_part(b"!AIVDM,1,1,,A," + content, "ais"))


@pytest.mark.shared
@pytest.mark.parametrize("name", [
    "pyais_nmea_data_sample.txt", "libais_test.aivdm", "pyais_messages.ais", "libais_tagblock.nmea",
])
def test_pyais_tells_the_same(shared_data: Path, name: str) -> None:
    content = (shared_data / "trade/ais" / name).read_bytes()
    mine = [(row.mmsi, row.lat_e6, row.lon_e6, row.name, row.destination) for row in read_all(content)[0]]
    assert mine == list(_theirs(content))


def _theirs(content: bytes) -> Iterator[tuple[str, int | None, int | None, str, str]]:
    """What pyais reads of the single-sentence and joined messages, in the order in which they are complete."""
    parts: dict[bytes, dict[int, bytes]] = {}
    for raw in content.splitlines():
        line = b"!" + raw.partition(b"!")[2]
        fields = line.split(b",")
        if len(fields) < 7 or (not fields[5] and fields[1] == b"1"):
            continue
        of, part, key = int(fields[1]), int(fields[2]), fields[3] + fields[4]
        held = parts.setdefault(key, {}) if of > 1 else {}
        if part in held:
            held.clear()
        held[part] = b",".join([*fields[:6], fields[6].split(b"*")[0] + b"*" + fields[6].partition(b"*")[2][:2]])
        if len(held) < of:
            continue
        parts.pop(key, None)
        try:
            told = pyais.decode(*(held[place] for place in sorted(held))).asdict()
        except Exception:  # noqa: BLE001 - whatever the oracle cannot read it cannot judge
            continue
        kind, size = told["msg_type"], sum(len(sentence.split(b",")[5]) for sentence in held.values()) * 6
        if kind in TYPES and size - int(fields[6][:1]) >= SHORTEST[kind]:  # pyais fills up what was cut off
            yield _told(told)


def _told(told: dict[str, object]) -> tuple[str, int | None, int | None, str, str]:
    lat, lon = told.get("lat"), told.get("lon")
    known = isinstance(lat, float) and abs(lat) <= 90, isinstance(lon, float) and abs(lon) <= 180
    return (f"{told['mmsi']:09d}", round(lat * 1e6) if known[0] and isinstance(lat, float) else None,
            round(lon * 1e6) if known[1] and isinstance(lon, float) else None,
            str(told.get("shipname") or ""), str(told.get("destination") or ""))
