"""Files are cut into parts; every byte is in one, and what is wrong is a doubt."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.damage import loop
from tests.fuzz.fuzz_edifact import BITS, CORPUS, check, covered

from vigie.arrivals.edifact import split


def codes(raw):
    return [doubt.code for part in split(io.BytesIO(raw)) for doubt in part.doubts]


GOOD = b"UNB+UNOA:2+A+B+260120:1200+7'UNH+1+COARRI:D:95B:UN'BGM+44+1+9'EQD+CN+CSQU3054383'CNT+16:1'UNT+5+1'UNZ+1+7'\n"


@pytest.mark.parametrize(
    ("raw", "doubts"),
    [
        (GOOD, []),
        (GOOD.replace(b"UNT+5", b"UNT+9"), ["edifact-unt-count"]),
        (GOOD.replace(b"UNT+5+1", b"UNT+5+2"), ["edifact-unt-reference"]),
        (GOOD.replace(b"UNT+5+1'", b""), ["edifact-no-unt"]),
        (GOOD.replace(b"UNZ+1", b"UNZ+3"), ["edifact-unz-count"]),
        (GOOD.replace(b"UNZ+1+7", b"UNZ+1+8"), ["edifact-unz-reference"]),
        (GOOD.replace(b"UNZ+1+7'", b""), ["edifact-no-unz"]),
        (GOOD[GOOD.find(b"UNH") :], ["edifact-no-unb", "edifact-no-unb"]),
        (GOOD.replace(b"16:1", b"16:2"), ["edifact-control-total"]),
        (GOOD.replace(b"CSQU3054383", b"csqu$"), ["edifact-charset"]),
        (GOOD.replace(b"CSQU3054383", b"CSQU\0"), ["edifact-nul"]),
        (GOOD[:-12], ["edifact-unt-reference", "edifact-truncated", "edifact-no-unz"]),
        (GOOD[:-2], ["edifact-truncated"]),
        (GOOD[:60], ["edifact-truncated", "edifact-no-unz", "edifact-no-unt"]),
        (b"5'LOC+147+0110382'EQD+CN+X'", ["edifact-no-unh", "edifact-form-guessed"]),
        (b"FTX+" + b"X" * 200_000 + b"'", ["edifact-no-unh", "edifact-segment-too-long"]),
        (b"", []),
    ],
)
def test_doubts(raw, doubts):
    assert codes(raw) == doubts
    assert covered(list(split(io.BytesIO(raw))), raw)


def test_a_message_keeps_its_identity_when_it_is_sent_again():
    first, second = (next(split(io.BytesIO(GOOD))).message for _ in range(2))
    assert first == second
    assert first.startswith("A/7/1/")
    assert next(split(io.BytesIO(GOOD.replace(b"BGM+44+1", b"BGM+44+2")))).message != first


def test_lists_run_and_consignments_stand_alone():
    boxes = b"".join(b"EQD+CN+%d'" % number for number in range(120))
    parts = list(split(io.BytesIO(b"UNH+1+COARRI:D:95B:UN'BGM+44'" + boxes + b"UNT+122+1'")))
    assert [part.body.count(b"EQD") for part in parts] == [50, 50, 20]
    assert [(part.number, part.segment) for part in parts] == [(0, 3), (1, 53), (2, 103)]
    bills = b"".join(b"CNI+%d'RFF+BM:B%d'" % (number, number) for number in range(3))
    parts = list(split(io.BytesIO(b"UNH+1+CUSCAR:D:95B:UN'BGM+785'" + bills + b"UNT+9+1'")))
    assert [part.body.count(b"CNI") for part in parts] == [1, 1, 1]


def test_equipment_goes_with_the_consignment_that_names_it():
    raw = (
        b"UNH+1+CUSCAR:D:95B:UN'BGM+785'EQD+CN+A1'SEL+S1'EQD+CN+B2'SEL+S2'EQD+CN+C3'CNI+1'GID+1'SGP+B2'"
        b"CNI+2'GID+1'SGP+B2'SGP+A1'UNT+15+1'"
    )
    bodies = [part.body for part in split(io.BytesIO(raw))]
    assert bodies == [
        b"CNI+1'GID+1'SGP+B2'EQD+CN+B2'SEL+S2'",
        b"CNI+2'GID+1'SGP+B2'SGP+A1'EQD+CN+B2'SEL+S2'EQD+CN+A1'SEL+S1'",
        b"EQD+CN+C3'UNT+15+1'",
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_kept(raw):
    check(raw)


def test_damaged_files_are_kept():
    assert loop(CORPUS, BITS, 400, 20260120, checked=check) > 0


class Endless(io.RawIOBase):
    """A file of a given size without holding it."""

    def __init__(self, block, times):
        self.block, self.times = block, times

    def read(self, _size=-1):
        self.times -= 1
        return self.block if self.times >= 0 else b""


@pytest.mark.soak
@pytest.mark.parametrize(
    ("block", "size"),
    [
        (b"x" * (1 << 18), 1 << 30),
        (b"EQD+CN+CSQU3054383'" * 14_000, 1 << 30),
        (b"'" * (1 << 18), 1 << 23),  # a segment a byte: the slowest file per byte
        (b"UNA:+.? '" * 29_000, 1 << 23),
    ],
)
def test_a_large_file_needs_little_memory(block, size):
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    kept = sum(len(part.body) for part in split(Endless(block, size // len(block))))
    assert kept >= size - 3 * len(block)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB
