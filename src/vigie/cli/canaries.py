"""`vigie audit readers|plant|canaries`: who read which profile, and decoys among them."""

from pathlib import Path

import click

from vigie.cli.files import read_toml
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell
from vigie.terms import OfficerId


@click.command("readers")
@command
def readers(out: Printer) -> None:
    from vigie.desk import canaries

    with opened() as (node, officer):
        found = canaries.who_read(officer, node)
    count = out.rows("reader", found, ("officer", "looks", "profiles", "refused", "usual", "chance", "decoys"))
    out.summary(tell("summary.readers", n=count), readers=count)


@click.command("canaries")
@click.option("--lift", "wanted", default="", help=tell("option.lift"))
@command
def canaries(wanted: str, out: Printer) -> None:
    from vigie.desk import canaries as desk

    with opened() as (node, officer):
        if wanted:
            desk.lift(officer, wanted, node)
        found = desk.canaries(officer, node)
    count = out.rows("canary", found, ("id", "readers", "by", "at", "reason"))
    out.summary(tell("summary.canaries", n=count), canaries=count)


@click.command("plant")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--reader", multiple=True, help=tell("option.reader"))
@command
def plant(file: Path, reason: str, reader: tuple[str, ...], out: Printer) -> None:
    from vigie.desk import canaries as desk

    told = read_toml(file)
    with opened() as (node, officer):
        made = desk.plant(officer, told, tuple(OfficerId(one) for one in reader), reason, node)
    out.summary(tell("summary.planted", name=made.id), id=made.id, readers=made.readers)
