"""Calls of ships: read from what is told of them, kept apart by voyage, and what happened stays what happened."""

import msgspec
import pytest

from vigie.arrivals import Call, Classifier, Movement, Port, Position
from vigie.terms import DAY, HOUR, Moment, read_moment
from vigie.tracking import SAME_CALL, Called, called, meant, of_call, retold, ship_of
from vigie.tracking.shipcall import arrival_of

SHIP = Call(imo="9074729", name="Ever Fictive", voyage="001e")
NOW = read_moment("2026-12-30T12:00:00Z")


def a_call(at=None, code="ARRI", classifier=Classifier.ESTIMATED, call=SHIP, place="BEANR"):
    return Port(call, place, code, classifier, None if at is None else Moment(at), "p")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (a_call(5), (5, "port-call", None, "")),
        (a_call(5, classifier=Classifier.ACTUAL), (5, "ship-arrived", None, "")),
        (a_call(5, "DEPA"), (None, "", 5, "port-call")),
        (a_call(5, "DEPA", Classifier.ACTUAL), (None, "", 5, "ship-left")),
        (Movement("e", "ARRI", at=Moment(5), place="BEANR", call=SHIP, classifier=Classifier.PLANNED), (5, "port-call", None, "")),
    ],
)
def test_what_a_row_tells_of_a_call(row, told):
    found = called(row, Moment(9))
    assert (found.arrival, found.arrival_source, found.departure, found.departure_source) == told
    assert found.key == ("9074729", "BEANR", "001E")


@pytest.mark.parametrize("row", [a_call(), a_call(5, place=""), a_call(5, "LOAD"), a_call(5, call=Call(voyage="1"))])
def test_what_names_no_ship_place_or_moment_tells_nothing(row):
    assert called(row, Moment(9)) is None


@pytest.mark.parametrize(
    ("eta", "told"),
    [
        ("12-31 06:00", "2026-12-31T06:00:00Z"), ("01-02 06:00", "2027-01-02T06:00:00Z"), ("02-30 06:00", None),
        ("00-00 24:60", None), ("", None), ("06-01 06:00", None), ("12-29 13:00", "2026-12-29T13:00:00Z"),
    ],
)  # fmt: skip
def test_an_ais_arrival_finds_its_year(eta, told):
    assert arrival_of(eta, NOW) == (None if told is None else read_moment(told))
    assert arrival_of(eta, None) is None


def test_an_ais_destination_counts_only_as_a_locode():
    sent = Position("227006760", NOW, imo="9074729", destination="NLRTM>BE ANR", eta="12-31 06:00")
    assert called(sent, Moment(9)).key == ("9074729", "BEANR", "")
    for destination in ("ANTWERP", "", "BEANR ANCH"):
        assert called(msgspec.structs.replace(sent, destination=destination), Moment(9)) is None


def test_what_happened_is_not_made_an_estimate_again():
    first = retold(None, called(a_call(5, classifier=Classifier.ACTUAL), Moment(1)))
    later = retold(first, called(a_call(9), Moment(2)))
    assert (later.arrival, later.arrival_source, later.hlc) == (5, "ship-arrived", 2)
    gone = retold(later, called(a_call(20, "DEPA", Classifier.ACTUAL), Moment(3)))
    assert (gone.arrival, gone.departure) == (5, 20)
    assert retold(gone, called(a_call(30, "DEPA"), Moment(4))).departure == 20


def test_a_word_without_a_voyage_is_about_the_call_that_is_near():
    ais = Called("9074729", "BEANR", "", Moment(10 * DAY), "ais", hlc=Moment(5))
    assert of_call([ais], SHIP, "BEANR", Moment(10 * DAY + SAME_CALL)) is ais
    assert of_call([ais], SHIP, "BEANR", Moment(10 * DAY + SAME_CALL + 1)) is None
    assert of_call([ais], SHIP, "BEANR", None) is ais
    assert of_call([ais], SHIP, "NLRTM", None) is None
    assert of_call([ais], Call(), "BEANR", None) is None
    named = Called("9074729", "BEANR", "001E", Moment(HOUR), "port-call", hlc=Moment(4))
    assert of_call([ais, named], SHIP, "BEANR", Moment(10 * DAY)) is ais  # the later word
    other = msgspec.structs.replace(named, voyage="002E", hlc=Moment(9))
    assert of_call([named, other], SHIP, "BEANR", None) is named
    assert meant(named, "", Moment(HOUR))
    assert ship_of(Call(name=" alma ")) == "ALMA"
