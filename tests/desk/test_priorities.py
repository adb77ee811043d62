from datetime import date

import pytest
from tests.desk.port import ANN, BOB, EVE, IAN, trail
from tests.ports.test_priorities import RAISE

from vigie.desk import priorities
from vigie.terms import BadRequest, EntryKind, NotForYou, NotFound, Purpose

LATE = RAISE | {"due": "2026-03-01", "measure": "Count inspections of small ports"}
OVERSIGHT = Purpose.OVERSIGHT


def test_a_finding_becomes_a_priority_and_its_follow_up_is_told(node):
    made = priorities.propose(BOB, RAISE, node)
    assert (made.id, made.state, made.overdue) == ("P2026-001", "open", False)
    priorities.step(BOB, made.id, "follow", "two scanners ordered", node)
    after = priorities.step(BOB, made.id, "finish", "both in use", node)
    assert (after.state, after.verbs) == ("done", ("reopen",))
    shown = priorities.show(BOB, "p2026-001", node)
    assert [(one.verb, one.note) for one in shown.steps] == [
        ("raise", ""), ("follow", "two scanners ordered"), ("finish", "both in use"),
    ]  # fmt: skip
    assert [one.kind for one in node.store.log.after(0, 100)] == [EntryKind.PRIORITY] * 3
    told = [(one.act, one.facts.get("verb")) for one in trail(node) if one.act == "change-priorities"]
    assert told == [("change-priorities", "finish"), ("change-priorities", "follow"), ("change-priorities", "raise")]


def test_the_overdue_stand_first_and_can_be_asked_for(node):
    priorities.propose(BOB, RAISE, node)
    late = priorities.propose(BOB, LATE, node)
    assert [(one.id, one.overdue) for one in priorities.page(BOB, node)] == [(late.id, True), ("P2026-001", False)]
    assert [one.id for one in priorities.page(BOB, node, "overdue")] == [late.id]
    assert priorities.page(BOB, node, "done") == ()
    with pytest.raises(BadRequest):
        priorities.page(BOB, node, "forgotten")


def test_who_may_see_them_may_not_change_them(node):
    made = priorities.propose(EVE, RAISE, node, OVERSIGHT)
    assert priorities.show(ANN, made.id, node, Purpose.TARGETING).id == made.id
    for officer in (ANN, IAN):
        with pytest.raises(NotForYou):
            priorities.propose(officer, RAISE, node, officer.purposes[0])
    with pytest.raises(NotForYou):
        priorities.page(ANN, node, Purpose.STATISTICS)


def test_what_has_no_meaning_is_refused_and_nothing_is_written(node):
    with pytest.raises(BadRequest):
        priorities.propose(BOB, RAISE | {"owner": ""}, node)
    with pytest.raises(NotFound):
        priorities.step(BOB, "P2026-009", "follow", "so it was", node)
    made = priorities.propose(BOB, RAISE, node)
    with pytest.raises(BadRequest):
        priorities.step(BOB, made.id, "raise", "so it was", node)
    with pytest.raises(BadRequest):
        priorities.step(BOB, made.id, "reopen", "so it was", node)
    assert len(priorities.show(BOB, made.id, node).steps) == 1


def test_the_report_holds_them_all_as_of_its_day(node):
    with pytest.raises(NotFound):
        priorities.report(BOB, node)
    priorities.propose(BOB, RAISE, node)
    document = priorities.report(BOB, node, date(2026, 7, 1), "nl", "Seminarie Gent")
    assert (document.title, document.day, document.language) == ("Seminarie Gent", "2026-07-01", "nl")
    assert "over datum: 1" in document.blocks[0].parts[0].text
