import msgspec
import pytest
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import Call, Classifier, Equipment, GoodsItem, Level, Route, Stowed
from vigie.terms import Moment
from vigie.tracking import (
    Announced,
    due_of,
    fate_of,
    hs2_of,
    is_empty,
    is_reefer,
    landed_at,
    main_line,
    site_of,
    size_type_of,
)

ETA = an_announcement(call=Call(imo="9074729", arrival=Moment(500)))


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ([an_announcement()], None),
        ([ETA], 500),
        ([ETA, an_event("ARRI", 700, classifier=Classifier.ESTIMATED)], 700),
        ([ETA, an_event("ARRI", 700, place="NLRTM", classifier=Classifier.ESTIMATED)], 500),
        ([an_event("ARRI", 700, classifier=Classifier.ESTIMATED), ETA], 500),
        ([ETA, an_event("DISC", 900)], 900),
        ([ETA, an_event("DISC", 900, place="PAMIT")], 500),
        ([ETA, an_event("DISC", 900, event_id="d"), an_event("DISC", event_id="r", retracts="d")], 500),
    ],
)
def test_until_when_it_must_be_decided(said, due):
    assert due_of(told(*said)[1]) == due


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ([ETA], "new"),
        ([ETA, an_event("CUSS", 1)], "selected"),
        ([ETA, an_event("CUSS", 1), an_event("CUSI", 2)], "held"),
        ([ETA, an_event("CUSS", 1), an_event("CUSR", 2)], "released"),
        ([ETA, an_event("GTOT", 2)], "gone"),
        ([ETA, an_event("GTOT", 2, place="ECGYE")], "new"),
        ([ETA, an_event("DISC", 1), an_event("GTOT", 2)], "gone"),
        ([ETA, an_event("LOAD", 1), an_event("DISC", 2)], "new"),
        ([ETA, an_event("DISC", 1), an_event("LOAD", 2)], "gone"),
    ],
)
def test_what_became_of_it(said, fate):
    assert fate_of(told(*said)[1]) == fate


@pytest.mark.parametrize(
    ("code", "reefer"), [("45R1", True), ("22G1", False), ("42H0", True), ("4532", True), ("4310", False), ("", None)]
)
def test_reefers_by_either_generation_of_codes(code, reefer):
    visit = told(Stowed("BAPLIE", Equipment(BOX, size_type=code)))[1]
    assert (is_reefer(visit), size_type_of(visit)) == (reefer, code)


def test_a_set_temperature_makes_a_reefer():
    assert is_reefer(told(Stowed("BAPLIE", Equipment(BOX, setpoint_dc=-180)))[1])


def test_the_latest_word_on_empty_counts():
    full = Stowed("BAPLIE", Equipment(BOX, empty=False), at=Moment(1))
    empty = Stowed("COPRAR", Equipment(BOX, empty=True), at=Moment(2))
    assert is_empty(told(full, empty)[1]) is True
    assert is_empty(told(empty, full)[1]) is False
    assert is_empty(told(ETA)[1]) is None


def test_the_chapter_of_the_heaviest_goods():
    base = an_announcement()
    goods = (GoodsItem(1, hs="080390", gross_g=5), GoodsItem(2, hs="4407", gross_g=9), GoodsItem(3, gross_g=99))
    assert hs2_of(told(Announced(BOX, base.consignment, goods))[1]) == "44"


def test_the_site_is_where_it_lands():
    assert site_of(told(ETA)[1]) == "BEANR"
    assert site_of(told(an_event("DISC", 1, place="PAMIT"))[1]) == "PAMIT"
    planned = Stowed("BAPLIE", Equipment(BOX), route=Route(unloading="NLRTM"))
    assert site_of(told(planned)[1]) == "NLRTM"


def test_discharge_elsewhere_is_no_landing():
    assert landed_at(told(ETA, an_event("DISC", 7, place="PAMIT"))[1]) is None
    assert landed_at(told(ETA, an_event("DISC", 7))[1]) == 7


def test_a_house_bill_comes_before_its_master_and_the_first_before_the_later():
    def bill(number, level):
        said = an_announcement(number)
        return Announced(BOX, msgspec.structs.replace(said.consignment, level=level))

    visit = told(bill("M", Level.MASTER), bill("H1", Level.HOUSE), bill("H2", Level.HOUSE))[1]
    assert main_line(visit).consignment == "bl:MSCU:H1"
    assert main_line(told(an_event("DISC", 1))[1]) is None
