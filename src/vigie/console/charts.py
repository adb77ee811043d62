"""Small charts as plain SVG shapes: numbers in, rectangles out; the strict policy allows no inline style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH = 240.0
HEIGHT = 60.0
THINNEST = 2.0
GAP = 0.25  # share of a bar's place that stays empty


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, in units of the chart's own view box.

    Attributes:
        x, y, width, height: Where. kind: What it stands for. value: The number itself, for its text.
    """

    x: float
    y: float
    width: float
    height: float
    kind: str = ""
    value: float = 0


def columns(values: Sequence[float], width: float = WIDTH, height: float = HEIGHT) -> tuple[Bar, ...]:
    """Columns side by side, the highest as high as the chart; an empty column keeps a hair's breadth."""
    if not values:
        return ()
    place = width / len(values)
    top = max(max(values), 1)
    return tuple(
        Bar(
            x=round(index * place + place * GAP / 2, 2),
            y=round(height - max(value / top * height, 0.5), 2),
            width=round(place * (1 - GAP), 2),
            height=round(max(value / top * height, 0.5), 2),
            value=value,
        )
        for index, value in enumerate(values)
    )


def stacked(parts: Mapping[str, float], whole: float, width: float = WIDTH) -> tuple[Bar, ...]:
    """One lying bar in parts; what the parts do not fill is `free`."""
    whole = max(whole, sum(parts.values()), 1)
    bars: list[Bar] = []
    left = 0.0
    for kind, value in parts.items():
        if value > 0:
            bars.append(Bar(round(left, 2), 0, round(value / whole * width, 2), 1, kind, value))
            left += value / whole * width
    if width - left > 0.01:
        bars.append(Bar(round(left, 2), 0, round(width - left, 2), 1, "free", whole - sum(parts.values())))
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class Fall:
    """One step of a waterfall, on a common scale of 0 to `WIDTH`; `zero` is where every box starts."""

    start: float
    width: float
    zero: float
    kind: str


def waterfall(start: int, steps: Sequence[int], total: int) -> tuple[Fall, ...]:
    """The sum of a score drawn as steps away from where every box starts: the start, every addend, the total.

    Args:
        start: Where every box starts, log-odds in thousandths; drawn as a mark, for the sum is about what moves it.
        steps: What each reason (and at last the bounds) adds.
        total: Where it ends.
    """
    level = start
    spans: list[tuple[int, int, str]] = [(start, start, "base")]
    for step in steps:
        spans.append((level, level + step, "up" if step >= 0 else "down"))
        level += step
    spans.append((start, total, "sum"))
    low = min(min(a, b) for a, b, _ in spans)
    high = max(max(a, b) for a, b, _ in spans)
    scale = (WIDTH - THINNEST) / max(high - low, 1)
    zero = round((start - low) * scale, 2)
    return tuple(
        Fall(round((min(a, b) - low) * scale, 2), round(max(abs(b - a) * scale, THINNEST), 2), zero, kind)
        for a, b, kind in spans
    )
