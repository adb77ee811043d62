"""`vigie scanning train`, `evaluate`, `promote` and `models`: teach what reads scans, judge it, put it forward."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command, progress, progress_over, warn
from vigie.cli.speech import tell
from vigie.cli.steps import steps

if TYPE_CHECKING:
    from vigie.node.scanning_teaching import Made
    from vigie.scanning import Scan

_VERSION = ("version", "state", "author", "approved_by", "hash")
_GATE = ("name", "pictures", "old", "new", "low", "high")
_SORTS = ("bricks", "comparison")
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _said(step: str, done: int, of: int) -> None:
    progress(f"{step} {done}/{of}")


@click.command("train")
@click.option(
    "--recipe",
    type=click.Choice(("demo", "long", "short", "adapt", "bank", "compare", "units")),
    default="demo",
    help=tell("option.recipe"),
)
@click.option("--seed", type=click.IntRange(0), default=1, help=tell("option.seed-models"))
@click.option("--scans", type=click.Path(exists=True, path_type=Path), help=tell("option.clean-scans"))
@click.option("--weights", is_flag=True, help=tell("option.adapt-weights"))
@click.option("--out", "folder", required=True, type=_FOLDER, help=tell("option.out"))
@command
def train(recipe: str, seed: int, scans: Path | None, weights: bool, folder: Path, out: Printer) -> None:
    import msgspec

    from vigie.node.scanning_pairs import teach_compare
    from vigie.node.scanning_teaching import teach_demo
    from vigie.node.scanning_units import teach_unit
    from vigie.scanning import COMPARE, RECIPES, UNITS

    folder.mkdir(parents=True, exist_ok=True)
    if recipe == "bank":
        _bank(folder, out)
        return
    if recipe == "adapt":
        _adapted(seed, scans, weights, folder, out)
        return
    by_pairs = {COMPARE.name: (COMPARE, teach_compare), UNITS.name: (UNITS, teach_unit)}
    known, teaching = by_pairs.get(recipe) or (RECIPES[recipe], teach_demo)
    made = teaching(msgspec.structs.replace(known, seed=seed), _said)
    _told_of(made, recipe if recipe in by_pairs else "demo", folder, out)


def _adapted(seed: int, scans: Path | None, weights: bool, folder: Path, out: Printer) -> None:
    """Bring the model that ships to a site's scanner: by its thresholds, by its weights too where that is asked."""
    from msgspec.structs import replace

    from vigie.node.scanning_adapting import FEWEST, SIMULATED, adapt, moved, simulated_scans
    from vigie.scanning import RECIPES, backgrounds_of, shipped_files

    names: set[str] = set()

    def named(some: "Iterator[Scan]") -> "Iterator[Scan]":
        for each in some:
            names.add(each.facts.scanner)
            yield each

    held = shipped_files()
    site = backgrounds_of(named(simulated_scans(SIMULATED, _said) if scans is None else _scans_in(scans)))
    if len(site) < FEWEST:
        progress_over()
        out.summary(tell("summary.scan-too-few", count=len(site), fewest=FEWEST), DOUBTS, pictures=len(site))
    if weights:
        made = adapt(held[0], site, replace(RECIPES["adapt"], seed=seed), _said, home=held[2].thresholds)
        _told_of(made, "demo", folder, out)
        return
    made = moved(held, site, seed, _said, scanner=names.pop() if len(names) == 1 else "")
    _write(made, "demo", folder)
    out.summary(
        tell("summary.scan-moved", pictures=len(site), seconds=made.card.cpu_seconds, folder=str(folder)),
        hash=made.card.full, small=made.card.small, cpu_seconds=made.card.cpu_seconds, **made.card.measured,
    )  # fmt: skip


def _write(made: "Made", stem: str, folder: Path) -> None:
    from vigie.scanning import write_card

    progress_over()
    for end, body in ((".onnx", made.full), (".int8.onnx", made.small), (".json", write_card(made.card))):
        if body:
            folder.joinpath(stem + end).write_bytes(body)


def _told_of(made: "Made", stem: str, folder: Path, out: Printer) -> None:
    _write(made, stem, folder)
    out.summary(
        tell("summary.scan-trained", folder=str(folder), auc=made.card.measured["auc"], seconds=made.card.cpu_seconds),
        hash=made.card.full, small=made.card.small, cpu_seconds=made.card.cpu_seconds, **made.card.measured,
    )  # fmt: skip


def _bank(folder: Path, out: Printer) -> None:
    import msgspec

    from vigie.node.scanning_bank import make_demo_bank

    body, card = make_demo_bank(told=_said)
    progress_over()
    folder.joinpath("bank.msgpack").write_bytes(body)
    folder.joinpath("bank.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    out.summary(
        tell("summary.scan-bank", folder=str(folder), pictures=card.pictures, count=len(card.thresholds.values)),
        hash=card.bank, cpu_seconds=card.cpu_seconds, thresholds=len(card.thresholds.values),
    )  # fmt: skip


def _scans_in(folder: Path) -> "Iterator[Scan]":
    """The scans of a folder, some at a time; what cannot be read is said."""
    from vigie.cli.scanning import batches
    from vigie.scanning import read_scans

    for files in batches((folder,)):
        batch = read_scans(files)
        for each in batch.unread:
            warn(f"{', '.join(each.files)}: {each.reason}")
        yield from (each.scan for each in batch.scans)


def _read(folder: Path, stem: str = "demo") -> tuple[bytes, bytes, Any]:
    from vigie.scanning import read_card

    card = read_card(folder.joinpath(f"{stem}.json").read_bytes())
    small = folder.joinpath(f"{stem}.int8.onnx").read_bytes() if card.small else b""
    return folder.joinpath(f"{stem}.onnx").read_bytes(), small, card


@click.command("evaluate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pictures", type=click.IntRange(20, 400), default=400, help=tell("option.pictures"))
@click.option("--keep", is_flag=True, help=tell("option.keep-thresholds"))
@command
def evaluate(folder: Path, pictures: int, keep: bool, out: Printer) -> None:
    import msgspec

    from vigie.node.scanning_teaching import weighed
    from vigie.scanning import RECIPES, write_card

    full, small, card = _read(folder)
    found = weighed(full, small or full, RECIPES.get(card.recipe, RECIPES["short"]), 0.0, _said, pictures)
    progress_over()
    told = found.card.measured
    if keep:
        kept = msgspec.structs.replace(card, thresholds=found.card.thresholds, measured=told)
        folder.joinpath("demo.json").write_bytes(write_card(kept))
    out.summary(tell("summary.scan-evaluated", auc=told["auc"], pictures=pictures), **told)


@click.command("promote")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--pictures", type=click.IntRange(150, 400), default=400, help=tell("option.pictures"))
@command
def promote(folder: Path, reason: str, pictures: int, out: Printer) -> None:
    from vigie.desk import scanning_models
    from vigie.node.scanning_pairs import compared_pairs
    from vigie.node.scanning_teaching import compared

    pairs = folder.joinpath("compare.json").is_file()

    def judge(old: Any, old_card: Any, new: Any, new_card: Any) -> Any:
        if pairs:
            return compared_pairs(old, old_card, new, new_card, pictures, _said)
        return compared(old, new, pictures, _said)  # both are ordered by their hottest place

    sort, stem = (scanning_models.COMPARISON, "compare") if pairs else (scanning_models.BRICKS, "demo")
    with opened() as (node, officer):
        version, gate = scanning_models.promote(officer, *_read(folder, stem), node, reason, judge, sort)
    progress_over()
    out.rows("gate", gate.rows, _GATE)
    if version is None:
        out.summary(tell("summary.scan-not-promoted", against=", ".join(gate.against)), DOUBTS, passed=False)
    out.summary(tell("summary.scan-promoted", version=version.version), DONE, passed=True, version=version.version)


@click.command("list")
@click.option("--of", "sort", type=click.Choice(_SORTS), default=_SORTS[0], help=tell("option.sort-of-model"))
@command
def listed(sort: str, out: Printer) -> None:
    from vigie.desk import scanning_models

    with opened() as (node, officer):
        count = out.rows("model", scanning_models.listed(officer, node, sort), _VERSION)
    out.summary(tell("summary.models", count=count), models=count)


def _stands(made: Any, _: int, out: Printer) -> None:
    out.summary(tell("summary.scan-model", version=made.version, state=made.state.value), version=made.version,
                state=made.state.value, hash=made.hash)  # fmt: skip


submit, approve, refuse, withdraw, shadow, live, retire = steps(
    "scanning_models", ("submit", "approve", "refuse", "withdraw", "shadow", "live", "retire"), _stands, _SORTS
)
