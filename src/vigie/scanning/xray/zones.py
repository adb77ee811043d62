"""Where the container stands in the picture, and its parts: found from the picture, before anything is judged."""

from typing import TYPE_CHECKING, Any

from vigie.scanning.xray.finding import Box, Zone, Zones
from vigie.scanning.xray.grid import gridded
from vigie.scanning.xray.scan import Scan, Travel

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

CELL_MM = 40.0
"""Pitch at which the container is looked for: two sheets of its wall stand out, single pixels of noise do not."""
STEEPEST, SLOPES = 0.04, 33
"""Greatest slope of a container that does not stand level, a little over 2 degrees, and how many are tried (own)."""
STEEPER = 1.15
"""A slope counts where so many times more columns agree on an upper edge with it than without (own)."""
OVER_MM = 3000.0
"""Longest thing on an upper edge that parts no container in two: a quarter of a 40-foot box (own)."""
MATTER = 1.0
"""g/cm²: more than air and its noise, less than two walls of 1.6 mm of steel (2.5 g/cm²)."""
HEIGHTS_MM = (2591.0, 2896.0)
LENGTHS_MM = (6058.0, 12192.0, 13716.0)
"""Outer measures. Source: ISO 668 (1C, 1A, 1AA, 1AAA, 1EEE)."""
DOORS_MM = 1500.0
"""Depth of the zone behind the doors. Source: issue 4."""
LOWEST_MM = 2200.0
"""An upper edge has at least this much of the picture below it: less than the height of any container on the ground."""
ROOF_MM = 550.0
FLOOR_MM = 350.0
"""Height of the zones below the upper and above the lower edge: false ceiling and floor with what they hide, and how
much near and far wall stand apart in a fan of rays (sources 7 to 10 m away and 1.4 to 2 m high)."""
SILL = 4
"""Cells from the darkest line of the floor to the lower edge: cross members."""
BEAM_G_CM2 = 50.0
"""Two webs of 30 mm of steel: a chassis's long beams hold less, goods that stand on a floor mostly more (own)."""
EVEN, EVENLY, ALIKE, FLOOR_ROWS = 3, 0.08, 0.2, 6
"""Rows that a chassis's beam is high at least, shares within which its rows and its columns are even, and how far above
the joint the floor ends at most, in cells (own)."""
REEFER_MM = 700.0
"""Depth of the machinery at the front of a reefer container: unit, evaporator and fan deck (own, 0.4 to 0.7 m)."""
UNIT_G_CM2 = (12.0, 38.0)
"""Mean areal density of a reefer's machinery, seen over its width (own; no maker publishes a picture)."""
BLACK = 0.02
"""Share of columns or rows without any light from which a strip is told."""


def find_zones(scan: Scan) -> Zones:
    """Find the container and its parts.

    The upper edge is the height at which most columns first meet matter; the container is the longest run of columns
    that agree on it. Its lower edge is the darkest line at the height of a container's floor below that.
    """
    rows, columns = scan.high.shape
    field = gridded(scan, (0, 0, columns, rows), grid_mm=CELL_MM, dual=False).density
    doubt = list(_faults(scan))
    found, more = _container(field)
    doubt += more
    if found is None:
        return Zones(container=None, doubt=tuple(doubt))
    down, along = rows / field.shape[0], columns / field.shape[1]
    left, top, right, bottom = found
    box = (round(left * along), round(top * down), round((right - left) * along), round((bottom - top) * down))
    box = _within(box, columns, rows)
    cold = _is_reefer(field[top:bottom, left:right], scan.facts.travel)
    doors_at = _doors(scan.facts.travel, cold)
    return Zones(
        container=box,
        areas=_areas(box, scan, doors_at, cold, rows),
        doors_at=doors_at,
        doubt=tuple(dict.fromkeys(doubt)),
    )


def whole_picture(zones: Zones, scan: Scan) -> Zones:
    """The same; where no container was found, all of the picture takes its place, so that something is looked at."""
    if zones.container is not None:
        return zones
    rows, columns = scan.high.shape
    box = (0, 0, columns, rows)
    return Zones(container=box, areas=((Zone.INTERIOR, box),), doors_at=zones.doors_at, doubt=zones.doubt)


def _within(box: Box, columns: int, rows: int) -> Box:
    left, top = max(0, box[0]), max(0, box[1])
    return left, top, min(box[2], columns - left), min(box[3], rows - top)


def _container(field: "Floats") -> "tuple[tuple[int, int, int, int] | None, list[str]]":
    """Left, top, right and bottom in cells, and what is doubtful; one that is not level is set upright first."""
    import numpy as np

    fall = _fall(field)
    if not fall.any():
        return _upright(field)
    rows = np.arange(field.shape[0])[:, None] + fall
    found, doubt = _upright(np.take_along_axis(field, np.clip(rows, 0, field.shape[0] - 1), 0))
    if found is None:
        return found, doubt
    left, top, right, bottom = found
    moved = fall[left:right]
    return (left, max(0, top + int(moved.min())), right, min(field.shape[0], bottom + int(moved.max()))), doubt


def _fall(field: "Floats") -> Any:
    """By how many cells the upper edge lies lower in each column than where it is highest; 0 where it is level."""
    import numpy as np

    there = field > MATTER
    firm = there[:-2] & there[1:-1] & there[2:]
    across = np.arange(field.shape[1])
    known = firm.any(0)
    level = np.zeros(field.shape[1], np.int64)
    if not known.any():
        return level
    upper, where = firm.argmax(0)[known], across[known]

    def agreeing(slope: float) -> int:
        set_right = upper - np.round(slope * where).astype(np.int64)
        return int(np.convolve(np.bincount(set_right - set_right.min()), np.ones(3), "same").max())

    now = agreeing(0.0)
    if now > 0.9 * len(upper):
        return level
    slopes = np.linspace(-STEEPEST, STEEPEST, SLOPES)
    counts = [agreeing(float(slope)) for slope in slopes]
    best = int(np.argmax(counts))
    if counts[best] < STEEPER * now or counts[best] * CELL_MM < 0.5 * LENGTHS_MM[0]:
        return level
    fall = np.round(slopes[best] * across).astype(np.int64)
    return fall - fall.min()


def _upright(field: "Floats") -> "tuple[tuple[int, int, int, int] | None, list[str]]":
    """As `_container`, of a picture in which it stands level."""
    import numpy as np

    there = field > MATTER
    firm = there[:-2] & there[1:-1] & there[2:]
    any_there = firm.any(0)
    if any_there.mean() < 0.1:
        return None, ["no-container"]
    upper = np.where(any_there, firm.argmax(0), -99)
    upper[(field.shape[0] - upper) * CELL_MM < LOWEST_MM] = -99  # the ground, a trailer without box
    top, runs = _level(upper, firm)
    if top is None:
        return None, ["no-container"]
    left, right = max(runs, key=lambda run: run[1] - run[0])
    if (right - left) * CELL_MM < 0.85 * LENGTHS_MM[0]:
        tall = (field.shape[0] - top) * CELL_MM > 2000
        return None, ["truck-only" if tall else "no-container"]
    doubt = []
    if sum((end - start) * CELL_MM > 0.85 * LENGTHS_MM[0] for start, end in runs) > 1:
        doubt.append("two-containers")
    if left <= 1 or right >= field.shape[1] - 1:
        doubt.append("cut-off")
    bottom = _floor(field, left, top, right)
    if (bottom - top) * CELL_MM < 0.4 * HEIGHTS_MM[0]:
        return None, ["no-container"]
    if (bottom - top) * CELL_MM < 0.8 * HEIGHTS_MM[0]:
        doubt.append("cut-off")
    return (left, top, right, bottom), list(dict.fromkeys(doubt))


def _level(upper: Any, firm: Any) -> "tuple[int | None, list[tuple[int, int]]]":
    """The height on which most columns agree, and the runs of columns that agree.

    Gaps to 0.3 m are bridged, and those to `OVER_MM` in which something stands on the edge and matter goes on below.
    """
    import numpy as np
    from scipy.ndimage import binary_closing, label

    counts = np.bincount(upper[upper >= 0], minlength=1)
    near = np.convolve(counts, np.ones(3), "same")
    if near.max() * CELL_MM < 0.5 * LENGTHS_MM[0]:
        return None, []
    top = int(near.argmax())
    same = np.abs(upper - top) <= 2
    same = binary_closing(np.pad(same, 8), np.ones(7))[8:-8] & (upper >= 0)
    names, many = label(~same & (upper >= 0) & (upper < top) & firm[max(0, top - 1) : top + 4].any(0))
    for where in (np.flatnonzero(names == n + 1) for n in range(many)):
        inside = where[0] > 0 and where[-1] + 1 < len(same) and same[where[0] - 1] and same[where[-1] + 1]
        same[where] |= inside and len(where) * CELL_MM <= OVER_MM
    names, many = label(same)
    runs = [(int(where[0]), int(where[-1]) + 1) for where in (np.flatnonzero(names == n + 1) for n in range(many))]
    top = int(np.median(upper[same])) if same.any() else top
    return top, [run for run in runs if run[1] - run[0] >= 10]


def _floor(field: "Floats", left: int, top: int, right: int) -> int:
    """The row below the floor.

    Of the rows at a container's height, the last where even light columns end in much less matter: below the floor
    there are two beams and wheels. Seen from near the ground the near wall's upper edge stands up to 0.5 m too high.
    """
    import numpy as np

    end = int(field.shape[0])
    first, last = top + round(2100 / CELL_MM), min(top + round(3250 / CELL_MM), end)
    if last - first < 3:
        return end
    light = np.percentile(field[first : last + 3, left:right], 15, axis=1)
    on = np.pad(light, (0, last + 3 - min(last + 3, end)), mode="edge")  # a picture may be cut just below the floor
    many = last - first
    drop = on[:many] - np.max([on[k : many + k] for k in (1, 2, 3)], axis=0)
    if drop.max() <= MATTER:  # matter down to the picture's edge: cut tight, or the ground
        return end
    row = first + int(np.flatnonzero(drop >= 0.85 * drop.max())[-1])
    higher = first + _above_beam(field[first:, left:right], light, drop, row - first)
    if (higher + 1 + SILL - top) * CELL_MM > HEIGHTS_MM[0] - 3 * CELL_MM:  # no container is lower: even goods were met
        row = higher
    return int(min(row + 1 + SILL, end))


def _above_beam(part: "Floats", light: "Floats", drop: "Floats", row: int) -> int:
    """The floor's row where the one found is the lower edge of a chassis's long beams; else the same.

    Such a beam is a height of even matter, with a dip (the joint to the container) and the floor's own end above it.
    """
    import numpy as np

    for flange in (0, 1, 2):
        even = light[max(0, row - flange - EVEN) : row - flange]
        if len(even) == EVEN and np.ptp(even) < EVENLY * even.mean() and even.mean() < BEAM_G_CM2:
            break
    else:
        return row
    at = row - flange - EVEN
    while at > 0 and abs(light[at - 1] - even.mean()) < EVENLY * even.mean():
        at -= 1
    dip = max(0, at - 3)
    if at <= dip or light[dip:at].min() > 0.7 * even.mean():
        return row
    joint = dip + int(light[dip:at].argmin())
    beam = part[row - flange - EVEN : row - flange]
    alike = np.abs(beam - np.median(beam, axis=1, keepdims=True)) < ALIKE * np.median(beam)
    if alike.mean() < 0.6:  # goods that end on the floor
        return row
    ends = np.flatnonzero(drop[max(0, joint - FLOOR_ROWS) : joint] > MATTER)
    return max(0, joint - FLOOR_ROWS) + int(ends[0]) if ends.size else row


def _is_reefer(field: "Floats", travel: Travel) -> str:
    """Where the machinery of a reefer unit stands, "left" or "right", or nothing.

    Machinery fills the end from floor to roof, is uneven, and neither as dense as goods that stand there nor as thin as
    an empty end. Known doors leave one end to look at.
    """
    import numpy as np

    width = max(3, round(450 / CELL_MM))
    part = field[round(field.shape[0] * 0.2) : -8]
    if min(part.shape) < width + 2:
        return ""
    ends = {"left": part[:, 1 : 1 + width], "right": part[:, -1 - width : -1]}
    ends.pop({Travel.DOORS_FIRST: "left", Travel.FRONT_FIRST: "right"}.get(travel, ""), None)

    def like(end: Any) -> bool:
        middle, by_row = float(end.mean()), end.mean(1)
        uneven = float(np.abs(np.diff(end, axis=0)).mean() + np.abs(np.diff(end, axis=1)).mean()) / 3.0
        low, high = UNIT_G_CM2
        return low < middle < high and uneven > 0.13 * middle and float(by_row.std()) < 0.6 * middle

    found = [name for name, end in ends.items() if like(end)]
    return found[0] if len(found) == 1 else ""


def _doors(travel: Travel, cold: str) -> str:
    if travel is Travel.DOORS_FIRST:
        return "left"
    if travel is Travel.FRONT_FIRST:
        return "right"
    return {"left": "right", "right": "left"}.get(cold, "unknown")


def _areas(box: Box, scan: Scan, doors_at: str, cold: str, rows: int) -> tuple[tuple[Zone, Box], ...]:
    left, top, width, height = box
    across, down = scan.facts.column_mm, scan.facts.row_mm
    deep = min(width, round(DOORS_MM / across))
    unit = min(width, round(REEFER_MM / across))
    roof, floor = min(height, round(ROOF_MM / down)), min(height, round(FLOOR_MM / down))
    areas = [(Zone.INTERIOR, box), (Zone.ROOF, (left, top, width, roof)),
             (Zone.FLOOR, (left, top + height - floor, width, floor))]  # fmt: skip
    if doors_at != "unknown":
        areas.append((Zone.DOORS, (left if doors_at == "left" else left + width - deep, top, deep, height)))
    if cold:
        areas.append((Zone.REEFER, (left if cold == "left" else left + width - unit, top, unit, height)))
    if top + height < rows:
        areas.append((Zone.CHASSIS, (left, top + height, width, rows - top - height)))
    return tuple(areas)


def _faults(scan: Scan) -> tuple[str, ...]:
    """What is wrong with the picture as a whole."""
    import numpy as np

    told = []
    thin = np.ascontiguousarray(scan.high[::4, ::4])
    dark = thin <= max(1, scan.facts.dark[0])
    if any((np.count_nonzero(dark, axis) > 0.98 * dark.shape[axis]).mean() > BLACK for axis in (0, 1)):
        told.append("black-strips")
    if np.count_nonzero(thin >= 65_535) > 0.02 * thin.size:
        told.append("saturated")
    if scan.low is None:
        told.append("no-low-energy")
    elif len(scan.facts.air) > 1:
        high, low = (np.divide(each, np.float32(air), dtype=np.float32)
                     for each, air in zip((thin, scan.low[::4, ::4]), scan.facts.air, strict=False))  # fmt: skip
        goods = (high > 0.05) & (high < 0.6)
        if np.count_nonzero(goods & (low - high > 0.01)) > 0.5 * np.count_nonzero(goods):  # the median of goods
            told.append("low-high-swapped")  # less matter at the lower energy than at the higher
    return tuple(told)
