import msgspec
import pytest
from tests.tracking.builders import an_announcement, an_event

from vigie.arrivals import Call, Equipment, Measurement, Quantity, Route, Seal, Stowed
from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import DIFFERENCES, Ship, apply, reconcile

T = 1_700_000_000_000_000
CALL = Call(imo="9074729", name="EVER FICTIVE", voyage="001E")
SHIP = Ship("9074729", "001E", "BEANR")
BOXES = ("CSQU3054383", "CSQU3054399", "MSCU1234566")


def stowed(number, stow="0120482", at=T, **equipment):
    unit = Equipment(number, **{"size_type": "45R1", "stow": stow} | equipment)
    return Stowed("BAPLIE", unit, CALL, Route(loading="ECGYE", unloading="BEANR"), Moment(at))


def manifested(number, **equipment):
    told = an_announcement(f"B{number}", call=CALL)
    return msgspec.structs.replace(told, container=number, equipment=Equipment(number, **{"size_type": "45R1"} | equipment))


def landed(number, **rest):
    return msgspec.structs.replace(an_event("DISC", T + DAY, call=CALL, **rest), container=number)


def visit_of(number, *said):
    visit = None
    for place, one in enumerate(said):
        visit = apply(visit, Moment(T + place), one, number)
    return visit


def differences(*said, beside=(), now=T + 3 * DAY):
    number = BOXES[0]
    others = [visit_of(one, stowed(one), manifested(one), landed(one)) for one in BOXES[2:]]
    told = reconcile([visit_of(number, *said), *others, *beside], SHIP, Moment(now))
    return next(row.differences for row in told.rows if row.container == number)


BOX = BOXES[0]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ((stowed(BOX), manifested(BOX), landed(BOX)), ()),
        ((stowed(BOX), landed(BOX)), ("not-in-manifest",)),
        ((manifested(BOX), landed(BOX)), ("not-in-plan",)),
        ((landed(BOX),), ("over-landed",)),
        ((stowed(BOX), manifested(BOX)), ("short-landed",)),
        ((stowed(BOX), stowed(BOX, "0200682", T + HOUR), manifested(BOX), landed(BOX)), ("restowed",)),
        ((stowed(BOX), manifested(BOX, gross_g=20_000_000), landed(BOX, gross_g=23_000_000)), ("weight",)),
        ((stowed(BOX), manifested(BOX, gross_g=20_000_000), landed(BOX, gross_g=20_900_000)), ()),
        ((stowed(BOX), manifested(BOX, seals=(Seal("A"),)), landed(BOX, seals=(Seal("B"),))), ("seal",)),
        ((stowed(BOX, empty=True), manifested(BOX, empty=False), landed(BOX)), ("empty-full",)),
        ((stowed(BOX), manifested(BOX, size_type="22G1"), landed(BOX)), ("size-type",)),
    ],
    ids=["agrees", "no-manifest", "no-plan", "over", "short", "restowed", "weight", "a-little", "seal", "empty", "type"],
)
def test_each_difference_and_nothing_else(said, wanted):
    assert differences(*said) == wanted
    assert set(wanted) <= set(DIFFERENCES)


def test_verified_mass_counts_and_evidence_is_named():
    vgm = Measurement(BOX, Quantity.VGM, 27_000_000, "SM1", Moment(T))
    visit = visit_of(BOX, stowed(BOX), manifested(BOX, gross_g=20_000_000), vgm, landed(BOX))
    (row,) = reconcile([visit], SHIP, Moment(T + 3 * DAY)).rows
    assert (row.differences, row.vgm_g, row.entries) == (("weight",), 27_000_000, (T, T + 1, T + 3))


def test_nobody_is_short_landed_before_the_ship_is_done():
    beside = (visit_of(BOXES[1], landed(BOXES[1])),)
    assert differences(stowed(BOX), manifested(BOX), beside=beside, now=T + DAY + HOUR) == ()


def test_a_missing_scan_flag_counts_where_it_is_usual():
    flagged = [visit_of(one, stowed(one, remarks=("SCAN OK:X",))) for one in BOXES[1:]]
    rows = reconcile([visit_of(BOX, stowed(BOX)), *flagged], SHIP, Moment(T)).rows
    assert {row.container for row in rows if "no-scan-flag" in row.differences} == {BOX}
    rows = reconcile([visit_of(BOX, stowed(BOX)), visit_of(BOXES[1], stowed(BOXES[1]))], SHIP, Moment(T)).rows
    assert not any("no-scan-flag" in row.differences for row in rows)


def test_a_misread_number_is_suggested_and_not_merged():
    wrong = "CSQU3054388"
    told = reconcile(
        [visit_of(BOX, stowed(BOX), manifested(BOX)), visit_of(wrong, landed(wrong))], SHIP, Moment(T + 3 * DAY)
    )
    assert {row.container: row.suggested for row in told.rows} == {BOX: wrong, wrong: BOX}
    assert told.counts == {"over-landed": 1, "short-landed": 1}


def test_other_ships_and_ports_are_left_out():
    other = visit_of(BOX, landed(BOX))
    assert reconcile([other], Ship("9811000", "", "BEANR"), Moment(T)).rows == ()
    assert reconcile([other], Ship("9074729", "002W", "BEANR"), Moment(T)).rows == ()
    assert reconcile([other], Ship("9074729", "", "NLRTM"), Moment(T)).rows == ()
    assert len(reconcile([other], Ship("EVER FICTIVE", "", "BEANR"), Moment(T)).rows) == 1
