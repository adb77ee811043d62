"""Teaching the comparison of two pictures from the simulator: its lessons, its levels, the files that run, the card."""

import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Struct, structs

from vigie.node.scanning_teaching import NOT_FOR_OPERATION, Made
from vigie.scanning import (
    Card,
    FindingKind,
    Frozen,
    Gate,
    GateRow,
    Level,
    PairLesson,
    PairModel,
    Recipe,
    Scan,
    Threshold,
    Thresholds,
    Zone,
    box_on,
    find_zones,
    lay,
    pair_lesson,
    score_of_pair,
    surest,
    taken,
    threshold_of,
    unit_part,
    whole_picture,
)

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from vigie.scanning import Grid
    from vigie.world import Pair, View

Told = Callable[[str, int, int], None]
FIRST = 400_000_000
"""Seeds of lessons begin here, a million for each seed of a recipe; the benchmark's end below a hundred million."""
CHOOSE, JUDGE = 600_000_000, 700_000_000
"""Seeds of the pairs on which levels are counted, and of those that judge."""
UNITS = 8
"""One lesson of so many is a refrigerating unit beside itself, and one beside another of its make."""
FROZEN = 800_000_000
"""Seeds of the pairs on which a challenger is held against the champion: nobody learns from them or counts on them."""
CHOSEN = 150
"""Loads on which thresholds are counted: half as many again as a threshold at one in a hundred needs."""
BEFORE = {"same-container": 0.77, "same-unit": 0.995, "same-model": 0.966}
"""Areas under the curve of the excess that is told without a net. Source: ADR 0042."""
NEAR = 12
"""Points of the grid by which a place may lie beside what is hidden and still be a hit. Source: parameters.toml."""
BAGS = 2
"""Pictures with a bag for each pair of a lesson."""


def pair_lessons(recipe: Recipe, told: Told = lambda *_: None) -> list[PairLesson]:
    """Draw the lessons of a recipe."""
    from vigie.world import draw_pair, draw_unit_pair

    made: list[PairLesson] = []
    start = FIRST + recipe.seed * 1_000_000
    for number in range(recipe.pictures):
        if number % UNITS == UNITS - 1:
            made += _unit_lessons(draw_unit_pair(start + number, BAGS))
        else:
            made.append(_lesson(draw_pair(start + number, BAGS)))
        if (number + 1) % 20 == 0:
            told("lessons", number + 1, recipe.pictures)
    return made


def on_grid(scan: Scan) -> tuple["Grid", bool]:
    """The container of a scan on the grid, and whether it was turned so that its doors are at the left."""
    zones = whole_picture(find_zones(scan), scan)
    return taken(scan, zones), zones.doors_at == "right"


def _bagged(pair: "Pair", grid: "Grid", turned: bool) -> Iterator[tuple[Any, Any]]:
    """The pictures with a bag on the very grid of the one without, and where it lies."""
    from vigie.scanning import gridded

    for each in pair.bagged:
        made = gridded(each.scan, grid.box, dual=False).density
        yield made[:, ::-1] if turned else made, box_on(each.hidden[0].box, each.scan, grid, turned_round=turned)


def _lesson(pair: "Pair") -> PairLesson:
    (here, turned), (there, _) = on_grid(pair.later.scan), on_grid(pair.earlier.scan)
    return pair_lesson(lay(here.density, there.density), list(_bagged(pair, here, turned)))


def _unit_lessons(pair: "Pair") -> Iterator[PairLesson]:
    whole, turned = on_grid(pair.later.scan)
    here = unit_part(whole)
    start = whole.density.shape[1] - here.density.shape[1]
    bagged = [(made[:, start:], (box[0] - start, *box[1:])) for made, box in _bagged(pair, whole, turned)]
    for earlier in (pair.earlier, *pair.references):
        there = unit_part(on_grid(earlier.scan)[0])
        yield pair_lesson(lay(here.density, there.density), bagged)


class PairScore(Struct, frozen=True):
    """One comparison that was judged.

    Attributes:
        seed: Of the pair. relation: "same-container", "same-unit" or "same-model".
        kind, kg: Of what is one more; empty and 0 where nothing is.
        scores: Logit of each model. hit: Whether the surest place of the first lies on it.
    """

    seed: int
    relation: str
    kind: str
    kg: float
    scores: tuple[float, ...]
    hit: bool = False


def judged_pairs(
    models: Sequence[PairModel], first: int, many: int, *, units: bool = False, told: Told = lambda *_: None
) -> Iterator[PairScore]:
    """Judge pairs with and without one more bag that no model has seen.

    Args:
        first: Seed of the first. many: Loads; each gives one comparison with and one without.
        units: Refrigerating units instead of whole boxes.
    """
    from vigie.world import draw_pair, draw_unit_pair

    for number in range(many):
        pair = draw_unit_pair(first + number) if units else draw_pair(first + number, home=True)
        earlier = [("same-unit", pair.earlier)] if units else [("same-container", pair.earlier)]
        earlier += [("same-model", one) for one in pair.references]
        for relation, one in earlier:
            for later in (pair.later, *pair.bagged):
                yield _judged(models, first + number, relation, later, one)
        if number % 25 == 24:
            told("pairs", number + 1, many)


def _judged(models: Sequence[PairModel], seed: int, relation: str, later: "View", earlier: "View") -> PairScore:
    (here, turned), (there, _) = on_grid(later.scan), on_grid(earlier.scan)
    start = 0
    if relation != "same-container":
        start = here.density.shape[1]
        here, there = unit_part(here), unit_part(there)
        start -= here.density.shape[1]
    laid = lay(here.density, there.density)
    maps = [model.logits(laid) for model in models]
    scores = tuple(score_of_pair(each[0]) for each in maps)
    if not later.hidden:
        return PairScore(seed, relation, "", 0.0, scores)
    lot, place = later.hidden[0], surest(laid, maps[0]).box
    box = box_on(lot.box, later.scan, on_grid(later.scan)[0] if start else here, turned_round=turned)
    across, down = place[0] + place[2] / 2 - box[0] + start, place[1] + place[3] / 2 - box[1]
    near = -NEAR <= across <= box[2] + NEAR and -NEAR <= down <= box[3] + NEAR
    return PairScore(seed, relation, lot.concealment, lot.kg, scores, near)


def teach_compare(recipe: Recipe, told: Told = lambda *_: None, choose: int = 0) -> Made:
    """Teach the comparison as a recipe says.

    Args:
        told: Hears what is done, how far it is and of how much.
        choose: Loads to count thresholds on; 0 takes `CHOSEN`.

    Raises:
        ModuleNotFoundError: torch or onnx is not installed (`pip install 'vigie[train]'`).
    """
    from vigie.scanning import export_pairs, teach_pairs

    began = time.process_time()
    lessons = pair_lessons(recipe, told)
    net = teach_pairs(lessons, recipe, lambda step, done, of, loss: told(f"{step} loss {loss:.3f}", done, of))
    facts = {"use": NOT_FOR_OPERATION, "recipe": recipe.name, "seed": str(recipe.seed)}
    full, small = export_pairs(net, lessons, facts)
    return weighed_pairs(full, small, recipe, time.process_time() - began, told, choose or CHOSEN)


def weighed_pairs(full: bytes, small: bytes, recipe: Recipe, cpu_s: float, told: Told, choose: int) -> Made:
    """Count thresholds on pairs kept for it, and let the 8-bit form earn its place."""
    from vigie.scanning import area_of, eight_bits_earned

    models = [PairModel(full), PairModel(small)]
    pairs = [*judged_pairs(models, CHOOSE, choose, told=told),
             *judged_pairs(models, CHOOSE + 500_000, choose, units=True, told=told)]  # fmt: skip
    areas = [area_of({kind: _scores(pairs, "same-container", n, kind) for kind in (True, False)}) for n in (0, 1)]
    keep = eight_bits_earned(areas[0], areas[1])
    card = Card(
        name=f"scan-pair-{recipe.name}", use=NOT_FOR_OPERATION, recipe=recipe.name, seed=recipe.seed,
        pictures=recipe.pictures, steps=recipe.steps, full=sha256(full).hexdigest(),
        small=sha256(small).hexdigest() if keep else "", thresholds=pair_thresholds(pairs, 1 if keep else 0),
        measured={"split": "own pairs", "pictures": len(pairs), "auc": round(areas[0], 4),
                  "auc_8_bits": round(areas[1], 4)},
        cpu_seconds=round(cpu_s),
    )  # fmt: skip
    return Made(full, small if keep else b"", card)


def compared_pairs(
    old: PairModel, old_card: Card, new: PairModel, new_card: Card, many: int = CHOSEN, told: Told = lambda *_: None
) -> Gate:
    """Hold a challenger against the champion on the frozen pairs, one relation after the other.

    What the champion compares the challenger must compare, too; classes are those of what is one more.

    Args:
        many: Loads of each relation.
    """
    from vigie.scanning import gate

    rows: list[GateRow] = []
    against: list[str] = []
    for number, relation in enumerate(("same-container", "same-unit")):
        if relation not in old_card.thresholds.levels:
            continue
        if relation not in new_card.thresholds.levels:
            against.append(relation)
            continue
        pairs = judged_pairs([old, new], FROZEN + number * 500_000, many, units=relation == "same-unit", told=told)
        found = gate([Frozen(each.kind, *each.scores) for each in pairs if each.relation == relation])
        rows += [structs.replace(row, name=f"{relation} {row.name}") for row in found.rows]
        against += [f"{relation} {name}" for name in found.against]
    return Gate(not against, tuple(rows), tuple(against))


def pair_thresholds(pairs: Sequence[PairScore], model: int) -> Thresholds:
    """Thresholds and what is usual, by relation, of pairs in which nothing is one more.

    A relation in which the net is no better than the measure before (`BEFORE`) is left to that.
    """
    import numpy as np

    from vigie.scanning import area_of

    values: dict[str, Threshold] = {}
    levels: dict[str, Level] = {}
    for relation in ("same-container", "same-unit", "same-model"):
        logits = _scores(pairs, relation, model, False)
        if not len(logits):
            continue
        limit = threshold_of(1 / (1 + np.exp(-logits)), "hard" if relation == "same-container" else "clean")
        found = _scores(pairs, relation, model, True)
        if limit.negatives and (not len(found) or area_of({True: found, False: logits}) >= BEFORE[relation]):
            levels[relation] = Level(float(np.median(logits)), float(np.quantile(logits, 0.95)))
            values |= {f"{FindingKind.REFERENCE_DIFFERENCE}/{zone}/{relation}/*": limit for zone in Zone}
    return Thresholds(version=f"pairs-{len(pairs)}", values=values, levels=levels)


def _scores(pairs: Sequence[PairScore], relation: str, model: int, positive: bool) -> "NDArray[float64]":
    import numpy as np

    some = [one.scores[model] for one in pairs if one.relation == relation and bool(one.kind) is positive]
    return np.array(some, np.float64)
