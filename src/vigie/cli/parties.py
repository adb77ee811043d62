"""`vigie parties`: find parties by name, say that two are one, take it back, list what was said."""

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell


@click.command("find")
@click.argument("name")
@command
def find(name: str, out: Printer) -> None:
    from vigie.desk import parties

    with opened() as (node, officer):
        count = out.rows("party", parties.find(officer, name, node), ("key", "name", "city", "country", "counts_as"))
    out.summary(tell("summary.parties", count=count), parties=count)


@click.command("merge")
@click.argument("key")
@click.argument("into")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def merge(key: str, into: str, reason: str, out: Printer) -> None:
    from vigie.desk import parties

    with opened() as (node, officer):
        page = parties.merge(officer, key, into, reason, node)
    out.summary(tell("summary.merged", key=key, counts_as=page.party.counts_as), key=key, into=page.party.counts_as)


@click.command("part")
@click.argument("key")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def part(key: str, reason: str, out: Printer) -> None:
    from vigie.desk import parties

    with opened() as (node, officer):
        parties.part(officer, key, reason, node)
    out.summary(tell("summary.parted", key=key), key=key)


@click.command("merges")
@command
def merges(out: Printer) -> None:
    from vigie.desk import parties

    with opened() as (node, officer):
        told = parties.merges(officer, node)
    count = out.rows("merge", told, ("at", "key", "name", "into", "into_name", "officer", "reason", "undone"))
    out.summary(tell("summary.merges", count=count), merges=count)
