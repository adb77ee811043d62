"""Dates in every format seen in real files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.edifact import canon

from vigie.arrivals.edifact.dates import read_date, write_date
from vigie.terms import write_moment


@pytest.mark.parametrize(
    ("value", "form", "moment", "zoned", "fault"),
    [
        ("202601201415", "203", "2026-01-20T14:15:00Z", False, ""),
        ("20260120", "102", "2026-01-20T00:00:00Z", False, ""),
        ("20260120141530", "204", "2026-01-20T14:15:30Z", False, ""),
        ("2601201415", "201", "2026-01-20T14:15:00Z", False, "century"),
        ("260120141530", "202", "2026-01-20T14:15:30Z", False, "century"),
        ("260120", "101", "2026-01-20T00:00:00Z", False, "century"),
        ("202601201415+0100", "205", "2026-01-20T13:15:00Z", True, ""),
        ("202601201415UTC", "303", "2026-01-20T14:15:00Z", True, ""),
        ("200126", "2", "2026-01-20T00:00:00Z", False, "century"),
        ("20121124", "203", "2012-11-24T00:00:00Z", False, "format"),
        ("202601201415", "102", "2026-01-20T14:15:00Z", False, "format"),
        ("202601201415", "", "2026-01-20T14:15:00Z", False, ""),
        ("1700200200", "201", None, False, "unreadable"),
        ("202613201415", "203", None, False, "unreadable"),
        ("tomorrow", "203", None, False, "unreadable"),
        ("202601201415XYZ", "303", None, False, "unreadable"),
        ("190001010000", "203", None, False, "unreadable"),
        ("٢٠٢٦٠١٢٠١٤١٥", "203", None, False, "unreadable"),
        ("", "203", None, False, ""),
    ],
)
def test_read_date(value, form, moment, zoned, fault):
    told = read_date(value, form)
    assert (told.at and write_moment(told.at), told.zoned, told.fault) == (moment, zoned, fault)


@given(canon.moments, st.sampled_from(("203", "204", "205")))
def test_what_is_written_is_read(at, form):
    assert read_date(write_date(at, form), form) == (at, form == "205", "")


@given(st.text(max_size=20), st.text(max_size=4))
def test_any_text_is_read_or_doubted(value, form):
    told = read_date(value, form)
    assert told.at is None or told.at >= 0
