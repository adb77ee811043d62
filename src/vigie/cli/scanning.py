"""`vigie scanning`: scans taken in, listed, shown, given to their box, exported."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vigie.cli.files import put
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command, warn
from vigie.cli.speech import tell

if TYPE_CHECKING:
    from vigie.scanning import ScanFile

SCAN = ("id", "visit", "claimed", "matched", "scanner", "taken", "findings")
AT_ONCE = 32
"""Scans handed in together: some 150 MB of files."""


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@command
def take_in(paths: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk import scanning_intake

    counts = dict.fromkeys(("taken", "known", "reports", "unmatched"), 0)
    rows: list[Any] = []
    unread: list[Any] = []
    with opened() as (node, officer):
        for files in batches(paths):
            view = scanning_intake.take_in(officer, files, node)
            counts = {name: value + getattr(view, name) for name, value in counts.items()}
            rows += view.rows
            unread += view.unread
    out.rows("scan", rows, SCAN)
    out.rows("unread", unread, ("files", "code", "text"))
    out.summary(tell("summary.scans-taken", unread=len(unread), **counts), DOUBTS if unread else DONE,
                unread=len(unread), **counts)  # fmt: skip


def batches(paths: tuple[Path, ...]) -> "Iterator[list[ScanFile]]":
    """The files, some scans at a time; those of one scan together, wherever they lie."""
    from vigie.scanning import LARGEST_SCAN_FILE, ScanFile, group_of

    groups: dict[str, list[Path]] = {}
    for path in paths:
        for file in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]:
            told = _read(file, LARGEST_SCAN_FILE + 1)
            if told is not None:
                name = group_of(ScanFile(file.name, told))
                groups.setdefault(f"{file.parent} {name}" if name else str(file), []).append(file)
    order = list(groups.values())
    for start in range(0, len(order), AT_ONCE):
        files = [file for group in order[start : start + AT_ONCE] for file in group]
        read = ((file.name, _read(file, LARGEST_SCAN_FILE + 1)) for file in files)
        yield [ScanFile(name, body) for name, body in read if body is not None]


def _read(file: Path, most: int) -> bytes | None:
    try:
        with file.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        warn(f"{file.name}: {error.strerror}")
        return None


@click.command("list")
@click.option("--container", default="", help=tell("option.scan-container"))
@click.option("--scanner", default="", help=tell("option.scan-scanner"))
@click.option("--state", type=click.Choice(["matched", "unmatched"]), default=None, help=tell("option.scan-state"))
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help=tell("option.limit"))
@command
def listed(container: str, scanner: str, state: str | None, limit: int, out: Printer) -> None:
    from vigie.desk import scanning

    with opened() as (node, officer):
        view = scanning.listed(officer, node, container=container, scanner=scanner, state=state or "", limit=limit)
    shown = out.rows("scan", view.rows, SCAN)
    out.summary(tell("summary.scans-listed", n=shown, waiting=view.waiting), scans=shown, waiting=view.waiting)


@click.command("show")
@click.argument("scan")
@command
def show(scan: str, out: Printer) -> None:
    from vigie.desk import scanning

    with opened() as (node, officer):
        view = scanning.show(officer, scan, node)
    _shown(view, out)


def _shown(view: Any, out: Printer) -> None:
    out.rows("scan", [view.row], SCAN)
    out.rows("file", view.files, ("name", "sha256", "size"))
    out.rows("finding", view.findings, ("code", "place", "text", "route"))
    out.rows("report", view.reports, ("type", "decision", "at", "author", "threats"))
    if view.disabled:
        out.say(view.disabled)
    out.summary(tell("summary.scan", id=view.row.id), scan=view.row.id, visit=view.row.visit,
                findings=len(view.findings), disabled=view.disabled_code)  # fmt: skip


@click.command("assign")
@click.argument("scan")
@click.argument("box")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def assign(scan: str, box: str, reason: str, out: Printer) -> None:
    from vigie.desk import arrivals, scanning

    with opened() as (node, officer):
        view = scanning.assign(officer, scan, arrivals.find(officer, box, node), reason, node)
    _shown(view, out)


@click.command("export")
@click.argument("scan")
@click.option("--form", type=click.Choice(["dicos", "tiff", "original", "companded"]), default="dicos",
              show_default=True, help=tell("option.scan-form"))  # fmt: skip
@click.option("--out", "target", type=click.Path(file_okay=False, path_type=Path), required=True,
              help=tell("option.scan-out"))  # fmt: skip
@command
def export(scan: str, form: str, target: Path, out: Printer) -> None:
    from vigie.desk import scanning

    with opened() as (node, officer):
        files = scanning.export(officer, scan, form, node)
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        put(target / Path(file.name).name, file.body)
    out.rows("file", [{"name": file.name, "size": len(file.body)} for file in files], ("name", "size"))
    out.summary(tell("summary.scan-exported", id=scan, files=len(files)), scan=scan, files=len(files), form=form)
