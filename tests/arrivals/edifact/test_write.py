"""Segments, counts and envelopes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.edifact.looking import SENDING

from vigie.arrivals import Call
from vigie.arrivals.edifact import segments
from vigie.arrivals.edifact.write import dtm, ftx, interchange, lines, loc, mea, message, segment, tdt


@given(st.lists(st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="\ufffd")), max_size=5))
def test_what_is_written_in_a_segment_is_read(texts):
    while texts and not texts[-1]:
        texts.pop()
    raw = interchange(SENDING, [segment("FTX", *texts)])
    assert [one for _, _, one in segments(io.BytesIO(raw))][2] == ["FTX", *texts]


def test_counts_and_envelope():
    raw = interchange(SENDING, [message("1", ("BAPLIE", "D", "95B", "UN"), [segment("BGM", "", "1", "9")])])
    assert raw == (
        b"UNA:+.? 'UNB+UNOC:3+BEANRTERM+VIGIE+260120:1200+7'UNH+1+BAPLIE:D:95B:UN'BGM++1+9'UNT+3+1'UNZ+1+7'"
    )


def test_what_latin_cannot_write_goes_out_as_utf_8():
    assert interchange(SENDING, [segment("FTX", "Ж")]).startswith(b"UNA:+.? 'UNB+UNOW:3")


@pytest.mark.parametrize(
    ("told", "written"),
    [
        (mea("VGM", 23_840_000), ["MEA+AAE+VGM+KGM:23840'"]),
        (mea("G", 500), ["MEA+AAE+G+KGM:0.5'"]),
        (mea("G", None), []),
        (dtm("7", None), []),
        (loc("9", ""), []),
        (loc("11", "BEANR", "K913"), ["LOC+11+BEANR:139:6+K913:TER:ZZZ'"]),
        (ftx("SCAN OK:yes"), ["FTX+SCAN OK+++yes'"]),
        (ftx("AAA:"), []),
        (tdt(Call()), []),
        (tdt(Call(name="EVER", voyage="12W")), ["TDT+20+12W+1+++++:::EVER'"]),
    ],
)
def test_what_is_not_known_is_not_written(told, written):
    assert told == written


def test_text_is_broken_at_blanks_and_never_lost():
    assert lines("one two three four", 8, 2) == ("one two", "three four")
    assert lines("  ", 8, 2) == ()
