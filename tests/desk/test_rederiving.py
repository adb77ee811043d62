"""Every decision of a story is made again: late and retracted entries, amendments, changed lists, restarts, erasure."""

import os
import random
from collections import Counter
from itertools import groupby

import msgspec
import pytest
from tests.desk.port import (
    ANN,
    BOB,
    BOX,
    EVE,
    NOW,
    VISIT,
    a_consignment,
    a_node,
    bay_plan,
    discharge,
    gate,
    manifest,
    numbers,
    take_in,
    trail,
)  # fmt: skip
from tests.desk.test_indicators import fields, live

from vigie.arrivals import Function
from vigie.desk import inspections, parties, rederiving, risk
from vigie.terms import (
    DAY,
    HOUR,
    BadRequest,
    Depth,
    Detector,
    Found,
    Handling,
    Moment,
    NotForYou,
    NotFound,
    OfficerId,
    Outcome,
)  # fmt: skip
from vigie.world import generate

SEED = int(os.environ.get("VIGIE_SEED", "0"))


def all_of(node):
    return [(visit, hlc) for visit, hlc, _ in node.store.assessments.vectors(0, 10**9)]


def verdicts(node):
    found = list(rederiving.every(all_of(node), node))
    wrong = [(one.kept.visit, one.kept.hlc, one.differences[:3]) for one in found if one.verdict == rederiving.DIFFERENT]
    assert wrong[:3] == []
    return Counter(one.verdict for one in found)


def a_find(visit, found=Found.COCAINE):
    return Outcome(visit, Moment(NOW - HOUR), found, Detector.DOG, Depth.FULL, OfficerId("x"))


def tell_a_story(node):
    """Two boxes of one trader, told out of order, amended, taken back, controlled, watched and judged again."""
    other = numbers(1)[0]
    take_in(node, discharge(), bay_plan())
    take_in(node, manifest(a_consignment("A1", BOX, other), a_consignment("A2", other), number=5))
    inspections.record(BOB, a_find(f"{other}-1"), node)
    take_in(node, manifest(a_consignment("A1", BOX, other, consignee="Autre", function=Function.AMENDMENT), number=6))
    name = risk.create_watch_list(BOB, "L", "tip", Moment(NOW + DAY), Handling.AMBER, "weighted", node, 3000)
    risk.watch(BOB, name, [("container", BOX, ""), ("party", "Fruta SA", "")], node)
    risk.assess(BOB, node)
    take_in(node, manifest(a_consignment("A1", BOX, function=Function.AMENDMENT), number=7), gate("GTOT"))
    risk.unwatch(BOB, name, "container", BOX, node)
    (disc,) = [move for move in node.store.visits.get([VISIT])[VISIT].visit.moves if move.movement.code == "DISC"]
    take_in(node, discharge(number=8, retracts=disc.movement.event_id))
    take_in(node, manifest(a_consignment("A2", other, function=Function.CANCELLATION), number=9))
    take_in(node, gate("GTIN", at=NOW + 3 * DAY, empty=True, number=10), manifest(a_consignment("B7", filed_at=Moment(NOW + 9 * DAY)), number=11))


def test_every_decision_of_a_story_is_equal_to_the_byte(node):
    tell_a_story(node)
    assert verdicts(node) == {"equal": len(all_of(node))}
    assert len(all_of(node)) > 15


def test_a_restart_changes_nothing(tmp_path):
    with a_node(tmp_path) as node:
        tell_a_story(node)
    with a_node(tmp_path) as node:
        take_in(node, bay_plan(number=20))
        assert set(verdicts(node)) == {"equal"}


def test_what_a_batch_itself_brought_is_known_to_it(node):
    """A find and an amendment in one batch: the history asked as of its last entry holds the batch."""
    other = numbers(1)[0]
    take_in(node, manifest(a_consignment("A1", other)), manifest(a_consignment("A2", BOX), number=2))
    body = manifest(a_consignment("A2", BOX, consignee="Fruit BV", function=Function.AMENDMENT), number=3)
    take_in(node, body, manifest(a_consignment("A3", numbers(2)[1], consignee="Fruit BV"), number=4))
    risk.assess(BOB, node)
    assert set(verdicts(node)) == {"equal"}


def test_a_list_that_ended_since_still_counts_where_it_did(node):
    take_in(node, manifest())
    name = risk.create_watch_list(BOB, "L", "tip", Moment(NOW + DAY), Handling.AMBER, "mandatory", node)
    risk.watch(BOB, name, [("container", BOX, "")], node)
    at = node.store.assessments.latest([VISIT])[VISIT].hlc
    risk.expire(BOB, name, node)
    found = rederiving.rederive(EVE, f"{VISIT}@{at}", node)
    assert (found.verdict, found.differences) == ("equal", ())
    assert node.store.assessments.latest([VISIT])[VISIT].mandatory is False


def test_a_judgement_that_somebody_changed_is_named(node):
    take_in(node, manifest())
    kept = node.store.assessments.latest([VISIT])[VISIT]
    features = (kept.features[0], 777, *kept.features[2:])
    node.store.db.run("UPDATE assessment SET features = ?, score_milli = score_milli + 1", (msgspec.msgpack.encode(features),))
    found = rederiving.rederive(EVE, BOX, node)
    assert found.verdict == "different"
    names = node.rules.features.declared.names
    assert [(one.part, one.name, one.kept) for one in found.differences if one.part == "features"] == [("features", names[1], "777")]
    assert "column-score" in {one.part for one in found.differences}


def test_what_was_erased_is_named_and_nothing_is_claimed(node):
    take_in(node, manifest(), discharge())
    unit = next(entry.unit for entry in node.store.log.after(0, 10))
    node.store.erase([unit])
    found = rederiving.rederive(EVE, VISIT, node)
    assert found.verdict == "erased"
    assert found.missing
    assert all(one.startswith("entry ") for one in found.missing)


def test_a_policy_that_is_not_here_is_named(node):
    take_in(node, manifest())
    node.store.db.run("UPDATE assessment SET policy = 'feedfacefeedface'", ())
    found = rederiving.rederive(EVE, VISIT, node)
    assert (found.verdict, found.missing) == ("not-kept", ("policy feedfacefeedface",))


def test_only_who_oversees_makes_decisions_again_and_it_is_written_down(node):
    take_in(node, manifest())
    with pytest.raises(NotForYou):
        rederiving.rederive(ANN, VISIT, node, rederiving.purpose_of(ANN))
    rederiving.rederive(EVE, VISIT, node)
    assert [(one.officer, one.outcome) for one in trail(node, act="rederive")] == [("eve", "done"), ("ann", "refused")]


def test_no_such_box_and_no_such_entry(node):
    take_in(node, manifest())
    with pytest.raises(NotForYou):
        rederiving.rederive(EVE, "NONE0000000-1", node)
    with pytest.raises(NotFound):
        rederiving.rederive(EVE, f"{VISIT}@17", node)
    with pytest.raises(BadRequest):
        rederiving.rederive(EVE, f"{VISIT}@never", node)


def test_a_decision_of_rules_that_changed_since_is_equal_and_so_is_the_next(node):
    take_in(node, manifest())
    before = node.store.assessments.latest([VISIT])[VISIT]
    live(node, fields(), "live")
    take_in(node, bay_plan())
    after = node.store.assessments.latest([VISIT])[VISIT]
    assert before.policy != after.policy
    assert verdicts(node) == {"equal": 2}


def test_two_parties_become_one_and_are_parted_again(node):
    other, third = numbers(2)
    take_in(node, manifest(a_consignment("A1", other, consignee="Autre")), manifest(a_consignment("A2", BOX), number=2))
    keys = [key for name in ("Autre", "Fruit NV") for key, _, errors in node.store.parties.named(name) if errors == 0]
    parties.merge(BOB, *keys, "one firm", node)
    take_in(node, manifest(a_consignment("A2", BOX, consignee="Fruit  NV", function=Function.AMENDMENT), number=3))
    take_in(node, manifest(a_consignment("A3", third, consignee="Autre"), number=4))
    risk.assess(BOB, node)
    parties.part(BOB, keys[0], "two firms after all", node)
    risk.assess(BOB, node)
    assert set(verdicts(node)) == {"equal"}


def test_a_sample_tells_its_counts_and_draws_again(node):
    tell_a_story(node)
    first, again = (rederiving.sample(EVE, 10, node, seed=5) for _ in range(2))
    assert (first.checked, first.equal, first.different) == (10, 10, 0)
    assert first == again
    with pytest.raises(BadRequest):
        rederiving.sample(EVE, 0, node)


def fill(node, seed, days, scale, chance):
    """A simulated port in batches of any size, with controls between."""
    for kind, some in groupby(generate(seed, days, scale), key=lambda one: one.kind == "controls"):
        bodies = [one.body for one in some]
        if kind:
            for body in bodies:
                inspections.record_csv(BOB, body.decode(), node)
        while bodies and not kind:
            size = chance.choice((1, 3, 20, 150))
            take_in(node, *bodies[:size])
            bodies = bodies[size:]


def test_a_simulated_day_is_equal_to_the_byte(node):
    fill(node, 4, 1, 0.02, random.Random(4))
    assert set(verdicts(node)) == {"equal"}


def test_history_loaded_in_large_batches_and_what_comes_after_is_equal_to_the_byte(tmp_path):
    """While history is loaded a batch is four times as large, so that a box told of in many parts is judged once."""
    made = {}
    for batch in (3, 1000):
        with a_node(tmp_path / str(batch), batch=batch) as node:
            sheets = list(generate(4, 1, 0.02))
            past, since = sheets[: len(sheets) * 2 // 3], sheets[len(sheets) * 2 // 3 :]
            take_in(node, *(one.body for one in past if one.kind != "controls"), backload=True)
            for one in sheets:
                if one.kind == "controls":
                    inspections.record_csv(BOB, one.body.decode(), node)
            made[batch] = len(all_of(node))
            take_in(node, *(one.body for one in since if one.kind != "controls"))
            counts = verdicts(node)
            assert set(counts) == {"equal"}
            assert counts.total() > made[batch]
    assert made[1000] < made[3]


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_decisions_are_equal_to_the_byte(tmp_path, record_property):
    """Whole simulated weeks, judged again now and then, with a restart in the middle of each."""
    count, world = 0, 0
    while count < 100_000:
        chance = random.Random(SEED + world)
        for part in range(2):  # the second life of the same node
            with a_node(tmp_path / str(world)) as node:
                fill(node, SEED + 2 * world + part, 5, 0.5, chance)
                risk.assess(BOB, node)
                if part:
                    counts = verdicts(node)
                    assert set(counts) == {"equal"}
                    count += counts.total()
        world += 1
    record_property("n", count)
