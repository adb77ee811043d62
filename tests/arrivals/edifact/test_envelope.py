"""The head of a message."""

import pytest

from vigie.arrivals import Function
from vigie.arrivals.edifact.envelope import function_of, one, read_head
from vigie.arrivals.edifact.syntax import LEVEL_A
from vigie.terms import write_moment


def test_a_whole_head():
    told = read_head(
        b"UNA:+.? 'UNB+UNOA:2+MSC:ZZZ+PORT+260120:1200+77'UNH+1+BAPLIE:D:95B:UN:SMDG22'BGM+2+A9+5'"
        b"DTM+137:202601201415:203'TDT+20+12W'",
        LEVEL_A,
    )
    assert (told.sender, told.recipient, told.interchange, told.reference) == ("MSC", "PORT", "77", "1")
    assert (told.form, told.version, told.association) == ("BAPLIE", "D.95B", "SMDG22")
    assert (told.kind, told.document, told.function, told.syntax) == ("2", "A9", Function.AMENDMENT, "UNOA")
    assert told.sent_at is not None
    assert write_moment(told.sent_at) == "2026-01-20T14:15:00Z"
    assert [elements[0] for elements in told.segments] == ["DTM", "TDT"]


@pytest.mark.parametrize("raw", [b"", b"'''", b"UNB'", b"UNH'", b"+:+:'", b"UNB+:'UNH+:+:'BGM'DTM'"])
def test_a_head_of_nothing(raw):
    assert read_head(raw, LEVEL_A).form == ""


def test_the_time_of_the_interchange_stands_in():
    assert read_head(b"UNB+UNOA:2+A+B+260120:1200+7'", LEVEL_A).sent_at == 1_768_910_400_000_000


@pytest.mark.parametrize(
    ("code", "function"),
    [("9", Function.ORIGINAL), ("4", Function.AMENDMENT), ("5", Function.AMENDMENT), ("1", Function.CANCELLATION),
     ("3", Function.CANCELLATION), ("", Function.ORIGINAL), ("ZZ", Function.ORIGINAL)],
)  # fmt: skip
def test_function_of(code, function):
    assert function_of(code) is function


def test_one_component():
    elements = ["DTM", ["137", "2026"], "x"]
    assert [one(elements, 1), one(elements, 1, 1), one(elements, 2), one(elements, 2, 1), one(elements, 9)] == [
        "137", "2026", "x", "", "",
    ]  # fmt: skip
