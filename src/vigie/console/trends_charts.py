"""Flows from routes to ports, and shares with intervals, as SVG shapes; the strict policy allows no inline style."""

from collections.abc import Sequence
from dataclasses import dataclass

from vigie.console.charts import WIDTH
from vigie.desk.views.trends import Flow
from vigie.trends import Standing

HEIGHT = 260.0
LEFT, RIGHT = 70.0, 170.0
"""Where flows begin and end, in a view box as wide as other charts; names stand outside."""

MOST = 8
"""Routes and ports that are drawn; the table beside holds all."""

_GAP = 4.0


@dataclass(frozen=True, slots=True)
class End:
    """A route or a port. name; y: Middle of its bar. height: Of the bar. findings: In all that is drawn."""

    name: str
    y: float
    height: float
    findings: int


@dataclass(frozen=True, slots=True)
class Band:
    """One flow. path: Its shape. route, port: Between what. findings: How many."""

    path: str
    route: str
    port: str
    findings: int


@dataclass(frozen=True, slots=True)
class Flows:
    """The picture. routes, ports: Left and right, largest on top. bands: Between them. left_out: Findings not drawn."""

    routes: tuple[End, ...]
    ports: tuple[End, ...]
    bands: tuple[Band, ...]
    left_out: int


def flows(rows: Sequence[Flow]) -> Flows | None:
    """Draw flows as bands, as wide as there are findings; None where there are none."""
    total = sum(one.findings for one in rows)
    if not total:
        return None
    names = [_largest([(getattr(one, side), one.findings) for one in rows]) for side in ("route", "port")]
    shown = [one for one in rows if one.route in names[0] and one.port in names[1]]
    drawn = sum(one.findings for one in shown)
    scale = (HEIGHT - _GAP * MOST) / max(drawn, 1)
    sides = [_ends(names[place], [(getattr(one, side), one.findings) for one in shown], scale)
             for place, side in enumerate(("route", "port"))]  # fmt: skip
    used = [{end.name: end.y - end.height / 2 for end in side} for side in sides]
    order = {end.name: place for place, end in enumerate(sides[1])}
    bands = []
    for one in sorted(shown, key=lambda each: (each.route, order[each.port])):
        wide = one.findings * scale
        a, b = used[0][one.route], used[1][one.port]
        used[0][one.route], used[1][one.port] = a + wide, b + wide
        bands.append(Band(_band(a, b, wide), one.route, one.port, one.findings))
    return Flows(sides[0], sides[1], tuple(bands), total - drawn)


def _largest(rows: Sequence[tuple[str, int]]) -> list[str]:
    sums: dict[str, int] = {}
    for name, count in rows:
        sums[name] = sums.get(name, 0) + count
    return sorted(sums, key=lambda name: (-sums[name], name))[:MOST]


def _ends(names: Sequence[str], rows: Sequence[tuple[str, int]], scale: float) -> tuple[End, ...]:
    ends, top = [], 0.0
    for name in names:
        count = sum(found for each, found in rows if each == name)
        high = count * scale
        ends.append(End(name, round(top + high / 2, 2), round(high, 2), count))
        top += high + _GAP
    return tuple(ends)


def _band(a: float, b: float, wide: float) -> str:
    middle = (LEFT + RIGHT) / 2
    a, b, c, d = (round(each, 2) for each in (a, b, a + wide, b + wide))
    return (f"M{LEFT} {a}C{middle} {a} {middle} {b} {RIGHT} {b}V{d}C{middle} {d} {middle} {c} {LEFT} {c}z")


@dataclass(frozen=True, slots=True)
class Spanned:
    """A share with its interval, in units of the view box; `before` is where it stood."""

    start: float
    width: float
    now: float
    before: float


def shares(standings: Sequence[Standing]) -> tuple[Spanned, ...]:
    """Intervals of shares on one scale, that of the largest."""
    top = max((one.ratio.share_high for one in standings), default=0.0) or 1.0
    scale = (WIDTH - 2) / top
    return tuple(
        Spanned(round(one.ratio.share_low * scale, 2),
                round(max((one.ratio.share_high - one.ratio.share_low) * scale, 1.0), 2),
                round(one.ratio.share_now * scale, 2), round(one.ratio.share_before * scale, 2))
        for one in standings
    )  # fmt: skip
