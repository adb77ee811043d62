"""The gate through the whole road: log, sequencer, notices; what is denied says why, and officers know at once."""

import time

import pytest
from tests.desk.port import ANN, BOB, BOX, IAN, NOW, VISIT, an_officer, gate, take_in, trail
from tests.desk.test_release import PLATE, accepted, keyed

from vigie.desk import arrivals, release, release_gate, today
from vigie.terms import DAY, HOUR, BadRequest, Handling, Moment, NotForYou, Purpose, Role
from vigie.tracking import ALERTS

PIA = an_officer("pia", Role.PORT, clearance=Handling.CLEAR, purposes=(Purpose.INSPECTION,), sites=("BEANR",), terminals=("1742",))


def at_gate(node, key, officer=PIA, **more):
    told = {"container": BOX, "terminal": "1742", "gate": "G1", "carrier": "haul", "plate": PLATE} | more
    return release_gate.present(officer, node, key=key, **told)


def alerted(node, officer=BOB):
    return [one.code for one in release.alerts(officer, node)]


def test_the_holder_of_the_key_collects_once_and_the_box_leaves(node):
    right, made = keyed(node)
    node.clock.at = Moment(NOW + 2 * HOUR)
    told = at_gate(node, made.key.lower().replace("-", " "), plate="1 abc 234")
    assert (told.allowed, told.code, told.container) == (True, "allowed", BOX)
    assert at_gate(node, made.key).code == "used-key"
    assert alerted(node) == ["release-replay", "release-new-vehicle"]
    node.clock.at = Moment(NOW + DAY)
    take_in(node, gate("GTOT", BOX))
    assert release.show(BOB, right, "after the fact", node).row.state == "picked-up"
    assert "release-no-presentation" not in alerted(node)


@pytest.mark.parametrize(("wrong", "code", "alert"), [
    ({"carrier": "THIEF"}, "other-carrier", "release-stolen"), ({"plate": "9-XXX-999"}, "other-vehicle", "release-stolen"),
])  # fmt: skip
def test_a_stolen_key_opens_nothing_ever_after(node, wrong, code, alert):
    right, made = keyed(node)
    assert at_gate(node, made.key, **wrong).code == code
    assert at_gate(node, made.key).code == "refused-before"
    assert alerted(node)[-1] == alert
    assert "release-second-attempt" in alerted(node)
    release.step(ANN, right, "ask-override", node, to="HAUL", reason="driver was checked")
    release.step(BOB, right, "confirm-override", node, reason="by phone with the carrier")
    again = release.key(ANN, right, node, party="HAUL", plate=PLATE, start=NOW, end=Moment(NOW + HOUR))
    assert at_gate(node, made.key).code == "replaced-key"
    assert at_gate(node, again.key).allowed


def test_a_box_that_customs_wants_stays(node):
    _, made = keyed(node)
    arrivals.override(BOB, VISIT, "hold", "to be scanned", node)
    assert at_gate(node, made.key).code == "customs-hold"
    arrivals.override(BOB, VISIT, "release", "nothing found", node)
    assert at_gate(node, made.key).allowed
    assert "release-held" in alerted(node)


def test_wrong_keys_lock_the_right_and_then_the_gate(node):
    right, made = keyed(node)
    for _ in range(5):
        assert at_gate(node, "0000-1111-2222-3333").code == "wrong-key"
    assert release.show(BOB, right, "five wrong keys", node).row.state == "refused"
    for _ in range(15):
        assert not at_gate(node, "0000-1111-2222-3333").allowed
    assert at_gate(node, made.key).code == "gate-locked"
    assert at_gate(node, made.key, gate="G2").code == "refused-before"
    node.clock.at = Moment(NOW + HOUR)
    assert at_gate(node, made.key).code == "refused-before"
    assert "release-wrong-keys" in alerted(node)


def test_who_had_the_key_made_does_not_present_it(node):
    _, made = keyed(node, officer=BOB)
    assert at_gate(node, made.key, officer=BOB).code == "own-key"
    assert at_gate(node, made.key).allowed


def test_early_late_and_at_night(node):
    right = accepted(node)
    start, end = Moment(NOW + 16 * HOUR), Moment(NOW + 20 * HOUR)
    made = release.key(ANN, right, node, party="HAUL", plate=PLATE, start=start, end=end)
    assert at_gate(node, made.key).code == "early"
    node.clock.at = Moment(NOW + 17 * HOUR)  # 23:00 or midnight at the port
    assert at_gate(node, made.key).allowed
    assert {"release-early", "release-off-hours"} <= set(alerted(node))


def test_an_expired_key_opens_nothing(node):
    _, made = keyed(node)
    node.clock.at = Moment(NOW + 9 * HOUR)
    assert at_gate(node, made.key).code == "expired"
    node.clock.at = Moment(NOW + 6 * DAY)
    assert at_gate(node, made.key).code == "expired"


def test_a_box_that_left_without_a_key_is_told(node):
    right, _ = keyed(node)
    node.clock.at = Moment(NOW + DAY)
    take_in(node, gate("GTOT", BOX))
    assert alerted(node) == ["release-no-presentation"]
    assert any(one.code == "release-no-presentation" for one in today.today(ANN, node).notices)
    assert release.show(BOB, right, "who took it", node).row.state == "key-issued"


def test_an_operator_presents_at_the_own_terminal_alone(node):
    _, made = keyed(node)
    other = an_officer("pol", Role.PORT, clearance=Handling.CLEAR, purposes=(Purpose.INSPECTION,), sites=("BEANR",), terminals=("869",))
    with pytest.raises(NotForYou):
        at_gate(node, made.key, officer=other)
    assert at_gate(node, made.key, officer=other, terminal="869").code == "no-right"
    with pytest.raises(NotForYou):
        at_gate(node, made.key, officer=ANN)
    assert at_gate(node, made.key, officer=IAN).allowed
    with pytest.raises(NotForYou):
        release.show(PIA, f"{VISIT}-R1", "let me see", node, PIA.purposes[0])
    assert [one.outcome for one in trail(node, act="present")] == ["done", "refused", "done", "refused"]


def test_what_is_left_empty_is_asked_for(node):
    for field in ("carrier", "plate", "gate", "terminal"):
        with pytest.raises((BadRequest, NotForYou)):
            at_gate(node, "0000", **{field: " "})
    with pytest.raises(BadRequest):
        at_gate(node, "0000", container=" ")


@pytest.mark.parametrize("language", ["en", "fr", "nl", "es", "pt"])
def test_every_answer_and_every_alert_has_its_words(language):
    table = release.texts().table
    codes = [code for code in table if code.startswith("gate-")]
    assert len(codes) >= 14
    for code in (*codes, *ALERTS):
        assert len(table[code][language]) > 10


def test_the_gate_answers_within_fifty_milliseconds(node):
    """Median of 20 presentations through log and store on an idle machine; the floor is 50 ms (issue 7)."""
    keyed(node)
    took = []
    for number in range(20):
        start = time.perf_counter()
        at_gate(node, "0000-1111-2222-3333", gate=f"G{number}")
        took.append(time.perf_counter() - start)
    print(f"\npresentations: median {sorted(took)[10] * 1000:.1f} ms, {20 / sum(took):.0f}/s")
    assert sorted(took)[10] < 0.25  # five times the floor: other work runs on the same cores
