"""Teaching the demo model from the simulator, from drawing its lessons to the files that run and their card."""

import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from vigie.node.scanning_blocks import COUNTED, block_thresholds
from vigie.node.scanning_lessons import demo_lessons
from vigie.scanning import (
    Card,
    Frozen,
    Gate,
    HeatModel,
    Recipe,
    Scan,
    find_zones,
    gridded,
    hottest_of,
    joined,
    logits_of,
    part_thresholds,
    parts_told,
    seen,
    whole_picture,
)

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Told = Callable[[str, int, int], None]
NOT_FOR_OPERATION = "simulated, not for operation"
CHOOSE = 400
"""Pictures of the split `choose` on which thresholds are counted and the 8-bit form earns its place: all of them."""


class Made(Struct, frozen=True):
    """What teaching gives. full, small: ONNX in 32 and 8 bits; small is empty where it cost too much."""

    full: bytes
    small: bytes
    card: Card


class Picture(Struct, frozen=True):
    """One picture that was judged. positive: Whether it hides something. parts: Logits by part, of each model."""

    positive: bool
    parts: tuple[dict[str, float], ...]


def teach_demo(recipe: Recipe, told: Told = lambda *_: None, choose: int = 0) -> Made:
    """Teach as a recipe says, on the simulator's split `train`.

    Args:
        told: Hears what is done, how far it is and of how much.
        choose: Pictures of the split `choose` to count thresholds on; 0 takes `CHOOSE`.

    Raises:
        ModuleNotFoundError: torch or onnx is not installed (`pip install 'vigie[train]'`).
    """
    from vigie.node.scanning_bags import drawn_patches
    from vigie.scanning import export_heat, patches_of, teach

    began = time.process_time()
    lessons = demo_lessons(recipe.pictures, lambda done, of: told("lessons", done, of))

    def heard(step: str, done: int, of: int, loss: float) -> None:
        told(f"{step} loss {loss:.3f}", done, of)

    net = teach(lessons, recipe, heard, patches=[*patches_of(lessons), *drawn_patches(recipe.drawn)])
    facts = {"use": NOT_FOR_OPERATION, "recipe": recipe.name, "seed": str(recipe.seed)}
    full, small = export_heat(net, lessons, facts)
    return weighed(full, small, recipe, time.process_time() - began, told, choose or CHOOSE)


def weighed(full: bytes, small: bytes, recipe: Recipe, cpu_s: float, told: Told, choose: int = CHOOSE) -> Made:
    """Count thresholds of a model on the split `choose`, and let its 8-bit form earn its place."""
    from vigie.scanning import area_of, eight_bits_earned

    pictures = judged([HeatModel(full), HeatModel(small)], choose, told)
    harmless = [one for one in pictures if not one.positive]
    limits = [part_thresholds([one.parts[n] for one in harmless], "hard", f"choose-{len(harmless)}") for n in (0, 1)]
    areas = [area_of({kind: _scores(pictures, n, kind) for kind in (True, False)}) for n in (0, 1)]
    keep = eight_bits_earned(areas[0], areas[1])
    blocks = block_thresholds(HeatModel(small if keep else full), min(choose, COUNTED), told)
    card = Card(
        name=f"scan-heat-{recipe.name}", use=NOT_FOR_OPERATION, recipe=recipe.name, seed=recipe.seed,
        pictures=recipe.pictures, steps=recipe.steps,
        full=sha256(full).hexdigest(),
        small=sha256(small).hexdigest() if keep else "", thresholds=joined(limits[1 if keep else 0], blocks),
        measured={"split": "choose", "pictures": len(pictures), "auc": round(areas[0], 4),
                  "auc_8_bits": round(areas[1], 4)},
        cpu_seconds=round(cpu_s),
    )  # fmt: skip
    return Made(full, small if keep else b"", card)


def judged(models: Sequence[HeatModel], many: int, told: Told) -> list[Picture]:
    """Judge pictures of the split `choose`, hard negatives among them, which no model has seen."""
    from vigie.world import example

    found = []
    for number in range(many):
        drawn = example("choose", number)
        found.append(Picture(drawn.positive, tuple(_parts(drawn.view.scan, model) for model in models)))
        if number % 50 == 49:
            told("thresholds", number + 1, many)
    return found


def _parts(scan: Scan, model: HeatModel) -> dict[str, float]:
    zones = whole_picture(find_zones(scan), scan)
    grid = gridded(scan, zones.container or (0, 0, 1, 1))
    return parts_told(logits_of(model, seen(grid, zones.doors_at), grid), zones)


def _scores(pictures: Sequence[Picture], model: int, positive: bool) -> "NDArray[float64]":
    """As `read_scan` orders them: by the hottest place, wherever it lies."""
    return hottest_of([one.parts for one in pictures if one.positive is positive], model)


def compared(old: HeatModel, new: HeatModel, many: int = CHOOSE, told: Told = lambda *_: None) -> Gate:
    """Hold a challenger against the champion on the frozen set, the split `choose`, by their hottest places."""
    from vigie.scanning import gate
    from vigie.world import example

    frozen = []
    for number in range(many):
        drawn = example("choose", number)
        scores = [max(_parts(drawn.view.scan, model).values()) for model in (old, new)]
        frozen.append(Frozen(drawn.view.hidden[0].concealment if drawn.view.hidden else "", *scores))
        if number % 50 == 49:
            told("frozen", number + 1, many)
    return gate(frozen)
