"""A joint seizure is counted once; joined, parted and withdrawn by officers, audited, never beyond their reach."""

import pytest
from tests.desk.port import ADA, ALL, ANN, BOB, BOX, NOW, VISIT, an_officer, manifest, take_in, trail

from vigie.desk import inspections, registry
from vigie.registry import Report, Seized, Substance, summed
from vigie.terms import (
    DAY,
    HOUR,
    BadRequest,
    Concealment,
    Conflict,
    Depth,
    Detector,
    Found,
    Handling,
    Moment,
    NotForYou,
    Outcome,
    Purpose,
    Role,
    read_moment,
)

STA = an_officer("sta", Role.AUDITOR, purposes=(Purpose.STATISTICS,))
GHENT = an_officer("gus", Role.SUPERVISOR, purposes=ALL, sites=("BEGNE",))


def a_report(grams=1_000_000, service="customs", country="BE", at=NOW - DAY, **more):
    return Report(service, country, "officer:ann", Seized(Moment(at), "BEANR", (Substance("cocaine", net_g=grams),), **more))


def counted(node, as_of=None):
    told = summed(node.store.registry.rows(0, NOW + DAY, as_of))
    return told.findings, told.grams


def test_a_joint_seizure_is_counted_once_and_parted_again(node):
    one = registry.record(ANN, a_report(container=BOX), node)
    other = registry.record(ANN, a_report(1_020_000, "police", "NL", NOW - DAY + HOUR, container=BOX), node)
    assert counted(node) == (2, 2_020_000)
    assert [(told.other.id, told.marks) for told in registry.show(ANN, one.line.id, node).maybe] == [
        (other.line.id, ("container", "place", "day", "weight"))]  # fmt: skip
    before = node.store.log.last()
    whole = registry.merge(ANN, other.line.id, one.line.id, "the same box", node)
    assert (counted(node), counted(node, before)) == ((1, 1_000_000), (2, 2_020_000))
    assert whole.line.is_joint
    assert [told.service for told in whole.reports] == ["customs", "police"]
    assert registry.show(ANN, other.line.id, node).into == one.line.id
    again = registry.split(ANN, one.line.id, (whole.reports[1].id,), "two boxes", node)
    assert (again.line.id, counted(node)) == (other.line.id, (2, 2_020_000))
    assert [step.verb for step in again.steps] == ["record", "merge", "split"]
    assert [entry.facts["verb"] for entry in trail(node, act="merge-seizures") if entry.outcome == "done"] == ["split", "merge"]


def test_one_act_makes_a_seizure_of_an_outcome(node):
    take_in(node, manifest())
    with pytest.raises(BadRequest):
        registry.from_outcome(BOB, VISIT, node)
    inspections.record(BOB, Outcome(VISIT, NOW, Found.COCAINE, Detector.SCANNER, Depth.FULL, BOB.id, 1_200_000,
                                    Concealment.DOORS, team=("customs", "police")), node)  # fmt: skip
    made = registry.from_outcome(BOB, VISIT, node)
    assert (made.line.grams, made.line.place, made.line.provenance, made.line.container) == (1_200_000, "BEANR", "EC", BOX)
    assert (made.reports[0].concealment, made.reports[0].detector, made.line.is_closed) == ("behind-doors", "scanner", False)
    assert registry.from_outcome(BOB, VISIT, node).line.id == made.line.id
    assert counted(node) == (1, 1_200_000)
    first = node.store.visits.get([VISIT])[VISIT].visit.controlled[-1].hlc
    inspections.record(BOB, Outcome(VISIT, NOW, Found.COCAINE, Detector.SCANNER, Depth.FULL, BOB.id, 1_150_000,
                                    Concealment.DOORS, replaces=first), node)  # fmt: skip
    assert registry.from_outcome(BOB, VISIT, node).line.id == made.line.id
    assert counted(node) == (1, 1_150_000)


def test_a_final_weight_is_another_account_that_counts(node):
    made = registry.record(ANN, a_report(is_closed=False), node)
    after = registry.record(ANN, a_report(987_000), node, into=made.line.id, leads=True)
    assert (after.line.grams, after.line.is_closed, len(after.reports)) == (987_000, True, 2)
    back = registry.change(ANN, made.line.id, "lead", "scales were wrong", node, after.reports[0].id)
    assert back.line.grams == 1_000_000


def test_what_was_none_is_withdrawn_and_comes_back(node):
    made = registry.record(ANN, a_report(), node)
    registry.change(ANN, made.line.id, "withdraw", "sugar", node)
    assert counted(node) == (0, 0)
    assert [one.id for one in registry.listed(ANN, node, state="withdrawn").rows] == [made.line.id]
    with pytest.raises(Conflict):
        registry.merge(ANN, made.line.id, made.line.id, "why", node)
    registry.change(ANN, made.line.id, "restore", "no sugar", node)
    assert counted(node) == (1, 1_000_000)
    with pytest.raises(BadRequest):
        registry.change(ANN, made.line.id, "withdraw", " ", node)
    with pytest.raises(BadRequest):
        registry.change(ANN, made.line.id, "burn", "why", node)


@pytest.mark.parametrize("wrong", [{"place": "Antwerp"}, {"substances": ()}, {"at": Moment(NOW + DAY)}, {"cover_hs": "x"}])
def test_what_cannot_be_is_refused_with_its_field(node, wrong):
    import msgspec

    report = a_report()
    with pytest.raises(BadRequest) as fault:
        registry.record(ANN, msgspec.structs.replace(report, seized=msgspec.structs.replace(report.seized, **wrong)), node)
    assert fault.value.facts["field"] in {*wrong, "substance"}
    assert counted(node) == (0, 0)


def test_nobody_sees_beyond_the_own_reach_and_refusals_are_kept(node):
    made = registry.record(BOB, a_report(handling=Handling.RED), node)
    for officer in (ANN, GHENT, STA, ADA):
        with pytest.raises(NotForYou):
            registry.show(officer, made.line.id, node)
    for officer in (STA, ADA):
        with pytest.raises(NotForYou):
            registry.listed(officer, node)
    assert registry.listed(ANN, node).rows == registry.listed(GHENT, node).rows == ()
    assert len(registry.listed(BOB, node).rows) == 1
    assert [entry.officer for entry in trail(node, outcome="refused")][:6] == ["ada", "sta", "ada", "sta", "gus", "ann"]
    with pytest.raises(NotForYou):
        registry.show(BOB, "S2026-000000000000", node)


def test_the_list_is_filtered_and_paged(node):
    for day in range(3):
        registry.record(ANN, a_report(1000 + day, at=NOW - (day + 1) * DAY, provenance="BR" if day else "EC",
                                      cover_hs="0803"), node)  # fmt: skip
    first = registry.listed(ANN, node, limit=2)
    assert [one.grams for one in first.rows] == [1000, 1001]
    assert [one.grams for one in registry.listed(ANN, node, limit=2, after=first.after).rows] == [1002]
    assert [one.grams for one in registry.listed(ANN, node, provenance="BR", cover_hs="08", area="belgium").rows] == [1001, 1002]
    assert registry.listed(ANN, node, area="rotterdam").rows == registry.listed(ANN, node, cover_hs="09").rows == ()
    with pytest.raises(BadRequest):
        registry.listed(ANN, node, state="lost")


def test_the_list_is_narrowed_by_month_lot_code_and_day(node):
    registry.record(BOB, a_report(10_000, at=read_moment("2026-01-31T23:00:00Z")), node)
    registry.record(BOB, a_report(10_001, at=read_moment("2026-02-01T00:00:00Z"), provenance="BR"), node)
    registry.record(BOB, a_report(2_000_000, at=read_moment("2026-02-02T00:00:00Z"), handling=Handling.RED), node)
    node.clock.forward(3 * DAY)
    registry.record(BOB, a_report(30, at=read_moment("2026-02-03T00:00:00Z"), provenance="EC"), node)

    def grams(**asked):
        return [one.grams for one in registry.listed(BOB, node, **asked).rows]

    assert grams(month="2026-01") == [10_000]
    assert grams(month="2026-02", until=read_moment("2026-02-02T12:00:00Z")) == [2_000_000, 10_001]
    assert [grams(lot=lot) for lot in ("0", "1", "2", "3", "x")] == [[30, 10_000], [10_001], [], [2_000_000], []]
    assert (grams(held="yes"), grams(held="no")) == ([2_000_000], [30, 10_001, 10_000])
    assert (grams(provenance="BR,EC"), grams(provenance="-", held="no")) == ([30, 10_001], [10_000])
    assert grams(as_of="2026-03-02") == [2_000_000, 10_001, 10_000]
    assert grams(as_of="2026-03-01") == []
    for wrong in ({"month": "soon"}, {"lot": "9"}, {"held": "x"}, {"as_of": "soon"}):
        with pytest.raises(BadRequest):
            grams(**wrong)


def test_what_may_be_the_same_is_shown_up_to_a_bound_and_the_rest_counted(node):
    made = [registry.record(BOB, a_report(1_000_000 + step, at=NOW - DAY + step), node)
            for step in range(registry.PROPOSED + 4)]  # fmt: skip
    view = registry.show(BOB, made[0].line.id, node)
    assert (len(view.maybe), view.maybe_more) == (registry.PROPOSED, 3)
