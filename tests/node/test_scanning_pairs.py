"""The comparison taught from the simulator."""

import msgspec
import numpy as np
import pytest
from tests.scanning.xray.compared import body

from vigie.node import scanning_pairs
from vigie.node.scanning_pairs import (
    NEAR,
    PairScore,
    compared_pairs,
    judged_pairs,
    pair_lessons,
    pair_thresholds,
    weighed_pairs,
)
from vigie.scanning import COMPARE, Card, FindingKind, Level, PairModel, Thresholds, Zone, read_card, write_card
from vigie.world import xray_parameters


def test_seeds_are_not_those_of_the_benchmark():
    end = max(each.seed + each.count for each in xray_parameters().splits.values())
    assert end < scanning_pairs.FIRST < scanning_pairs.CHOOSE < scanning_pairs.JUDGE < scanning_pairs.FROZEN
    assert xray_parameters().judging.near_px == NEAR


def test_lessons_are_boxes_and_units(monkeypatch):
    monkeypatch.setattr(scanning_pairs, "UNITS", 2)
    monkeypatch.setattr(scanning_pairs, "BAGS", 1)
    box, unit, other = pair_lessons(msgspec.structs.replace(COMPARE, pictures=2))
    assert box.here.shape[1] > 250
    assert unit.here.shape[1] == other.here.shape[1] == 34
    assert not np.array_equal(unit.there, other.there)


def test_units_are_judged_beside_themselves_and_their_make_with_and_without():
    told = list(judged_pairs([PairModel(body())], scanning_pairs.CHOOSE + 900_000, 1, units=True))
    assert [one.relation for one in told] == ["same-unit", "same-unit", "same-model", "same-model"]
    assert [bool(one.kind) for one in told] == [False, True, False, True]
    assert {one.kind for one in told if one.kind} == {"reefer"}
    assert len({one.scores for one in told}) > 1


def test_thresholds_stand_on_a_hundred_harmless_pairs():
    some = [PairScore(n, "same-container", "", 0.0, (n / 10 - 5,)) for n in range(100)]
    some += [PairScore(n, "same-unit", "", 0.0, (0.0,)) for n in range(99)]
    held = pair_thresholds(some, 0)
    limit = held.of(FindingKind.REFERENCE_DIFFERENCE, Zone.DOORS, "same-container", "any")
    assert limit.negatives == 100
    assert limit.look_rate == pytest.approx(0.05)
    assert held.levels["same-container"].middle == pytest.approx(-0.05)
    assert not held.of(FindingKind.REFERENCE_DIFFERENCE, Zone.REEFER, "same-unit").negatives
    assert set(held.levels) == {"same-container"}
    worse = [PairScore(n, "same-unit", kind, 1.0, (n / 10,)) for n in range(100) for kind in ("", "reefer")]
    assert not pair_thresholds(worse, 0).levels  # no better than the measure without a net


def test_eight_bits_are_kept_where_they_cost_nothing(monkeypatch):
    given = [PairScore(n, "same-container", kind, 1.0, (n + 5.0 * bool(kind), n + 5.0 * bool(kind)))
             for n in range(4) for kind in ("", "top")]  # fmt: skip
    monkeypatch.setattr(scanning_pairs, "judged_pairs", lambda *_, units=False, **__: () if units else given)
    made = weighed_pairs(body(), body(), COMPARE, 1.0, lambda *_: None, 4)
    assert made.card.small == PairModel(body()).sha
    assert made.card.measured["auc"] == 1.0
    assert read_card(write_card(made.card)) == made.card


def card(*relations):
    levels = dict.fromkeys(relations, Level(-5.0, -4.0))
    return Card(name="t", use="test", recipe="compare", seed=1, pictures=1, steps=1, full="",
                thresholds=Thresholds(version="t", values={}, levels=levels))  # fmt: skip


@pytest.mark.parametrize(("better", "against"), [(1.0, ()), (-1.0, ("same-container auc", "same-container top"))])
def test_a_challenger_is_held_against_the_champion_on_pairs_of_their_own(monkeypatch, better, against):
    asked = []

    def judged(models, first, many, *, units, told):
        asked.append((first, many, units))
        draw = np.random.default_rng(4)
        for n in range(many):
            yield PairScore(n, "same-container", "", 0.0, (float(draw.normal()), float(draw.normal())))
            noise = draw.normal(size=2)
            yield PairScore(n, "same-container", "top", 20.0, (1.0 + noise[0], 1.0 + 2 * better + noise[1]))

    monkeypatch.setattr(scanning_pairs, "judged_pairs", judged)
    found = compared_pairs(None, card("same-container"), None, card("same-container"), 60)
    assert asked == [(scanning_pairs.FROZEN, 60, False)]
    assert (found.passed, found.against) == (not against, against)
    assert [row.name for row in found.rows] == ["same-container auc", "same-container top"]


def test_what_the_champion_compares_the_challenger_must_compare():
    found = compared_pairs(None, card("same-unit"), None, card("same-container"), 1)
    assert (found.passed, found.against, found.rows) == (False, ("same-unit",), ())
