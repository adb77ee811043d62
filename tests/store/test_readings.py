import pytest
from tests.scanning.xray.test_reading import ANN, BOB, HOLD, NOW, SECOND, a_reading

from vigie.terms import MINUTE, BadRequest, Moment


def test_readings_come_back_in_their_order_and_only_once(store):
    second = a_reading(HOLD, BOB, SECOND)
    first, other = a_reading(drawn=True), a_reading(scan="s2")
    for hlc, (unit, one) in enumerate(zip(store.units(3), (first, other, second), strict=True), 1):
        store.readings.add(Moment(hlc), unit, one)
    assert store.readings.of(["s1", "s9"]) == {"s1": [first, second]}
    assert store.readings.all() == {"s1": [first, second], "s2": [other]}
    assert store.readings.of([]) == {}
    assert store.readings.done(["s1", "s2", "s9"]) == {"s2"}  # the two of s1 differ
    with pytest.raises(BadRequest):
        store.readings.add(Moment(9), store.units(1)[0], a_reading(reader=BOB))


def test_what_was_seen_lies_sealed_and_goes_with_its_act(store):
    (unit,) = store.units(1)
    store.readings.add(Moment(1), unit, a_reading(HOLD, note="bags behind the doors"))
    assert b"behind" not in b"".join(bytes(row[0]) for row in store.db.rows("SELECT body FROM reading"))
    store.erase([unit])
    assert store.readings.all() == {}


def test_a_scan_is_read_by_one_at_a_time(store):
    claim = store.readings.claim("s1", ANN, NOW, Moment(NOW + MINUTE))
    assert (claim.officer, claim.began) == (ANN, NOW)
    assert store.readings.claim("s1", BOB, NOW, Moment(NOW + MINUTE)).officer == ANN
    again = store.readings.claim("s1", ANN, Moment(NOW + 5), Moment(NOW + 2 * MINUTE))
    assert (again.began, again.until) == (NOW, NOW + 2 * MINUTE)
    assert not store.readings.release("s1", BOB)
    late = Moment(NOW + 3 * MINUTE)
    assert store.readings.claims(["s1"], late) == {}
    assert store.readings.claim("s1", BOB, late, Moment(late + MINUTE)).officer == BOB
    assert store.readings.claims(["s1", "s2"], late)["s1"].began == late
    assert store.readings.release("s1", BOB)
    store.readings.claim("s1", BOB, late, Moment(late + MINUTE))
    store.readings.add(Moment(1), store.units(1)[0], a_reading())
    assert store.readings.claims(["s1"], late) == {}


def test_an_answer_is_given_once_and_judged_by_who_gave_it(store):
    assert store.readings.answer(ANN, "q1", 0, NOW, b'{"said":true}')
    assert not store.readings.answer(ANN, "q1", 0, NOW, b'{"said":false}')
    assert store.readings.judge(ANN, "q1", 0, False)
    assert not store.readings.judge(BOB, "q1", 0, True)
    (kept,) = store.readings.answers(ANN)
    assert (kept.body, kept.looked_real) == (b'{"said":true}', False)
    assert store.readings.answers(BOB) == []
