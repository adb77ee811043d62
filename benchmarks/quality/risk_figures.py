"""The shape of a quality figure, and what all of them say about themselves."""

from dataclasses import dataclass
from typing import Any

from vigie.risk import exact

INNER = "inner split, not the acceptance part"
GIVEN = "as given on the command line"


@dataclass(frozen=True, slots=True)
class Run:
    """One run: its seed, its command as typed, which rows were judged, and whether a loose short run was asked for."""

    seed: int = 1
    command: str = "python -m benchmarks.quality.risk"
    part: str = GIVEN
    quick: bool = False


def figure(run: Run, name: str, value: float, bounds: tuple[float, float], n: int, **more: Any) -> dict[str, Any]:
    """A figure. bounds: 95 %. n: Rows judged, or positives. more: unit, target, floor, peer, peer_value and the rest."""
    made: dict[str, Any] = {
        "name": name, "value": round(value, 5), "unit": more.pop("unit", "share"), "target": None, "floor": None,
        "peer": None, "peer_value": None, "ratio": None, "n": n, "low": round(bounds[0], 5),
        "high": round(bounds[1], 5), "seed": run.seed, "command": run.command, "part": run.part, "quick": run.quick, **more,
    }  # fmt: skip
    if made["peer_value"]:
        made["ratio"] = round(made["value"] / made["peer_value"], 4)
    return made


def share(run: Run, name: str, found: int, of: int, **more: Any) -> dict[str, Any]:
    """A figure that is a count of a count, with its exact interval."""
    bounds = exact(found, of)
    return figure(run, name, found / of if of else 0.0, (bounds.low, bounds.high), of, **more)
