"""A release act judges its box again by what the gate answered; what is noted is replayed from the log to the byte."""

from tests.desk.port import ANN, BOB, BOX, EVE, NOW, VISIT, a_consignment, a_node, manifest, numbers, take_in, told
from tests.desk.test_ports import HEAD, look
from tests.desk.test_release import a_right, accepted, keyed
from tests.desk.test_release_gate import at_gate

from vigie.desk import arrivals, inspections, ports, rederiving, release, release_taking
from vigie.desk.views import ArrivalsQuery
from vigie.terms import DAY, HOUR, EntryKind, Handling, Moment, write_moment


def score(node):
    (row,) = arrivals.page(BOB, ArrivalsQuery(), node).rows
    return row.score_milli


def fired(node):
    (made, *_) = node.store.assessments.of(VISIT)
    return {name for name in ("T4R", "I1", "I1R", "I2", "I3", "I4", "I4N", "I6") if f'"{name}"'.encode() in made.body}


def equal(node):
    """How many decisions, made again, are what they were."""
    found = rederiving.sample(EVE, 100, node)
    assert (found.different, found.not_kept) == (0, 0), found.faults
    return found.equal


def test_a_refused_presentation_fires_and_raises_the_score_that_lists_show(node):
    _, made = keyed(node)
    before = score(node)
    assert fired(node) == set()
    assert at_gate(node, made.key, carrier="THIEF").code == "other-carrier"
    assert fired(node) == {"T4R"}
    assert score(node) > before
    reasons = {one.indicator: one.text for one in told(node).explanation.reasons}
    assert "1" in reasons["T4R"]
    assert "THIEF" not in repr(told(node))
    assert equal(node) >= 6


def test_a_slip_of_the_keyboard_fires_nothing_and_three_do(node):
    keyed(node)
    for expected in (set(), set(), {"T4R"}):
        assert at_gate(node, "0000-1111-2222-3333").code == "wrong-key"
        assert fired(node) == expected


def test_every_step_is_noted_once_and_nothing_new_is_not_noted_again(node):
    right = a_right(node).id
    notes = [one for one in node.store.log.of(VISIT) if one.kind is EntryKind.MARK]
    assert len(notes) == 1
    release.step(ANN, right, "transfer", node, party="line", to="HAUL", role="carrier")
    visit = node.store.visits.get([VISIT])[VISIT].visit
    assert (visit.release.mark.hands, visit.release.mark.terminal) == (1, "1742")
    take_in(node, manifest())
    assert len([one for one in node.store.log.of(VISIT) if one.kind is EntryKind.MARK]) == 2
    release.step(BOB, right, "accept", node, party="haul")
    made = release.key(ANN, right, node, party="HAUL", plate="1-ABC-234", start=NOW, end=Moment(NOW + HOUR))
    assert made.carrier == "HAUL"  # a key made is a step that says nothing of the box
    assert len([one for one in node.store.log.of(VISIT) if one.kind is EntryKind.MARK]) == 3


def test_a_right_revoked_and_issued_again_fires(node):
    right = accepted(node)
    release.step(ANN, right, "revoke", node, reason="the line asked")
    assert "I1R" not in fired(node)
    a_right(node)
    assert "I1R" in fired(node)
    assert equal(node) >= 6


def test_the_steps_of_another_system_are_noted_too(node):
    take_in(node, manifest())
    rows = "verb,container,terminal,party,to,role,end\n" + "".join(
        f"{verb},{BOX},1742,{party},{to},{role},2026-03-07T00:00:00Z\n" for verb, party, to, role in (
            ("issue", "", "LINE", "shipping-line"), ("transfer", "LINE", "A", "forwarder"), ("accept", "A", "", ""),
            ("transfer", "A", "B", "forwarder"), ("accept", "B", "", ""), ("transfer", "B", "C", "forwarder"),
            ("accept", "C", "", ""), ("transfer", "C", "D", "forwarder"), ("accept", "D", "", ""),
            ("transfer", "D", "E", "carrier")))  # fmt: skip
    taken, _ = release_taking.import_csv(ANN, rows, node)
    assert taken.taken == 10
    assert "I1" in fired(node)


def test_no_entry_names_a_party_or_a_vehicle(node):
    _, made = keyed(node)
    assert at_gate(node, made.key).allowed
    marks = [one.body.decode() for one in node.store.log.of(VISIT) if one.kind is EntryKind.MARK]
    assert marks
    assert not any(word in body for body in marks for word in ("HAUL", "LINE", "1-ABC", "1ABC"))
    visit = node.store.visits.get([VISIT])[VISIT].visit
    assert visit.release.mark.vehicle


def test_what_access_logs_say_judges_the_box_again(node):
    take_in(node, manifest())
    before = score(node)
    rows = [look(name, BOX, NOW - 30 * HOUR, role="none") for name in ("M", "N")]
    rows.append(look("Driver", BOX, NOW - 28 * HOUR, act="pick-up", role="haulier", party="other"))
    ports.take_in(EVE, HEAD + "\n".join(rows), node)
    ports.insiders(EVE, node)
    assert fired(node) == {"I2", "I3"}
    assert score(node) > before
    assert equal(node) == 2
    assert ports.bring_up(node) == 0


def test_who_is_often_at_positive_boxes_marks_the_next_one(node):
    """From access log and outcomes to score: exact case-control, a mark that names nobody, I6, and the same again."""
    boxes = [number for number in numbers(40) if number != BOX]
    take_in(node, manifest(*(a_consignment(f"B{place}", box) for place, box in enumerate([*boxes, BOX]))))
    before = {row.container: row.score_milli for row in arrivals.page(BOB, ArrivalsQuery(limit=50), node).rows}
    found = boxes[:8]
    rows = [look(f"Planner {n}", boxes[(7 * n + 5 * k) % len(boxes)], NOW - 20 * DAY + n * HOUR) for n in range(20) for k in range(8)]
    rows += [look("Mallory", box, NOW - 20 * DAY) for box in (*found, boxes[20], boxes[30])]
    rows.append(look("Mallory", BOX, NOW - 2 * DAY))
    ports.take_in(EVE, HEAD + "\n".join(rows), node)
    outcomes = "".join(
        f"{box},{write_moment(Moment(NOW - 5 * DAY))},{'cocaine' if box in found else 'nothing'},inspection-team,doors-opened\n"
        for box in boxes
    )
    inspections.record_csv(BOB, "container,at,found,detector,depth\n" + outcomes, node)
    assert "I6" not in fired(node)
    ports.insiders(EVE, node)
    assert "I6" in fired(node)
    assert node.store.visits.get([VISIT])[VISIT].visit.access.mark.touched_by_uplifted is True
    after = {row.container: row.score_milli for row in arrivals.page(BOB, ArrivalsQuery(limit=50), node).rows}
    assert after[BOX] > before[BOX]
    (bystander, *_) = node.store.assessments.of(f"{boxes[36]}-1")
    assert b'"I6"' not in bystander.body
    assert "Mallory" not in repr(told(node))
    assert equal(node) > 40


def test_who_may_not_know_the_rule_reads_no_reason_of_it(node):
    _, made = keyed(node)
    at_gate(node, made.key, carrier="THIEF")
    assert ANN.clearance is Handling.AMBER
    assert "T4R" not in {one.indicator for one in told(node, ANN).explanation.reasons}
    assert told(node, ANN).visit.release is None
    assert told(node, BOB).visit.release is None


def test_a_note_waits_for_nobody_after_a_restart(tmp_path):
    with a_node(tmp_path) as node:
        _, made = keyed(node)
        at_gate(node, made.key, carrier="THIEF")
    with a_node(tmp_path, at=Moment(NOW + DAY)) as node:
        assert fired(node) == {"T4R"}
        assert node.store.inbox.waiting() == 0


def test_a_box_without_rights_has_no_note(node):
    take_in(node, manifest())
    assert not [one for one in node.store.log.of(VISIT) if one.kind is EntryKind.MARK]
    assert node.store.visits.get([VISIT])[VISIT].visit.release is None
