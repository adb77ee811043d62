"""Score a folder of scans (DIR), or run the seeded benchmark (no DIR).

DIR holds, for each scan, ID.high.tif and ID.low.tif (16-bit counts, more is less matter; low may be missing) and ID.json:
pixel_mm (number, or [height, width]) and energies_mev ([high, low], or one number) must be there; air (counts without
matter, one or [high, low]), commodity, dark, travel (doors-first, front-first), scanner and threats:[{box:[x,y,w,h],
zone, kg}] may. No `threats` means that nobody knows; an empty list means that there is none. The answer is JSON: for each
scan score (0 to 1), place, boxes with their scores, container, zones, notes of what was mended, or an error in words;
figures with intervals of 95 % where threats are told. Exit: 0 all scored, 1 some scans could not be read, 2 nothing to
score. docs/how-to/score-a-folder-of-scans.md tells the rest.

A run of all splits takes about 20 CPU-minutes and can be gone on with: rows lie in the work folder, one file a split.
"""

import argparse
import json
import os
import sys
from pathlib import Path

from vigie.node.threads import ONE_THREAD

os.environ.update(ONE_THREAD)  # before numpy is loaded: a second thread only spins

from vigie.scanning import HeatModel
from vigie.scanning.xray.card import read_card, shipped
from vigie.scanning.xray.triage import Thresholds

RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Score or measure, and say so as JSON."""
    asked = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.scanning", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    asked.add_argument("folder", nargs="?", type=Path, help="scans as ID.high.tif, ID.low.tif, ID.json")
    asked.add_argument("--out", type=Path, help="write the answer of a folder into this file instead")
    asked.add_argument("--model", type=Path, help="ONNX; with it its card ID.json, where there is one")
    asked.add_argument("--eight", type=Path, help="the same in 8 bits")
    asked.add_argument("--splits", default="choose,hard,clean,unseen,reefer,makes,ports")
    asked.add_argument("--most", type=int, help="only so many pictures of each split")
    asked.add_argument("--work", type=Path, default=Path("build/scanning-rows"))
    asked.add_argument(
        "--boosted", type=int, default=400, help="pictures of train for the boosted trees; 0 leaves them out"
    )
    asked.add_argument("--write", action="store_true", help=f"keep the figures in {RESULTS.name}")
    given = asked.parse_args()
    model, thresholds = _model(given.model)
    if given.folder is not None:
        return _folder(given.folder, given.out, model, thresholds)
    models = {"net": model} | ({"net8": HeatModel(given.eight.read_bytes())} if given.eight else {})
    found = _measured(given, models) | {"models": {name: one.sha for name, one in models.items()}}
    print(json.dumps(found, indent=1))
    if given.write:
        RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    return 0


def _folder(folder: Path, out: Path | None, model: HeatModel, thresholds: Thresholds) -> int:
    from benchmarks.quality.scanning.folder import scored

    if not folder.is_dir():
        print(f"{folder} is no folder", file=sys.stderr)
        return 2
    found = scored(folder, model, thresholds)
    body = json.dumps(found, indent=1)
    print(body) if out is None else out.write_text(body + "\n")
    for name, each in found["scans"].items():
        if "error" in each:
            print(f"{name}: {each['error']}", file=sys.stderr)
    if not found["read"]:
        print(f"{folder} holds no scan that can be scored", file=sys.stderr)
        return 2
    return 1 if found["unread"] else 0


def _model(path: Path | None) -> tuple[HeatModel, Thresholds]:
    if path is None:
        held = shipped()
        if held is None:
            sys.exit("no model ships with this checkout: give --model")
        return held[0], held[1].thresholds
    card = path.with_suffix(".json")
    return HeatModel(path.read_bytes()), read_card(card.read_bytes()).thresholds if card.exists() else Thresholds(
        version="", values={}
    )


def _measured(given: argparse.Namespace, models: dict[str, HeatModel]) -> dict[str, object]:
    from benchmarks.quality.scanning.splits import rows_of
    from benchmarks.quality.scanning.told import told

    given.work.mkdir(parents=True, exist_ok=True)

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    rows = {name: rows_of(name, models, given.work, say, given.most) for name in given.splits.split(",")}
    boosted = None
    if given.boosted:
        from sklearn.ensemble import HistGradientBoostingClassifier

        learnt = rows_of("train", {}, given.work, say, given.boosted)
        boosted = HistGradientBoostingClassifier(random_state=1, max_iter=150, learning_rate=0.06)
        boosted.fit([row["features"] for row in learnt], [row["positive"] for row in learnt])
    return told(rows, boosted)


if __name__ == "__main__":
    sys.exit(main())
