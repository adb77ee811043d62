import msgspec
import pytest
from tests.tracking.builders import an_announcement, an_event, told

from vigie.arrivals import Equipment, Seal
from vigie.terms import DAY, HOUR, Moment
from vigie.tracking import seals_of

T = 1_700_000_000_000_000


def sealed(code, at, number, **rest):
    return an_event(code, at, seals=(Seal(number, "CA"),), **rest)


def announced(number, filed_at=T - DAY):
    told = an_announcement(filed_at=Moment(filed_at))
    return msgspec.structs.replace(told, equipment=Equipment("CSQU3054383", seals=(Seal(number, "SH"),)))


def changes(*said):
    return [(one.numbers[0], one.change) for one in seals_of(told(*said, start=T)[1])]


def test_every_observation_stands_in_the_order_of_time():
    assert changes(sealed("DISC", T + DAY, "A1"), announced("A1"), sealed("LOAD", T, "A1")) == [
        ("A1", ""), ("A1", ""), ("A1", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("between", "wanted"),
    [
        ((), "unexplained"),
        ((an_event("INSP", T + HOUR),), "explained"),
        ((an_event("RMVD", T + HOUR),), "explained"),
        ((an_event("INSP", T - HOUR),), "unexplained"),
        ((an_event("GTIN", T + HOUR),), "unexplained"),
    ],
    ids=["nobody", "inspected", "removed", "inspected-before", "a-gate"],
)
def test_a_change_is_explained_by_who_opened_the_box(between, wanted):
    said = [sealed("LOAD", T, "A1"), *between, sealed("DISC", T + DAY, "B2")]
    assert changes(*said) == [("A1", ""), ("B2", wanted)]


def test_a_reseal_explains_itself_and_what_was_taken_back_is_left_out():
    first = sealed("LOAD", T, "A1")
    assert changes(first, sealed("RSEA", T + HOUR, "B2"), sealed("DISC", T + DAY, "B2")) == [
        ("A1", ""), ("B2", "explained"), ("B2", ""),
    ]  # fmt: skip
    wrong = sealed("DISC", T + DAY, "C3", event_id="w")
    assert changes(first, wrong, an_event("DISC", T, event_id="r", retracts="w")) == [("A1", "")]


def test_one_seal_in_common_is_no_change():
    both = an_event("DISC", T + DAY, seals=(Seal("A1"), Seal("B2")))
    assert [change for _, change in changes(sealed("LOAD", T, "A1"), both)] == ["", ""]
