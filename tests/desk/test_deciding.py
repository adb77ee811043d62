"""A row of the decision table knows nothing of what came after the decision, and everything of what came out."""

import msgspec
import pytest
from tests.desk.port import (
    ANN,
    BOB,
    BOX,
    NOW,
    ROUTE,
    SHIP,
    VISIT,
    a_consignment,
    bay_plan,
    discharge,
    gate,
    manifest,
    numbers,
    sending,
    take_in,
)

from vigie.arrivals import Equipment, Stowed, write_baplie, write_cuscar
from vigie.desk import arrivals, inspections, parties, selection
from vigie.desk.deciding import Looking, decision_row, outcome_of, standing_outcomes
from vigie.risk import COLUMNS, columns
from vigie.terms import (
    DAY,
    HOUR,
    Concealment,
    Depth,
    Detector,
    Found,
    Moment,
    OfficerId,
    Outcome,
    key_number,
    write_moment,
)
from vigie.tracking import Controlled

NAMES = [column.name for column in COLUMNS]
CAPACITY = [{"name": "late", "start": "12:00", "hours": 8, "scanners": {"S1": 12}}]


def outcome(found=Found.NOTHING, at=NOW, visit=VISIT, **rest):
    return Outcome(visit, Moment(at), found, Detector.SCANNER, Depth.SCAN, OfficerId("bob"), **rest)


def row_of(node, visit=VISIT):
    return decision_row(node.store.visits.get([visit])[visit], Looking(node), node)


def known(row):
    return {name: row.get(name) for name in NAMES}


def later(node, hours=1):
    node.clock.at = Moment(node.clock.at + hours * HOUR)


def test_a_box_within_reach_that_nobody_looked_into_has_no_row_yet(node):
    take_in(node, manifest())
    assert row_of(node) is None


def test_what_changes_after_the_decision_does_not_change_the_row(node):
    take_in(node, manifest())
    later(node)
    arrivals.override(ANN, VISIT, "select", "phone call", node)
    selected = node.store.log.last()
    stood = max(one.hlc for one in node.store.assessments.of(VISIT) if one.hlc <= selected)
    later(node)
    inspections.record(BOB, outcome(at=node.clock.at), node)
    before = row_of(node)
    later(node)
    take_in(node, manifest(a_consignment(consignee="Somebody Else NV"), number=9), bay_plan(), discharge())
    later(node, 30)
    take_in(node, gate("GTOT", at=node.clock.at))
    after = row_of(node)
    assert before["at"] == stood
    assert (after["at"], known(after)) == (before["at"], known(before))
    assert (after["chosen"], after["stratum"], after["found"]) == (True, "officer", "nothing")
    assert known(after)["in_plan"] is False  # the bay plan came later
    assert columns(node.store.visits.get([VISIT])[VISIT].visit, (), node.clock.at)[NAMES.index("in_plan")] is True


def test_an_outcome_of_the_box_is_in_no_column_of_its_own_row(node):
    take_in(node, manifest())
    later(node)
    inspections.record(BOB, outcome(Found.COCAINE, at=node.clock.at, quantity_g=5_000), node)
    later(node)
    arrivals.override(ANN, VISIT, "select", "again", node)  # judged again with all that is known now
    row = row_of(node)
    assert (row["controls"], row["found_before"]) == (0, False)
    assert {name: row[name] for name in NAMES if "_found_" in name or "_inspected_" in name} == {
        name: 0 for name in NAMES if "_found_" in name or "_inspected_" in name
    }
    assert (row["found"], row["quantity_g"], row["chosen"]) == ("cocaine", 5_000, False)


def test_the_plan_that_last_considered_a_box_tells_shift_stratum_and_chance(node):
    boxes = numbers(60)
    take_in(node, manifest(*(a_consignment(box, box, consignee=f"Importer {box[-2:]}") for box in boxes)))
    selection.set_capacity(BOB, "BEANR", CAPACITY, node)
    view = selection.make(ANN, "BEANR", "2026-03-02", None, node)
    planned = node.store.selections.made("BEANR")[-1]
    drawn = {one.row.visit: one for one in view.shifts[0].selections}
    later(node, 40)
    take_in(node, gate("GTOT", *boxes, at=node.clock.at))
    rows = {f"{box}-1": row_of(node, f"{box}-1") for box in boxes}
    assert {row["shift"] for row in rows.values()} == {"late"}
    assert all(row["at"] <= planned for row in rows.values())
    assert {visit for visit, row in rows.items() if row["chosen"]} == set(drawn)
    for visit, row in rows.items():
        by_chance = visit in drawn and drawn[visit].stratum in ("tilted", "uniform")
        if visit in drawn:
            assert (row["stratum"], row["scanner"]) == (drawn[visit].stratum, drawn[visit].scanner)
        assert row["propensity"] == pytest.approx(drawn[visit].propensity) if by_chance else True
        assert (row["propensity"] is None) is (visit in drawn and not by_chance)
    chances = [row["propensity"] for row in rows.values() if row["propensity"] is not None]
    assert sum(chances) == pytest.approx(sum(one.stratum in ("tilted", "uniform") for one in drawn.values()))


def test_a_correction_takes_the_place_of_what_it_corrects(node):
    take_in(node, manifest())
    later(node)
    inspections.record(BOB, outcome(Found.COCAINE, at=node.clock.at), node)
    (first,) = node.store.outcomes.of(VISIT)
    later(node)
    inspections.record(BOB, outcome(Found.NOTHING, at=node.clock.at, replaces=first.hlc), node)
    assert row_of(node)["found"] == "nothing"


def test_what_is_found_after_a_box_left_is_late(node):
    take_in(node, manifest(), discharge(), gate("GTOT", at=NOW + DAY))
    later(node, 48)
    inspections.record(BOB, outcome(Found.COCAINE, at=node.clock.at, concealment=Concealment.REEFER), node)
    row = row_of(node)
    assert (row["late"], row["found"], row["concealment"]) == (True, "cocaine", "reefer-compartment")


def test_the_gravest_outcome_is_the_label(node):
    take_in(node, manifest())
    visit = node.store.visits.get([VISIT])[VISIT].visit
    told = [outcome(Found.NOTHING, NOW), outcome(Found.COCAINE, NOW + 1), outcome(Found.IRREGULARITY, NOW + 2)]
    assert outcome_of(visit, told)["found"] == "cocaine"
    assert outcome_of(visit, told[::2])["found"] == "irregularity"
    assert outcome_of(visit, []) == {}
    with_all = msgspec.structs.replace(visit, controlled=tuple(
        Controlled(Moment(place), msgspec.structs.replace(one, replaces=0 if place else None))
        for place, one in enumerate(told)))  # fmt: skip
    assert [one.found for one in standing_outcomes(with_all)] == [Found.COCAINE, Found.IRREGULARITY]


def test_of_a_box_that_was_controlled_before_it_was_announced_nothing_was_known(node):
    take_in(node, manifest())
    inspections.record(BOB, outcome(at=NOW - DAY), node)
    row = row_of(node)
    assert row["at"] < NOW - DAY
    assert set(known(row).values()) == {None}
    assert row["found"] == "nothing"


def test_history_that_was_judged_all_at_once_is_read_as_of_the_control(node):
    """A back-load judges its boxes when it is over; a control in the middle of it still sees nothing of what follows."""
    early, late = NOW - 10 * DAY, NOW - 8 * DAY
    node.clock.at = Moment(early)
    bodies = [write_cuscar((a_consignment(),), sending(1, Moment(early))),
              write_baplie([Stowed("BAPLIE", Equipment(BOX, "45R1", False, stow="0120482"), SHIP, ROUTE, NOW)],
                           sending(2, Moment(late)))]  # fmt: skip
    node.clock.at = NOW
    take_in(node, *bodies, backload=True)
    table = f"container,at,found,detector\n{BOX},{write_moment(Moment(NOW - 9 * DAY))},cocaine,dog\n"
    assert inspections.record_csv(BOB, table, node, backload=True) == (1, ())
    row = row_of(node)
    assert early <= row["at"] < NOW - 9 * DAY
    assert (row["in_plan"], row["in_manifest"], row["controls"]) == (False, True, 0)
    assert (row["found"], row["detector"], row.get("logodds_milli")) == ("cocaine", "dog", None)


def test_a_vector_of_a_release_that_counted_less_is_asked_again_as_of_its_assessment(node):
    take_in(node, manifest(), discharge(), gate("GTOT"))
    whole = known(row_of(node))
    node.store.db.run("UPDATE assessment SET features = ?", (msgspec.msgpack.encode([1, 2]),))
    assert {len(one.features) for one in node.store.assessments.of(VISIT)} == {2}
    assert known(row_of(node)) == whole
    assert whole["lane_boxes_365d"] is not None


def test_a_row_names_its_traders_as_they_were_known_then(node):
    """A word that two parties are one counts for boxes decided on later, never for those of before."""
    other = numbers(1)[0]
    take_in(node, manifest(a_consignment(consignee="Fruit Noord NV"), a_consignment("B2", other, consignee="Fruit Zuid NV")))
    north, south = (parties.find(BOB, name, node)[0].key for name in ("Fruit Noord NV", "Fruit Zuid NV"))
    later(node)
    inspections.record(BOB, outcome(at=node.clock.at), node)
    first = row_of(node)
    assert {first["consignee_key"], first["consignor_key"]} == {key_number(north), key_number_of(node, "Fruta SA")}
    parties.merge(BOB, north, south, "same warehouse", node)
    later(node)
    assert row_of(node) == first
    take_in(node, manifest(a_consignment("C3", numbers(2)[1], consignee="Fruit Noord NV"), number=7))
    later(node)
    visit = f"{numbers(2)[1]}-1"
    inspections.record(BOB, outcome(at=node.clock.at, visit=visit), node)
    assert row_of(node, visit)["consignee_key"] == key_number(south)


def key_number_of(node, name):
    return key_number(parties.find(BOB, name, node)[0].key)
