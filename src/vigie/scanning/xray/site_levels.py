"""What is usual on a site's own scanner: its clean pictures with harmless blocks laid over, judged by a model."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vigie.scanning.xray.finding import FindingKind, Zone, Zones
from vigie.scanning.xray.grid import Grid, seen
from vigie.scanning.xray.heat import HeatModel, logits_of
from vigie.scanning.xray.scan import Scan
from vigie.scanning.xray.spots import parts_told
from vigie.scanning.xray.teaching_lessons import DENSITY_STEP, Lesson, lesson
from vigie.scanning.xray.teaching_projecting import Patch, projected
from vigie.scanning.xray.triage import NEVER, Level, Thresholds, threshold_of
from vigie.scanning.xray.zones import find_zones

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray


BLOCKS = (1, 3)
"""Harmless blocks laid over a picture on which is counted, from and to: as hard negatives hold (parameters.toml)."""


class Background(Struct, frozen=True):
    """A clean picture of a site: its lesson, and where its parts are."""

    lesson: Lesson
    zones: Zones


def backgrounds_of(scans: Iterable[Scan]) -> list[Background]:
    """Backgrounds of clean scans; those without a container are left out."""
    made = []
    for scan in scans:
        zones = find_zones(scan)
        if zones.container is not None:
            made.append(Background(lesson(scan, zones.container, (), (), zones.doors_at), zones))
    return made


def parts_on(
    models: Sequence[HeatModel], site: Sequence[Background], seed: int, blocks: Sequence[Patch],
    threats: Sequence[Patch] = (),
) -> list[list[dict[str, float]]]:  # fmt: skip
    """What models say of a site's pictures, each with harmless blocks laid over, and with a threat where there are any.

    Args:
        blocks: Of another making than those that were learnt from, or what is counted is too small.

    Returns:
        For each picture, for each model, the logit of each part.
    """
    import numpy as np

    draw = np.random.default_rng([seed, 17])
    made = []
    for each in site:
        given = each.lesson
        for _ in range(int(draw.integers(BLOCKS[0], BLOCKS[1] + 1))):
            given = projected(given, blocks[int(draw.integers(len(blocks)))], draw)
        if threats:
            given = projected(given, threats[int(draw.integers(len(threats)))], draw)
        made.append([parts_in(model, given, each.zones) for model in models])
    return made


def parts_in(model: HeatModel, given: Lesson, zones: Zones) -> dict[str, float]:
    """The logit of each part of a lesson."""
    import numpy as np

    residual = None if given.residual is None else given.residual.astype(np.float32)
    grid = Grid((0, 0, 0, 0), given.density.astype(np.float32) * np.float32(DENSITY_STEP), residual)
    return parts_told(logits_of(model, seen(grid, given.doors_at), grid), zones)


def site_thresholds(told: Sequence[dict[str, float]]) -> Thresholds:
    """Thresholds and what is usual in each part, of a site's pictures; none on fewer than 100."""
    found = part_thresholds(told, "site", f"site-{len(told)}")
    return replace(found, values={name: limit for name, limit in found.values.items() if limit.negatives})


def part_thresholds(told: Sequence[dict[str, float]], against: str, version: str) -> Thresholds:
    """Thresholds of bricks and what is usual, of each part of pictures without any; against: which those are."""
    import numpy as np

    held: dict[str, list[float]] = {}
    for parts in told:
        for part, value in parts.items():
            held.setdefault(part, []).append(value)
    values, levels = {}, {}
    for part, some in held.items():
        logits = np.array(some)
        levels[part] = Level(float(np.median(logits)), float(np.quantile(logits, 0.95)))
        values[f"{FindingKind.BRICK_LATTICE}/{Zone(part)}/*/*"] = threshold_of(1 / (1 + np.exp(-logits)), against)
    return Thresholds(version=version, values=values, levels=levels)


def shifted(
    home: Thresholds, before: Sequence[dict[str, float]], after: Sequence[dict[str, float]], scanner: str = ""
) -> Thresholds:
    """Thresholds of another scanner, moved by as much as harmless pictures score higher here than there.

    Args:
        home: As they were counted there. before, after: What the old model says of pictures there, and the new one of
            the site's, the same blocks laid over both; by parts.
        scanner: The one that they hold for; empty for any.

    Returns:
        Those of bricks in parts that both show; rates are those that were counted at home. For one scanner those of
        home stand beside them for all others, and no foreign block alarms on it: how often was not counted there.
    """
    import numpy as np

    moved = {
        part: float(np.median([each[part] for each in after if part in each]))
        - float(np.median([each[part] for each in before if part in each]))
        for part in {name for each in after for name in each} & {name for each in before for name in each}
    }

    def at(score: float, by: float) -> float:
        odds = min(max(score, 1e-9), 1 - 1e-9)
        return float(1 / (1 + np.exp(-np.log(odds / (1 - odds)) - by)))

    values = {}
    for part, by in moved.items():
        name = f"{FindingKind.BRICK_LATTICE}/{Zone(part)}/*/*"
        if name in home.values:
            held = home.values[name]
            own = f"{FindingKind.BRICK_LATTICE}/{Zone(part)}/*/{scanner or '*'}"
            values[own] = replace(held, look=at(held.look, by), first=at(held.first, by), against="site")
    if scanner and values:
        blocks = [name for name in home.values if name.startswith(FindingKind.FOREIGN_BLOCK) and name.endswith("/*")]
        values = {**home.values, **{name.removesuffix("*") + scanner: NEVER for name in blocks}, **values}
    return Thresholds(version=f"{home.version}+site-{len(after)}", values=values)


def hottest_of(told: Sequence[Sequence[dict[str, float]]], model: int) -> "NDArray[float64]":
    """The hottest part of each picture, of one of the models."""
    import numpy as np

    return np.array([max(each[model].values()) for each in told])
