"""Doubts know their place."""

from vigie.arrivals import Part
from vigie.arrivals.edifact.messages.notes import ELSEWHERE, HEAD, Notes


def part(number):
    return Part("edifact", "COARRI", "m", number, b"", b"\nEQD+CN+X'\r\nSEL+SI'", offset=100, segment=7)


def test_places():
    notes = Notes(part(1), "ref")
    notes.tell("a", 1, "SEL", written="SI")
    notes.tell("b", ELSEWHERE)
    notes.tell("c", HEAD)
    first, second = notes.doubts()
    assert (first.place.part, first.place.segment, first.place.offset) == ("ref", 8, 100 + 12)
    assert (second.code, second.place.segment, second.place.offset) == ("b", None, None)


def test_the_head_is_doubted_once():
    for number, told in ((0, 1), (1, 0)):
        notes = Notes(part(number), "ref")
        notes.tell("c", HEAD)
        assert len(notes.doubts()) == told
