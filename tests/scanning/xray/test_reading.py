import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.scanning import (
    Awaits,
    Reading,
    ReadingOrder,
    Region,
    RoomRules,
    Sighting,
    Verdict,
    check_reading,
    claimed_until,
    due_at,
    is_drawn,
    may_read,
    read_rules,
    shows_machine,
    shows_readings,
    standing,
)
from vigie.terms import HOUR, MINUTE, BadRequest, Moment, OfficerId

ANN, BOB, CAT, DAN = (OfficerId(name) for name in ("ann", "bob", "cat", "dan"))
FIRST, SECOND, ARBITER = ReadingOrder
NOTHING, HOLD, ASKS = Verdict
BAGS = Region(10, 10, 20, 20, Sighting.BAGS)
NOW = Moment(1_700_000_000_000_000)


def a_reading(verdict=NOTHING, reader=ANN, order=FIRST, **more):
    regions = more.pop("regions", (BAGS,) if verdict is HOLD else ())
    told = {"scan": "s1", "at": NOW, "seconds": 12} | more
    return Reading(reader=reader, order=order, verdict=verdict, regions=regions, **told)


@pytest.mark.parametrize(
    ("said", "drawn", "awaits", "verdict", "agreed"),
    [
        ((), False, Awaits.FIRST, None, None),
        ((NOTHING,), False, Awaits.NOTHING, NOTHING, None),
        ((HOLD,), False, Awaits.NOTHING, HOLD, None),
        ((ASKS,), False, Awaits.SECOND, None, None),
        ((NOTHING,), True, Awaits.SECOND, NOTHING, None),
        ((HOLD,), True, Awaits.SECOND, HOLD, None),
        ((ASKS, HOLD), False, Awaits.NOTHING, HOLD, None),
        ((ASKS, NOTHING), True, Awaits.NOTHING, NOTHING, None),
        ((NOTHING, NOTHING), True, Awaits.NOTHING, NOTHING, True),
        ((NOTHING, HOLD), True, Awaits.ARBITER, HOLD, False),
        ((HOLD, NOTHING), True, Awaits.ARBITER, HOLD, False),
        ((HOLD, NOTHING, NOTHING), True, Awaits.NOTHING, NOTHING, False),
        ((NOTHING, HOLD, HOLD), True, Awaits.NOTHING, HOLD, False),
    ],
)
def test_who_is_next_and_what_was_decided(said, drawn, awaits, verdict, agreed):
    given_ = [a_reading(one, reader, order, drawn=drawn and order is FIRST) for one, reader, order in zip(said, (ANN, BOB, CAT), ReadingOrder, strict=False)]
    case = standing(given_)
    assert (case.awaits, case.verdict, case.agreed) == (awaits, verdict, agreed)


@given(st.sampled_from(Verdict), st.lists(st.sampled_from((NOTHING, HOLD)), max_size=2), st.booleans())
def test_a_scan_somebody_held_is_never_let_go_by_fewer_readers_than_held_it(first, later, drawn):
    said = (first, *later)
    orders = [a_reading(one, OfficerId(f"o{n}"), order, drawn=drawn and not n) for n, (one, order) in enumerate(zip(said, ReadingOrder, strict=False))]
    case = standing(orders)
    holds, nothings = (sum(one.verdict is verdict for one in orders) for verdict in (HOLD, NOTHING))
    if case.verdict is NOTHING and holds:
        assert nothings > holds or first is ASKS


def test_the_draw_is_told_by_the_name_alone_and_has_its_share():
    rules = RoomRules(second_ppm=50_000)
    drawn = [is_drawn(f"scan-{n}", rules) for n in range(20_000)]
    assert 800 < sum(drawn) < 1200  # 1,000 expected, six standard deviations either way
    assert [is_drawn(f"scan-{n}", rules) for n in range(100)] == drawn[:100]
    assert not any(is_drawn(f"scan-{n}", RoomRules(second_ppm=0)) for n in range(100))


@pytest.mark.parametrize(
    ("wrong", "before", "reason"),
    [
        (a_reading(order=SECOND, reader=BOB), (), "the-scan-does-not-wait-for-this-reading"),
        (a_reading(reader=BOB), (a_reading(),), "the-scan-does-not-wait-for-this-reading"),
        (a_reading(order=SECOND), (a_reading(ASKS),), "a-second-reader-is-another-person"),
        (a_reading(ASKS, BOB, SECOND), (a_reading(ASKS),), "only-the-first-reader-asks-for-a-second"),
        (a_reading(HOLD, regions=()), (), "a-hold-needs-a-region"),
        (a_reading(HOLD, regions=(Region(90, 0, 20, 5, Sighting.BAGS),)), (), "a-region-lies-outside-the-picture"),
        (a_reading(HOLD, regions=(Region(9, 0, 0, 5, Sighting.BAGS),)), (), "a-region-lies-outside-the-picture"),
        (a_reading(HOLD, regions=(Region(-1, 0, 5, 5, Sighting.BAGS),)), (), "a-region-lies-outside-the-picture"),
        (a_reading(HOLD, regions=(Region(0, 0, 5, 5, Sighting.OTHER),)), (), "another-reason-needs-words"),
        (a_reading(HOLD, regions=(BAGS,) * 21), (), "a-reading-like-this-cannot-be"),
        (a_reading(seconds=-1), (), "a-reading-like-this-cannot-be"),
        (a_reading(note="x" * 1001), (), "a-note-is-too-long"),
    ],
)
def test_a_reading_that_cannot_stand_is_refused(wrong, before, reason):
    with pytest.raises(BadRequest) as told:
        check_reading(wrong, before, 100, 60)
    assert told.value.facts["reason"] == reason


def test_a_reading_that_can_stand_is_taken():
    check_reading(a_reading(HOLD, regions=(Region(80, 40, 20, 20, Sighting.BRICKS),)), (), 100, 60)
    check_reading(a_reading(NOTHING, BOB, SECOND), (a_reading(ASKS),), 100, 60)


def test_both_readers_are_blind_and_the_arbiter_is_not():
    rules, before = RoomRules(), (a_reading(ASKS),)
    assert may_read(BOB, before) is SECOND
    assert not shows_machine(BOB, (), rules)
    assert not shows_machine(BOB, before, rules)
    assert not shows_readings(BOB, before)
    assert not shows_readings(ANN, before)  # or she could tell the second reader
    assert shows_machine(ANN, before, rules)
    differ = (a_reading(NOTHING, drawn=True), a_reading(HOLD, BOB, SECOND))
    assert may_read(CAT, differ) is ARBITER
    assert shows_machine(CAT, differ, rules)
    assert shows_readings(CAT, differ)
    assert not shows_readings(ANN, differ)
    done = (*differ, a_reading(HOLD, CAT, ARBITER))
    assert may_read(DAN, done) is None
    assert shows_machine(DAN, done, rules)
    assert shows_readings(ANN, done)
    assert shows_machine(BOB, (), RoomRules(machine_first=True))


def test_a_scan_is_due_an_hour_after_it_came_or_when_its_box_may_leave():
    rules = RoomRules()
    assert due_at(NOW, None, rules) == NOW + HOUR
    assert due_at(NOW, Moment(NOW + 10 * MINUTE), rules) == NOW + 10 * MINUTE
    assert due_at(NOW, Moment(NOW - MINUTE), rules) == NOW + HOUR
    assert claimed_until(NOW, rules) == NOW + 15 * MINUTE


def test_rules_of_a_site_are_read_or_refused():
    assert read_rules(None) == RoomRules()
    assert read_rules(b'{"machine_first":true,"second_ppm":0}') == RoomRules(machine_first=True, second_ppm=0)
    for wrong in (b"{", b'{"shown":1}', b'{"second_ppm":1000001}', b'{"claim_minutes":0}', b'{"due_minutes":0}'):
        with pytest.raises(BadRequest):
            read_rules(wrong)
