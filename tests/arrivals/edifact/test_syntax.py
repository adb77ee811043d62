"""Segments: what pydifact reads, we read; what it refuses, we read as far as it goes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.edifact.looking import oracle, ours

from vigie.arrivals.edifact.syntax import (
    LEVEL_B,
    LONGEST,
    Repeated,
    Service,
    cut,
    cut_all,
    guarded,
    read_service,
    runs,
    segments,
    service_of,
)

REFUSED = {"pydifact_patient3.edi"}  # cut off in the middle of a segment: pydifact stops, we read up to there


@pytest.mark.shared
def test_every_sample_reads_as_pydifact_reads_it(shared_data):
    files = sorted((shared_data / "trade" / "edifact").glob("*.edi"))
    compared = 0
    for file in files:
        if file.name in REFUSED:
            continue
        raw = file.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
        assert ours(raw) == oracle(text), file.name
        compared += 1
    assert compared == len(files) - 1 >= 29


@pytest.mark.shared
def test_a_file_that_pydifact_refuses_is_read_to_its_end(shared_data):
    raw = (shared_data / "trade" / "edifact" / "pydifact_patient3.edi").read_bytes()
    told = [elements[0] for _, _, elements in segments(io.BytesIO(raw))]
    assert told[:4] == ["UNA", "UNB", "UNH", "BGM"]
    assert len(told) == 54


def test_a_trailing_empty_component_is_kept():
    """pydifact drops it; the sender wrote it."""
    ((_, _, elements),) = segments(io.BytesIO(b"RFF+VM:'"))
    assert elements == ["RFF", ["VM", ""]]


@pytest.mark.parametrize(
    ("raw", "elements"),
    [
        (b"FTX+AAI+++5?+5 ?: 4?'s ??'", ["FTX", "AAI", "", "", "5+5 : 4's ?"]),
        (b"\r\n\r\n FTX+A'\r\n", ["FTX", "A"]),
        (b"FTX+A", ["FTX", "A"]),
        (b"\xef\xbb\xbfFTX+\xc3\xa9'", ["FTX", "é"]),
        (b"FTX+\xe9'", ["FTX", "é"]),
        (b"FTX+a\nb'", ["FTX", "a\nb"]),
        (b"ftx+x'", ["ftx", "x"]),
    ],
)
def test_one_segment(raw, elements):
    ((number, offset, told),) = segments(io.BytesIO(raw))
    assert (number, told) == (1, elements)
    assert raw[offset:].lower().startswith(b"ftx")


def test_the_service_string_changes_in_the_middle():
    raw = b"UNA:+.? 'UNB+UNOA:2+A+B'UNZ+0'\nUNA*|.\\ ~UNB|UNOA*2|A|B~FTX|\\~+:'~"
    told = [elements for _, _, elements in segments(io.BytesIO(raw))]
    assert told[3:] == [["UNA", "*|.\\ ~"], ["UNB", ["UNOA", "2"], "A", "B"], ["FTX", "~+:'"]]


def test_level_b_needs_no_service_string():
    raw = b"UNB\x1dUNOB\x1f2\x1dA\x1cFTX\x1d5+5\x1c"
    assert [elements for _, _, elements in segments(io.BytesIO(raw))][1] == ["FTX", "5+5"]
    assert service_of(raw) == LEVEL_B


@pytest.mark.parametrize("raw", [b"UNA+++? '", b"UNA:+.?", b"UNB:+.? '", b"UNA:+.? A"])
def test_what_is_no_service_string(raw):
    assert read_service(raw) is None


def test_a_service_string_without_release_character():
    assert read_service(b"UNA:+,  '") == Service(":", "+", ",", "", "'")


def test_line_ends_inside_a_part_are_line_wrapping():
    assert cut_all(b"LOC+1\r\n47+01103\n82::5'", Service(), "UNOA") == [["LOC", "147", ["0110382", "", "5"]]]


@pytest.mark.parametrize(
    "told", ["DTM+7:202601201415?+0000:205", "DTM+7", "DTM+7?+:1:2", "DTM+7:1?+2+9", "DTM+7:1?:2:3?'", "DTM+7:\xe9?+1"]
)
def test_a_date_with_a_zone_is_cut_as_any_segment(told):
    text = guarded(told)
    assert cut_all(told.encode() + b"'", Service(), "UNOC") == [cut(text)]
    assert not any(one and not one.isascii() and one != "\xe9+1" for part in cut(text) for one in ([part] if isinstance(part, str) else part))


def test_what_repeats_is_cut_once_and_what_is_kept_is_bounded():
    known = Repeated()
    first, again = (cut_all(b"LOC+9+BEANR'FTX+AAA+++" + b"X" * 99 + b"'", Service(), "UNOC", known) for _ in range(2))
    assert first == again == [["LOC", "9", "BEANR"], ["FTX", "AAA", "", "", "X" * 99]]
    assert first[0] is again[0]
    assert first[1] is not again[1]
    for number in range(10_000):
        assert known[f"LOC+9+{number}"] == ["LOC", "9", str(number)]
    assert len(known) <= 4096


class Drops(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, raw, size):
        self.raw, self.size = io.BytesIO(raw), size

    def read(self, _size=-1):
        return self.raw.read(self.size)


@given(st.binary(max_size=400), st.integers(1, 50))
def test_runs_are_the_file(raw, size):
    assert b"".join(run.raw for run in runs(Drops(raw, size))) == raw


@given(st.lists(st.sampled_from((b"'", b"+", b":", b"?", b"UNA:+.? '", b"UNA*|.? ~", b"~", b"A", b"\n", b"\xc3", b"\0")),
                max_size=60).map(b"".join))  # fmt: skip
def test_any_bytes_are_read(raw):
    for number, offset, elements in segments(io.BytesIO(raw)):
        assert number >= 1
        assert 0 <= offset < len(raw)
        assert elements


def test_what_is_too_long_is_no_segment():
    raw = b"FTX+A'FTX+" + b"x" * (LONGEST * 3) + b"'FTX+B'" + b"y" * (LONGEST * 5)
    assert [elements[1] for _, _, elements in segments(io.BytesIO(raw))] == ["A", "B"]
    assert b"".join(run.raw for run in runs(io.BytesIO(raw))) == raw
