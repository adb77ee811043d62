from threading import Event

import pytest

from vigie.console.scanning_shelf import Shelf


def test_a_picture_is_decoded_once_and_ahead():
    shelf, made = Shelf(), []
    shelf.ahead(("a", "high"), lambda: made.append(1) or b"picture")
    assert shelf.get(("a", "high"), lambda: made.append(2) or b"other") == b"picture"
    assert made == [1]


def test_the_oldest_go_when_they_weigh_too_much_and_the_newest_stays():
    shelf = Shelf(most=25)
    for name in "abcd":
        assert shelf.get((name, "high"), lambda name=name: name.encode() * 10) == name.encode() * 10
    assert shelf.get(("d", "high"), lambda: b"again") == b"d" * 10
    assert shelf.get(("a", "high"), lambda: b"again") == b"again"


def test_a_fault_is_told_to_who_asks_and_tried_again():
    shelf = Shelf()

    def broken():
        raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"):
        shelf.get(("a", "high"), broken)
    assert shelf.get(("a", "high"), lambda: b"right") == b"right"


def test_who_asks_waits_for_what_was_begun():
    shelf, go = Shelf(), Event()
    shelf.ahead(("a", "low"), lambda: b"slow" if go.wait(5) else None)
    go.set()
    assert shelf.get(("a", "low"), lambda: b"other") == b"slow"
