"""From a heat map to findings: the hottest spot of each kind in each part of the container."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from vigie.scanning.xray.finding import Box, Finding, FindingKind, Heat, Zone, Zones
from vigie.scanning.xray.heat import smoothed
from vigie.scanning.xray.triage import Threshold, Thresholds

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

FIRST_COME = (Zone.REEFER, Zone.DOORS, Zone.FLOOR, Zone.ROOF, Zone.INTERIOR)
"""A place belongs to the most special part that holds it."""
BRICKS, BLOCKS = 0, 1


class Spot(Struct, frozen=True):
    """The hottest spot of a part. score: 0 to 1. box: In pixels of the picture."""

    zone: Zone
    score: float
    box: Box


def parts_of(shape: tuple[int, ...], zones: Zones) -> "NDArray[Any]":
    """For each place of a map over the container, which part of `FIRST_COME` it belongs to."""
    import numpy as np

    made = np.full(shape, FIRST_COME.index(Zone.INTERIOR), np.int8)
    for number in range(len(FIRST_COME) - 1, -1, -1):
        if (where := _places(FIRST_COME[number], shape, zones)) is not None:
            made[where] = number
    return made


def _places(zone: Zone, shape: tuple[int, ...], zones: Zones) -> tuple[slice, slice] | None:
    """Rows and columns of a map over the container that a part reaches over, those of more special parts included."""
    box, (left, top, width, height) = zones.area(zone), zones.container or (0, 0, 1, 1)
    if box is None:
        return None
    down, along = shape[0] / height, shape[1] / width
    first, above = round((box[0] - left) * along), round((box[1] - top) * down)
    return slice(max(0, above), round(above + box[3] * down)), slice(max(0, first), round(first + box[2] * along))


def spots_of(logits: "Floats", zones: Zones) -> tuple[Spot, ...]:
    """The hottest spot of each part.

    Args:
        logits: One map over the container, cut to its rows and columns.
    """
    import numpy as np

    parts, whole = parts_of(logits.shape, zones), smoothed(logits)
    everywhere, found = (slice(0, logits.shape[0]), slice(0, logits.shape[1])), []
    for number, zone in enumerate(FIRST_COME):
        where = everywhere if zone is Zone.INTERIOR else _places(zone, logits.shape, zones)
        inside = parts[where] == number if where is not None else np.zeros(0, bool)
        if where is None or not inside.any():
            continue
        flat = whole[where]
        part = np.where(inside, flat, np.float32(-20))
        row, column = np.unravel_index(int(part.argmax()), part.shape)
        score = float(1 / (1 + np.exp(-_mean_logit(flat[inside]))))
        corner = where[0].start, where[1].start
        found.append(Spot(zone, score, _box(part, int(row), int(column), zones, logits.shape, corner)))
    return tuple(found)


def parts_told(logits: "Floats", zones: Zones, spots: Sequence[Spot] | None = None) -> dict[str, float]:
    """The logit of bricks in each part.

    Args:
        spots: `spots_of` the bricks, where that was asked already.
    """
    import math

    spots = spots_of(logits[BRICKS], zones) if spots is None else spots
    return {each.zone.value: math.log(max(each.score, 1e-9) / max(1 - each.score, 1e-9)) for each in spots}


def _mean_logit(values: Any) -> float:
    import numpy as np

    many = min(40, values.size)
    best = np.partition(values, -many)[-many:]
    return 0.5 * (float(best.max()) + float(best.mean()))


def _box(
    part: Any, row: int, column: int, zones: Zones, shape: tuple[int, ...], corner: tuple[int, int]
) -> Box:  # fmt: skip
    """What is about as hot as a peak and touches it, in pixels of the picture; `part` begins at `corner` of the map."""
    from scipy.ndimage import find_objects, label

    peak = float(part[row, column])
    hot = part >= min(peak - 0.5, max(peak - 2.0, 0.0))
    rows = _run(hot.any(1), row)
    columns = _run(hot[rows].any(0), column)
    names, many = label(hot[rows, columns])
    found = find_objects(names, many)[int(names[row - rows.start, column - columns.start]) - 1]
    above, first = corner[0] + rows.start + found[0].start, corner[1] + columns.start + found[1].start
    left, top, width, height = zones.container or (0, 0, shape[1], shape[0])
    down, along = height / shape[0], width / shape[1]
    return (
        round(left + first * along), round(top + above * down),
        max(1, round((found[1].stop - found[1].start) * along)),
        max(1, round((found[0].stop - found[0].start) * down)),
    )  # fmt: skip


def _run(there: Any, at: int) -> slice:
    """The run of true values around one of them."""
    import numpy as np

    gaps = np.flatnonzero(~there)
    after = int(np.searchsorted(gaps, at))
    return slice(int(gaps[after - 1]) + 1 if after else 0, int(gaps[after]) if after < gaps.size else there.size)


def findings_of(
    spots: Sequence[Sequence[Spot]], thresholds: Thresholds, commodity: str, scanner: str
) -> list[tuple[Finding, Threshold]]:
    """Findings of both heads with their thresholds; a foreign block is told only where it is no lattice of bricks.

    Args:
        spots: `spots_of` each head.
    """
    made = []
    for head, kind in ((BRICKS, FindingKind.BRICK_LATTICE), (BLOCKS, FindingKind.FOREIGN_BLOCK)):
        for spot in spots[head]:
            limit = thresholds.of(kind, spot.zone, commodity, scanner)
            made.append((found(kind, spot.zone, spot.box, spot.score, limit), limit))
    return made


def found(kind: FindingKind, zone: Zone, box: Box, score: float, limit: Threshold, **more: Any) -> Finding:
    """A finding under its threshold."""
    return Finding(
        kind=kind, zone=zone, box=box, score=score, threshold=limit.look, false_alarm_rate=limit.look_rate,
        negatives=limit.negatives, against=limit.against, **more,
    )  # fmt: skip


def heat_of(logits: "Floats", zones: Zones) -> Heat:
    """The map of the bricks as 0 to 255."""
    import numpy as np

    share = 1.0 / (1.0 + np.exp(-logits[BRICKS]))
    box = zones.container or (0, 0, 1, 1)
    return Heat(box, share.shape[0], share.shape[1], np.round(share * 255).astype(np.uint8).tobytes())
