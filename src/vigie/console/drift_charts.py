"""Lines over weeks as SVG paths: rates in, path texts out; the strict policy allows no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass

from vigie.console.charts import HEIGHT, WIDTH
from vigie.desk.views import DriftView
from vigie.risk import Point, WeekRow

_PAD = 2.0


@dataclass(frozen=True, slots=True)
class Lines:
    """Paths of one chart, in its own view box. top: The rate at the upper edge. alarms: Where a week alarms, x."""

    rate: str
    band: str
    limit: str
    top: float
    alarms: tuple[float, ...] = ()


def path(values: Sequence[float | None], top: float) -> str:
    """A line through the values; a gap where there is none, a dash where one stands alone."""
    parts, pen = [], False
    for place, value in enumerate(values):
        if value is None:
            pen = False
            continue
        x, y = _at(place, value, len(values), top)
        parts.append(f"{'L' if pen else 'M'}{x} {y}")
        if not pen:
            parts.append(f"h{0.6}")
        pen = True
    return "".join(parts)


def _at(place: int, value: float, count: int, top: float) -> tuple[float, float]:
    x = _PAD + place * (WIDTH - 2 * _PAD) / max(count - 1, 1)
    return round(x, 2), round(HEIGHT - _PAD - min(value / top, 1.0) * (HEIGHT - 2 * _PAD), 2)


def area(low: Sequence[float | None], high: Sequence[float | None], top: float) -> str:
    """The surface between two lines, over the weeks that have both."""
    pairs = enumerate(zip(low, high, strict=True))
    known = [(place, a, b) for place, (a, b) in pairs if a is not None and b is not None]
    if not known:
        return ""
    there = [_at(place, b, len(low), top) for place, _, b in known]
    back = [_at(place, a, len(low), top) for place, a, _ in reversed(known)]
    return "M" + "L".join(f"{x} {y}" for x, y in (*there, *back)) + "z"


def precision(weeks: Sequence[WeekRow]) -> Lines:
    """Precision of exploitation with its interval, and the upper bound of chance."""
    said = [row if row.precision is not None else None for row in weeks]
    bounds = [row.chance_high if row.chance_high < 1.0 else None for row in weeks]
    peaks = [row.precision or 0.0 for row in weeks] + [bound or 0.0 for bound in bounds]
    top = max(peaks, default=0.0) * 1.25 or 1.0
    low, high = ([getattr(row, name) if row else None for row in said] for name in ("low", "high"))
    marks = tuple(_at(place, 0, len(weeks), top)[0] for place, row in enumerate(weeks) if row.alarm)
    return Lines(path([row.precision if row else None for row in said], top), area(low, high, top), path(bounds, top),
                 top, marks)  # fmt: skip


def chart(points: Sequence[Point]) -> Lines:
    """A control chart: the rate, its limits where there are any, and the weeks that alarm."""
    top = max((max(point.rate or 0.0, point.high or 0.0) for point in points), default=0.0) * 1.1 or 1.0
    marks = tuple(_at(place, 0, len(points), top)[0] for place, point in enumerate(points) if point.alarm)
    return Lines(
        path([point.rate for point in points], top),
        area([point.low for point in points], [point.high for point in points], top), "", top, marks,
    )  # fmt: skip


def spans(view: DriftView) -> tuple[tuple[float, float, float], ...]:
    """The interval of each stratum on a common scale: start, width, place of the rate, in units of the view box."""
    top = max((row.high for row in view.strata if row.n), default=1.0) or 1.0
    scale = WIDTH / top
    return tuple(
        (round(row.low * scale, 2), round(max((row.high - row.low) * scale, 1.0), 2),
         round((row.rate or 0.0) * scale, 2)) if row.n else (0.0, 0.0, 0.0)
        for row in view.strata
    )  # fmt: skip
