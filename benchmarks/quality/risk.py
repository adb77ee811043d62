"""Figures of the risk core on public tables: JSON, each with its interval and its peer.

    python -m benchmarks.quality.risk --kcs TRAIN VALID TEST
    python -m benchmarks.quality.risk --rare TRAIN VALID TEST
    python -m benchmarks.quality.risk --chicago TRAIN TEST

Models are declared here and taught by the package, as those of a port are. Nothing of TEST is read before it is judged.
"""

import argparse
import json
import shlex
import sys
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.quality import chicago, kcs, rare
from benchmarks.quality.risk_figures import INNER, Run
from benchmarks.quality.risk_table import BadTable, Table, day, rows_of

from vigie.terms import VigieError

COMMAND = "python -m benchmarks.quality.risk"
_SAMPLES = Path(__file__).resolve().parents[3] / "shared/data/risk"
_KCS_VALID = "2020-10-01"
_CHICAGO_TRAIN, _CHICAGO_TEST = "2013-11-01", "2014-03-01"
"""Inner splits. The gap of four months is the one between the City's training and its trial."""

KINDS = ("kcs", "rare", "chicago")


def inner(kind: str, run: Run, samples: Path = _SAMPLES) -> list[dict[str, Any]]:
    """The figures of one kind on a split inside the public parts; the recipes were chosen there too.

    Raises:
        BadTable: The sample files are absent or unreadable.
    """
    if kind == "chicago":
        whole = chicago.read_chicago(samples / "chicago_food/train.csv")
        return chicago.figures(_between(whole, "Inspection_Date", None, _CHICAGO_TRAIN),
                               _between(whole, "Inspection_Date", _CHICAGO_TEST, None), run)  # fmt: skip
    before = kcs.read_kcs(samples / "kcs/df_syn_train_eng.csv")
    test = kcs.read_kcs(samples / "kcs/df_syn_valid_eng.csv")
    made = kcs.figures if kind == "kcs" else rare.figures
    return made(_between(before, "Date", None, _KCS_VALID), _between(before, "Date", _KCS_VALID, None), test, run)


def _between(table: Table, column: str, since: str | None, until: str | None) -> Table:
    when = np.array(table[column])
    kept = np.ones(len(when), np.bool_)
    if since is not None:
        kept &= when >= day(since)
    if until is not None:
        kept &= when < day(until)
    return rows_of(table, kept)


def figures(seed: int, quick: bool) -> list[dict[str, Any]]:
    """All kinds on the inner splits, for `make bench-long`; nothing where the sample files are absent."""
    if quick or not _SAMPLES.is_dir():
        return []
    told = [one for kind in KINDS for one in inner(kind, Run(seed, f"{COMMAND} --inner {kind}", INNER))]
    return [one | {"name": f"{one['name']} ({INNER})"} for one in told]


def _given(asked: argparse.Namespace) -> tuple[str, list[Path]]:
    kind = next(name for name in (*KINDS, "inner") if getattr(asked, name))
    return kind, getattr(asked, kind)


def judged(kind: str, files: Any, run: Run) -> list[dict[str, Any]]:
    """The figures of what was asked for.

    Raises:
        BadTable: A file is not what it was given as. VigieError: The package refuses it.
    """
    if kind == "inner":
        return inner(files, run)
    if kind == "chicago":
        return chicago.figures(*(chicago.read_chicago(path) for path in files), run)
    return (kcs.figures if kind == "kcs" else rare.figures)(*(kcs.read_kcs(path) for path in files), run)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures as JSON; 2 where a file cannot be used."""
    asked = argparse.ArgumentParser(prog=COMMAND, description=__doc__.splitlines()[0] if __doc__ else "")
    one = asked.add_mutually_exclusive_group(required=True)
    one.add_argument("--kcs", nargs=3, type=Path, metavar=("TRAIN", "VALID", "TEST"))
    one.add_argument("--rare", nargs=3, type=Path, metavar=("TRAIN", "VALID", "TEST"))
    one.add_argument("--chicago", nargs=2, type=Path, metavar=("TRAIN", "TEST"))
    one.add_argument("--inner", choices=KINDS, help="a split inside the sample files beside the checkout")
    asked.add_argument("--quick", action="store_true", help="smaller models and fewer seeds: a look, no figure")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args(arguments)
    kind, files = _given(given)
    typed = shlex.join([*COMMAND.split(), *(sys.argv[1:] if arguments is None else arguments)])
    run = Run(given.seed, typed, **({"part": INNER} if kind == "inner" else {}), quick=given.quick)
    try:
        told = judged(kind, files, run)
    except (BadTable, VigieError) as fault:
        print(fault, file=sys.stderr)
        return 2
    print(json.dumps(told, indent=1, allow_nan=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
