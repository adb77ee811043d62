import msgspec
import pytest
from tests.tracking.builders import BOX, an_announcement, an_event, told

from vigie.arrivals import Equipment, Measurement, Quantity
from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import conditions_of
from vigie.tracking.conditions import heaviest_empty

T = 1_700_000_000_000_000


def described(number="A", filed_at=T, **equipment):
    told = an_announcement(number, filed_at=Moment(filed_at))
    return msgspec.structs.replace(told, equipment=Equipment(BOX, **{"size_type": "45R1"} | equipment))


def measured(quantity, value, at=T):
    return Measurement(BOX, quantity, value, "IOT", Moment(at), place="BEANR")


def codes(*said):
    return [(one.code, one.value, one.odd) for one in conditions_of(told(*said, start=T)[1])]


def test_another_set_point_is_told_with_the_one_before():
    assert codes(described(setpoint_dc=136), described("B", T + HOUR, setpoint_dc=-180)) == [
        ("set-point", 136, False), ("set-point-changed", -180, True),
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "odd"), [(136, False), (166, False), (167, True), (100, True)])
def test_a_temperature_is_measured_against_the_set_point(value, odd):
    code = "temperature-off" if odd else "temperature"
    assert codes(described(setpoint_dc=136), measured(Quantity.TEMPERATURE, value, T + HOUR))[1] == (code, value, odd)


def test_power_and_doors():
    off = an_event("DETC", T, remarks=("POWER OFF",))
    on = an_event("DETC", T + HOUR, remarks=("POWER ON",))
    other = an_event("DETC", T + 2 * HOUR, remarks=("SHOCK",))
    doors = an_event("DRO", T + 3 * HOUR), an_event("DRC", T + 4 * HOUR), measured(Quantity.DOOR, 1, T + 5 * HOUR)
    assert [code for code, _, _ in codes(off, on, other, *doors)] == [
        "power-off", "power-on", "door-open", "door-closed", "door-open",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("plate", "gross", "heavy"),
    [(4_600_000, 5_100_000, False), (4_600_000, 5_100_001, True), (None, 5_800_000, False), (None, 5_800_001, True)],
)
def test_an_empty_box_that_weighs_too_much(plate, gross, heavy):
    gate = an_event("GTIN", T, empty=True, gross_g=gross, size_type="45R1")
    said = [described(empty=True, tare_g=plate), gate]
    assert (("empty-heavy", gross, True) in codes(*said)) is heavy
    full = msgspec.structs.replace(gate, empty=False)
    assert codes(described(tare_g=plate), full) == []


def test_without_size_or_tare_nothing_is_said_of_weight():
    visit = told(an_event("GTIN", T, empty=True, gross_g=30_000_000), start=T)[1]
    assert heaviest_empty(visit) is None
    assert conditions_of(visit) == ()


def test_an_empty_box_that_wanders():
    def gates(step):
        return [an_event("GTIN", T + n * step, empty=True, facility=f"D{n}") for n in range(3)]

    assert ("empty-wanders", 3, True) in codes(*gates(DAY))
    assert codes(*gates(20 * DAY)) == []
