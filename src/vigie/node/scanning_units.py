"""Teaching the comparison of reefer units of one make from the simulator: lessons, levels, files that run, card."""

import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from vigie.node.scanning_teaching import NOT_FOR_OPERATION, Made
from vigie.scanning import (
    Card,
    FindingKind,
    Level,
    Recipe,
    Scan,
    Threshold,
    Thresholds,
    Unit,
    UnitLesson,
    UnitModel,
    Zone,
    Zones,
    box_on,
    find_zones,
    laid_on,
    score_of_pair,
    several,
    shown_unit,
    threshold_of,
    unit_lesson,
    unit_taken,
    whole_picture,
)

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Told = Callable[[str, int, int], None]
FIRST = 450_000_000
"""Seeds of lessons begin here, a million for each seed of a recipe; those of pairs begin 50 millions before."""
CHOOSE, JUDGE = 650_000_000, 750_000_000
"""Seeds of the units on which levels are counted, and of those that judge."""
CHOSEN = 120
"""Loads on which thresholds are counted: a threshold at one in a hundred needs as many."""
BESIDE = (1, 3)
"""How many references levels are counted with: a single one, and the least of several."""


def unit_lessons(recipe: Recipe, told: Told = lambda *_: None) -> list[UnitLesson]:
    """Draw the lessons of a recipe."""
    made = []
    for number in range(recipe.pictures):
        made.append(_lesson(FIRST + recipe.seed * 1_000_000 + 16 * number))
        if (number + 1) % 20 == 0:
            told("lessons", number + 1, recipe.pictures)
    return made


def _lesson(seed: int) -> UnitLesson:
    from vigie.scanning import OF_FAMILY
    from vigie.world import draw_family

    units, bagged = [], []
    for each in draw_family(seed, OF_FAMILY):
        zones = Zones(container=each.box, doors_at="left")
        unit, grid, _ = unit_taken(each.scan, zones)
        units.append(unit)
        bagged.append((unit_taken(each.bagged, zones)[0], box_on(each.hidden, each.scan, grid, turned_round=False)))
    return unit_lesson(units, bagged)


class UnitScore(Struct, frozen=True):
    """One unit that was judged.

    Attributes:
        seed: Of the load. beside: How many references. kg: Of what is in it, 0 where nothing is.
        scores: Logit of each model.
    """

    seed: int
    beside: int
    kg: float
    scores: tuple[float, ...]


def judged_units(
    models: Sequence[UnitModel], first: int, many: int, told: Told = lambda *_: None, beside: Sequence[int] = BESIDE
) -> Iterator[UnitScore]:
    """Judge units with and without something in them beside others of their make, found as in operation.

    Args:
        first: Seed of the first. many: Loads, each judged with and without. beside: How many references.
    """
    from vigie.world import draw_unit_pair

    for number in range(many):
        pair = draw_unit_pair(first + number, others=max(beside))
        others = [_unit(each.scan) for each in pair.references]
        for later in (pair.later, *pair.bagged):
            here = _unit(later.scan)
            laid = [laid_on(here, one)[0] for one in others]
            for count in beside:
                seen = shown_unit(here, laid[:count])
                scores = tuple(score_of_pair(model.logits(seen)[0]) for model in models)
                yield UnitScore(first + number, count, later.hidden[0].kg if later.hidden else 0.0, scores)
        if number % 20 == 19:
            told("units", number + 1, many)


def _unit(scan: Scan) -> Unit:
    return unit_taken(scan, whole_picture(find_zones(scan), scan))[0]


def teach_unit(recipe: Recipe, told: Told = lambda *_: None, choose: int = 0) -> Made:
    """Teach the comparison of units as a recipe says.

    Args:
        told: Hears what is done, how far it is and of how much. choose: Loads to count thresholds on; 0 takes `CHOSEN`.

    Raises:
        ModuleNotFoundError: torch or onnx is not installed (`pip install 'vigie[train]'`).
    """
    from vigie.scanning import export_units, teach_units

    began = time.process_time()
    lessons = unit_lessons(recipe, told)
    net = teach_units(lessons, recipe, lambda step, done, of, loss: told(f"{step} loss {loss:.3f}", done, of))
    facts = {"use": NOT_FOR_OPERATION, "recipe": recipe.name, "seed": str(recipe.seed)}
    full, small = export_units(net, lessons, facts)
    return weighed_units(full, small, recipe, time.process_time() - began, told, choose or CHOSEN)


def weighed_units(full: bytes, small: bytes, recipe: Recipe, cpu_s: float, told: Told, choose: int) -> Made:
    """Count thresholds on units kept for it, and let the 8-bit form earn its place."""
    from vigie.scanning import area_of, eight_bits_earned

    told_all = list(judged_units([UnitModel(full), UnitModel(small)], CHOOSE, choose, told))
    areas = [area_of({kind: _scores(told_all, BESIDE[0], n, kind) for kind in (True, False)}) for n in (0, 1)]
    keep = eight_bits_earned(areas[0], areas[1])
    card = Card(
        name=f"scan-unit-{recipe.name}", use=NOT_FOR_OPERATION, recipe=recipe.name, seed=recipe.seed,
        pictures=recipe.pictures, steps=recipe.steps, full=sha256(full).hexdigest(),
        small=sha256(small).hexdigest() if keep else "", thresholds=unit_thresholds(told_all, 1 if keep else 0),
        measured={"split": "own units", "pictures": 2 * choose, "auc": round(areas[0], 4),
                  "auc_8_bits": round(areas[1], 4)},
        cpu_seconds=round(cpu_s),
    )  # fmt: skip
    return Made(full, small if keep else b"", card)


def unit_thresholds(judged: Sequence[UnitScore], model: int) -> Thresholds:
    """Thresholds and what is usual beside one reference and beside several, of units with nothing in them."""
    import numpy as np

    values: dict[str, Threshold] = {}
    levels: dict[str, Level] = {}
    for count in BESIDE:
        logits, relation = _scores(judged, count, model, False), several(count)
        limit = threshold_of(1 / (1 + np.exp(-logits)), "clean")
        if limit.negatives:
            levels[relation] = Level(float(np.median(logits)), float(np.quantile(logits, 0.95)))
            values |= {f"{FindingKind.REFERENCE_DIFFERENCE}/{zone}/{relation}/*": limit for zone in Zone}
    return Thresholds(version=f"units-{len(judged)}", values=values, levels=levels)


def _scores(judged: Sequence[UnitScore], beside: int, model: int, positive: bool) -> "NDArray[float64]":
    import numpy as np

    some = [one.scores[model] for one in judged if one.beside == beside and bool(one.kg) is positive]
    return np.array(some, np.float64)
