"""Past decisions made again in bulk: decisions per processor second, on each engine, of one small port.

The port is the one of the tests, with as many boxes as asked; every decision is read from the log, folded and judged.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.desk.port import BOB, NOW, a_consignment, a_node, manifest, numbers, take_in

from vigie.desk.refolding import rescore
from vigie.terms import DAY, HOUR, Moment

BOXES, QUICK, AT_ONCE = 20_000, 2_000, 100
COMMAND = "python -m benchmarks.speed.rescore"
ENGINES = ("local", "processes:2")


def spent() -> float:
    """Processor seconds of this process and of those it has waited for."""
    told = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in told)


def figures(seed: int, *, quick: bool = True, boxes: int | None = None) -> Iterator[dict[str, Any]]:
    """Decisions per processor second on each engine; the first is the peer of the others.

    Args:
        seed: Unused: the port is drawn from nothing. boxes: Instead of those of a quick or a long run.
    """
    boxes = boxes or (QUICK if quick else BOXES)
    with tempfile.TemporaryDirectory() as folder, a_node(Path(folder) / "home") as node:
        fill(node, boxes)
        here, digest = 0.0, ""
        for place, engine in enumerate(ENGINES):
            began = spent()
            view = rescore(BOB, node, Moment(place), Moment(NOW + 400 * DAY), engine)
            rate = view.boxes / (spent() - began)
            here, digest = here or rate, digest or view.digest
            yield {
                "name": f"decisions scored again, {engine}", "value": round(rate), "unit": "decisions/CPU s",
                "target": "bit-equal, 0 differ", "peer": ENGINES[0], "peer_value": round(here), "n": view.boxes,
                "ratio": round(rate / here, 2), "seed": seed, "command": COMMAND, "bit_equal": view.digest == digest,
                "differ": view.features_differ + view.scores_differ,
            }  # fmt: skip


def fill(node: Any, boxes: int) -> None:
    """Let so many boxes be announced, some at a time."""
    names = numbers(boxes)
    for start in range(0, boxes, AT_ONCE):
        node.clock.at = Moment(NOW + start * HOUR // AT_ONCE)
        told = [a_consignment(f"D{start + place}", box, consignee=f"Fruit {place % 7}")
                for place, box in enumerate(names[start : start + AT_ONCE])]  # fmt: skip
        take_in(node, manifest(*told, number=start + 1))


def main() -> int:
    """Print one line an engine; 1 where anything differs."""
    rows = list(figures(0))
    for row in rows:
        print(json.dumps(row), flush=True)
    return int(any(row["differ"] or not row["bit_equal"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
