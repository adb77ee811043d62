import msgspec
import pytest
from tests.desk.port import NOW, VISIT

from vigie.desk.acts import (
    KINDS,
    Acknowledged,
    Act,
    Again,
    Claiming,
    Drafted,
    ErasureAsked,
    ErasureDecided,
    Marked,
    Merging,
    NameAsked,
    NameDecided,
    Ordered,
    Override,
    Planned,
    Presenting,
    Prioritised,
    ReadingTaken,
    ReleaseSaid,
    Releasing,
    Report,
    ScanAssigned,
    ScannerChanged,
    ScanTaken,
    SeizureTable,
    SeizureTaken,
    Stepped,
    Watching,
    act_of,
    item_of,
    visits_of,
)
from vigie.ports import PriorityStep, PriorityVerb
from vigie.registry import Claim, Scope, SeizureStep, Verb
from vigie.risk import RuleKind, RuleStep, RuleVersion, State
from vigie.scanning import (
    Drift,
    Reading,
    ReadingOrder,
    ReportDecision,
    ReportType,
    ScanFacts,
    ScanRecord,
    ThreatReport,
    Verdict,
)
from vigie.scanning import Scanner as RegisteredScanner
from vigie.selection import Order, OrderKind, Scanner, Selection, Shift, ShiftPlan, Stratum
from vigie.terms import Depth, Detector, Found, Moment, OfficerId, Outcome, PartyKey, VisitId
from vigie.tracking import Noted, Presentation, ReleaseMark, ReleaseState, ReleaseTold, ReleaseVerb, ReleaseWish

ANN = OfficerId("ann")
SCAN_KEPT = ScanRecord(
    id="X1", form="tiff", files=(), rows=9, columns=9, pixels="0", received=NOW,
    facts=ScanFacts(energies_mev=(6.0, 4.0), air=(9, 9), row_mm=1.0, column_mm=1.0),
)  # fmt: skip
SHIFT = Shift("BEANR", "early", NOW, Moment(NOW + 1), (Scanner("S1", 2),))
PLAN = ShiftPlan(SHIFT, "p", (Selection(VISIT, Stratum.TILTED, 0.25, 3, "S1"),), ((VISIT, -7),), (), (), 2, 0, 0.5)
ACTS = (
    Override(VISIT, "hold", "why", ANN, NOW),
    Report(Outcome(VISIT, NOW, Found.CASH, Detector.DOG, Depth.SCAN, ANN), NOW),
    Planned("BEANR", "2026-03-02", 0, PLAN, ("X-1",), ANN, NOW),
    Ordered((Order("o", OrderKind.HOLD, VISIT, "B", "BEANR", NOW, ANN),), "", ANN, NOW),
    Acknowledged("o", VISIT, "gate 7", ANN, NOW),
    Watching("list", "add", (VISIT,), ANN, NOW),
    Again((VISIT,), ANN, NOW),
    Releasing(ReleaseWish("R1", ReleaseVerb.REVOKE, "ann", NOW, reason="why"), VISIT, ANN, NOW),
    Presenting(Presentation("B", "T", "G1", "HAUL", "p", "0" * 64, "ann", NOW, visit=VISIT), ANN, NOW),
    Marked(Noted(VISIT, release=ReleaseMark(1, party=7)), ANN, NOW),
    ScanAssigned("X1", VISIT, VisitId(""), "seen at the gate", ANN, NOW),
    ReleaseSaid(ReleaseTold("portal", "e1", "portal:1", ReleaseState.ISSUED, "B", NOW, visit=VISIT), ANN, NOW),
)
RULE = (RuleKind.INDICATOR, "X1", 1)
ABOUT_NO_BOX = (
    Merging(PartyKey("a"), PartyKey("b"), "one firm", ANN, NOW),
    ErasureAsked("visit", VISIT, "asked", "law", ANN, NOW),
    ErasureDecided(NOW, "confirmed", ANN, NOW, "", (1,), (VISIT,)),
    Drafted(RuleVersion(*RULE, "h", b"\x00body", ANN, NOW, State.DRAFT, "", "why", NOW), ANN, NOW),
    Stepped(RuleStep(*RULE, "submit", State.SUBMITTED, ANN, NOW), State.DRAFT, ANN, NOW),
    SeizureTaken(SeizureStep("S1", Verb.MERGE, ANN, NOW, into="S2", reason="one box"), ANN, NOW),
    NameAsked("u-0123456789abcdef", "twelve boxes at night", ANN, NOW, "n"), NameDecided(1, "opened", "", ANN, NOW),
    Prioritised(PriorityStep(PriorityVerb.FOLLOW, ANN, NOW, "P2026-001", "so it was"), ANN, NOW),
    ScanTaken(SCAN_KEPT, (ThreatReport(type=ReportType.OPERATOR, decision=ReportDecision.ALARM),), Drift(NOW, 1.0), ANN, NOW),
    ScannerChanged(RegisteredScanner(name="MX-1", site="BEANR"), "kept", ANN, NOW),
    ReadingTaken(
        Reading(scan="s1", reader=ANN, order=ReadingOrder.FIRST, verdict=Verdict.NOTHING, at=NOW, seconds=9), ANN, NOW
    ),
    SeizureTable("s.csv", b"a,b", "", (1, 0, 0, 0, 0), (), ANN, NOW),
    Claiming((Claim("Ghent", Scope("ghent"), "2019-01-01", "2019-12-31", "seized", "1.7", "t"),), ANN, NOW),
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: type(act).__name__)
def test_an_act_comes_back_as_it_was_handed_in(act):
    item = item_of(act, ANN, NOW)
    assert act_of(item.body) == act
    assert (item.kind, item.source, len(item.digest)) == ("act", "officer:ann", 64)
    assert VISIT in visits_of(act)


@pytest.mark.parametrize("act", ABOUT_NO_BOX, ids=lambda act: type(act).__name__)
def test_an_act_about_no_box_judges_none_again(act):
    assert act_of(item_of(act, ANN, NOW).body) == act
    assert visits_of(act) == ()


def test_every_act_is_in_the_lists_above():
    assert {type(act) for act in (*ACTS, *ABOUT_NO_BOX)} == set(Act.__args__)
    assert set(KINDS) == set(Act.__args__)


def test_a_plan_is_also_about_the_boxes_it_drops():
    assert visits_of(ACTS[2]) == (VISIT, "X-1")


def test_foreign_bytes_are_no_act():
    with pytest.raises(msgspec.ValidationError):
        act_of(b'{"act": "promotion"}')
