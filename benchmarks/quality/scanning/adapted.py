"""`python -m benchmarks.quality.scanning.adapted`: what adapting to a scanner that was never seen gives, and what it costs.

The loads of a split are looked at by the scanner that the model knows (A) and by the other (B), so that what the scanner
costs is told apart from what the loads are. Adapting sees clean pictures of B alone, of other seeds, and no threat of B.
`own` are seeds of their own, on which settings were chosen; `unseen` is the committed test split, to be run once.
About 9 CPU-minutes for 500 loads, of which at most three are the adapting.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from benchmarks.quality.scanning.figures import Scores, area, curve, detection, level, shown
from benchmarks.quality.scanning.folder import DRAWS

from vigie.node.scanning_adapting import LEARNT, SIMULATED, adapt, harmless, home_backgrounds, simulated_scans
from vigie.scanning import (
    RECIPES,
    Background,
    HeatModel,
    Scan,
    backgrounds_of,
    find_zones,
    hottest_of,
    lesson,
    parts_in,
    parts_on,
    shipped_full,
    whole_picture,
    write_card,
)
from vigie.world import example, view

OWN_SEED = 1_000_000
"""Numbers of the split `unseen` from here on are seeds of their own: no other split draws them (51,000,000 and on)."""
RATES = (0.01, 0.05)
Say = Callable[[str], None]


def main() -> int:
    """Adapt, judge before and after, and say so as JSON."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.quality.scanning.adapted", description=__doc__)
    asked.add_argument("--model", type=Path, help="ONNX in 32 bits to go on from; without it the one that ships")
    asked.add_argument("--split", choices=("own", "unseen"), default="own")
    asked.add_argument("--most", type=int, default=500, help="loads that are judged")
    asked.add_argument("--steps", type=int, default=RECIPES["adapt"].steps)
    asked.add_argument("--keep", type=Path, help="folder for the adapted model and its card")
    asked.add_argument("--out", type=Path, help="write the figures into this file too")
    given = asked.parse_args()
    full = given.model.read_bytes() if given.model else shipped_full()
    recipe = msgspec.structs.replace(RECIPES["adapt"], steps=given.steps)

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    scans = list(simulated_scans(SIMULATED))
    began = time.process_time()
    site = backgrounds_of(scans)
    made = adapt(full, site, recipe, lambda what, done, of: say(f"{what} {done}/{of}"))
    spent = time.process_time() - began
    del scans
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        given.keep.joinpath("demo.onnx").write_bytes(made.full)
        given.keep.joinpath("demo.json").write_bytes(write_card(made.card))
    old, new = HeatModel(full), HeatModel(made.full)
    blocks = harmless()
    usual = parts_on([old, new], site[LEARNT:], recipe.seed, blocks)
    there = hottest_of(parts_on([old], home_backgrounds(), recipe.seed, blocks), 0)
    moved = [float(np.median(hottest_of(usual, n)) - np.median(there)) for n in (0, 1)]
    first = 0 if given.split == "unseen" else OWN_SEED
    rows = list(judged(old, new, range(first, first + given.most), say))
    found = {"split": given.split, "adapting_cpu_s": round(spent, 1), "clean_pictures": len(site),
             "models": {"before": old.sha, "after": new.sha}} | figures(rows, *moved)  # fmt: skip
    body = json.dumps(found, indent=1)
    print(body)
    if given.out:
        given.out.write_text(body + "\n")
    return 0


def judged(old: HeatModel, new: HeatModel, numbers: range, say: Say) -> Iterator[tuple[bool, float, float, float]]:
    """For each load: whether it hides something, and the score of the old model at home, the old and the new away."""
    for number in numbers:
        drawn = example("unseen", number)
        home, away = (on_grid(scan) for scan in (view(drawn.load, "A", 0).scan, drawn.view.scan))
        told = [max(parts_in(model, each.lesson, each.zones).values())
                for model, each in ((old, home), (old, away), (new, away))]  # fmt: skip
        yield drawn.positive, *told
        if number % 50 == 49:
            say(f"judged {number + 1 - numbers.start}/{len(numbers)}")


def on_grid(scan: Scan) -> Background:
    """A picture on the grid with its parts; all of it where no container was found."""
    zones = whole_picture(find_zones(scan), scan)
    assert zones.container is not None
    return Background(lesson(scan, zones.container, (), (), zones.doors_at), zones)


def figures(rows: list[tuple[bool, float, float, float]], old_moved: float, new_moved: float) -> dict[str, Any]:
    """At home, and away before and after; intervals of 95 %, loads drawn anew together.

    Args:
        old_moved, new_moved: How much higher harmless pictures score here than at home, by the middle, of both models.
    """
    held, clean = (np.array([row[1:] for row in rows if row[0] is kind]) for kind in (True, False))
    names = ("at home", "away before", "away after")
    found: dict[str, Any] = {name: curve(held[:, n], clean[:, n], RATES, DRAWS) for n, name in enumerate(names)}

    def told(one: Scores, two: Scores) -> dict[str, float]:
        made = {"loss_of_auc_before": area(one[:, 0], two[:, 0]) - area(one[:, 1], two[:, 1]),
                "loss_of_auc_after": area(one[:, 0], two[:, 0]) - area(one[:, 2], two[:, 2])}  # fmt: skip
        for rate in RATES:
            at = [detection(one[:, n], two[:, n], rate) for n in range(3)]
            made |= {f"loss_before_at_{rate:g}": at[0] - at[1], f"loss_after_at_{rate:g}": at[0] - at[2]}
            limits = {"carried": (1, level(two[:, 0], rate)), "moved": (1, level(two[:, 0], rate) + old_moved),
                      "adapted": (2, level(two[:, 0], rate) + new_moved)}  # fmt: skip
            for name, (n, limit) in limits.items():
                made[f"{name}_false_alarms_at_{rate:g}"] = float((two[:, n] > limit).mean())
                made[f"{name}_found_at_{rate:g}"] = float((one[:, n] > limit).mean())
        return made

    draw = np.random.default_rng(1)
    drawn = [told(held[draw.integers(0, len(held), len(held))], clean[draw.integers(0, len(clean), len(clean))])
             for _ in range(DRAWS)]  # fmt: skip
    for name, value in told(held, clean).items():
        low, high = np.percentile([each[name] for each in drawn], (2.5, 97.5))
        found[name] = shown((value, float(low), float(high)))
    return found


if __name__ == "__main__":
    sys.exit(main())
