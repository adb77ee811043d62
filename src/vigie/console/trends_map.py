"""Flows of findings for the map: from the country or port they came from to the port they were made in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from vigie.console.places import Places
from vigie.desk.views.trends import Flow

MOST = 40
"""Lines that are drawn, the widest first; more cannot be told apart. The table beside holds all. Source: own figure."""

_COUNTRY = 2


@dataclass(frozen=True, slots=True)
class Mapped:
    """What the map draws. lines: JSON of lines with both ends (longitude, latitude), names and findings. routes, ports:
    How many ends. left_out: Findings that are not drawn.
    """

    lines: str
    routes: int
    ports: int
    left_out: int


def mapped(flows: Sequence[Flow], places: Places) -> Mapped | None:
    """Put flows on the map; None where none can be: a country lies amid its ports of the table, other names nowhere."""
    placed = ((one, _where(one.route, places), places.of(one.port.upper())) for one in flows)
    known = [(one, start, end) for one, start, end in placed if start is not None and end is not None]
    drawn = sorted(known, key=lambda line: -line[0].findings)[:MOST]
    if not drawn:
        return None
    left_out = sum(one.findings for one in flows) - sum(one.findings for one, _, _ in drawn)
    lines = [{"from": start, "to": [end.lon, end.lat], "route": one.route, "port": end.name, "n": one.findings}
             for one, start, end in drawn]  # fmt: skip
    told = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return Mapped(told, len({one.route for one, _, _ in drawn}), len({end.name for _, _, end in drawn}), left_out)


def _where(route: str, places: Places) -> list[float] | None:
    """Where a provenance lies, longitude and latitude."""
    code = route.upper()
    if (port := places.of(code)) is not None:
        return [port.lon, port.lat]
    if len(code) != _COUNTRY:
        return None
    ports = [place for name, place in places.table.items() if name.startswith(code)]
    if not ports:
        return None
    return [round(sum(getattr(one, side) for one in ports) / len(ports), 1) for side in ("lon", "lat")]
