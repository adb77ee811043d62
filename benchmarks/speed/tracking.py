"""Tracking: events read and tracked without a store; a lane-year replayed into a node; events as they come to a live one."""

import argparse
import json

from benchmarks.speed import _tracking_live, _tracking_parse, _tracking_replay

COMMAND = "python -m benchmarks --only tracking"


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """All figures; quick: a fortieth of the lane-year, two weeks at a tenth of the traffic, twenty seconds live."""
    return [
        *_tracking_parse.figures(seed, quick), *_tracking_replay.figures(seed, quick), *_tracking_live.figures(seed, quick),
    ]  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the whole lane-year")
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    for figure in figures(given.seed, not given.long):
        print(json.dumps(figure, ensure_ascii=False), flush=True)
