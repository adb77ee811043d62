"""The comparison of units taught from the simulator."""

import pytest
from tests.scanning.xray.compared import body

from vigie.node import scanning_pairs, scanning_units
from vigie.node.scanning_units import UnitScore, judged_units, unit_lessons, unit_thresholds, weighed_units
from vigie.scanning import UNITS, FindingKind, Recipe, UnitModel, Zone, read_card, write_card
from vigie.scanning.xray.units import CHANNELS, KIND
from vigie.world import xray_parameters


def test_seeds_are_not_those_of_the_benchmark_nor_of_pairs():
    end = max(each.seed + each.count for each in xray_parameters().splits.values())
    starts = [scanning_pairs.FIRST, scanning_units.FIRST, scanning_pairs.CHOOSE, scanning_units.CHOOSE,
              scanning_pairs.JUDGE, scanning_units.JUDGE]  # fmt: skip
    assert starts == sorted(starts)
    assert end < starts[0]


def test_lessons_are_families_with_something_to_find(monkeypatch):
    (lesson,) = unit_lessons(Recipe(name="t", pictures=1))
    assert lesson.density.shape[0] == 6
    assert len(lesson.patches) > 2
    first = lesson.patches[0]
    assert float(first.more.max()) > 4


def test_units_are_judged_beside_one_and_three_with_and_without():
    told = list(judged_units([UnitModel(body(KIND, CHANNELS))], scanning_units.CHOOSE + 900_000, 1, beside=(1, 2)))
    assert [(one.beside, bool(one.kg)) for one in told] == [(1, False), (2, False), (1, True), (2, True)]
    assert told[2].scores[0] > told[0].scores[0]


def test_thresholds_beside_one_and_beside_several_stand_on_a_hundred_each():
    some = [UnitScore(n, beside, 0.0, (n / 10 - beside,)) for n in range(100) for beside in (1, 3)]
    held = unit_thresholds(some, 0)
    assert set(held.levels) == {"same-model", "same-models"}
    limit = held.of(FindingKind.REFERENCE_DIFFERENCE, Zone.REEFER, "same-model", "any")
    assert limit.negatives == 100
    assert limit.look_rate == pytest.approx(0.05)
    assert held.levels["same-models"].middle == pytest.approx(1.95)
    assert not unit_thresholds(some[:100], 0).levels


def test_eight_bits_are_kept_where_they_cost_nothing(monkeypatch):
    given = [UnitScore(n, 1, 5.0 * more, (n + 9.0 * more,) * 2) for n in range(4) for more in (0, 1)]
    monkeypatch.setattr(scanning_units, "judged_units", lambda *_, **__: given)
    one = body(KIND, CHANNELS)
    made = weighed_units(one, one, UNITS, 1.0, lambda *_: None, 4)
    assert made.card.small == UnitModel(one).sha
    assert made.card.measured["auc"] == 1.0
    assert read_card(write_card(made.card)) == made.card
