"""`vigie scanning package`: scans of a box as one signed package, told to partners or carried on a stick."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigie.cli.files import put, read_toml
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell

if TYPE_CHECKING:
    from vigie.exchange import Marking

ROW = ("sha256", "kind", "origin", "container", "size", "until")
SCANS = click.argument("scans", nargs=-1, required=True, metavar="SCAN...")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MARKING = click.option("--marking", "marking", required=True, type=FILE, help=tell("option.package-marking"))
TITLE = click.option("--title", required=True, help=tell("option.package-title"))


def _marked(file: Path) -> "Marking":
    from vigie.exchange import read_marked

    told = read_toml(file)
    return read_marked(told.get("marking", told))


@click.command("make")
@SCANS
@MARKING
@TITLE
@click.option("--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help=tell("option.package-out"))  # fmt: skip
@command
def make(scans: tuple[str, ...], marking: Path, title: str, target: Path, out: Printer) -> None:
    from vigie.desk import exchange_packages

    with opened() as (node, officer):
        made = exchange_packages.make(officer, scans, title, _marked(marking), node)
        raw = exchange_packages.export(officer, made.sha256, node)
    put(target, raw)
    out.rows("package", (made,), ROW)
    out.summary(tell("summary.package-made", n=len(made.pieces), name=target.name), sha256=made.sha256, bytes=len(raw))


@click.command("send")
@SCANS
@MARKING
@TITLE
@command
def send(scans: tuple[str, ...], marking: Path, title: str, out: Printer) -> None:
    from vigie.desk import exchange_packages

    with opened() as (node, officer):
        made, sent = exchange_packages.send(officer, scans, title, _marked(marking), node)
    out.rows("package", (made,), ROW)
    text = tell(f"summary.exchange-{sent.state}", id=sent.id, n=len(sent.to))
    out.summary(text, id=sent.id, sha256=made.sha256, to=sent.to, state=sent.state)


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import exchange_packages

    with opened() as (node, officer):
        count = out.rows("package", exchange_packages.page(officer, node), ROW)
    out.summary(tell("summary.packages", n=count), packages=count)


@click.command("import")
@click.argument("file", type=FILE)
@command
def take(file: Path, out: Printer) -> None:
    from vigie.desk import exchange_packages
    from vigie.exchange import MOST_PACKAGE

    with file.open("rb") as stream:
        raw = stream.read(MOST_PACKAGE + 1)
    with opened() as (node, officer):
        taken = exchange_packages.take_in(officer, raw, node)
    out.rows("package", (taken,), ROW)
    out.rows("scan", [{"id": one} for one in taken.scans], ("id",))
    out.summary(tell("summary.package-taken", n=len(taken.scans), origin=taken.origin, title=taken.title),
                sha256=taken.sha256, scans=taken.scans, origin=taken.origin)  # fmt: skip
