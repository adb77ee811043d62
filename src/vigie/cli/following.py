"""`vigie exchange following`: what the operator follows of what partners tell."""

from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell

KIND = click.option("--kind", default="", help=tell("option.follow-kind"))
PARTNER = click.option("--partner", default="", help=tell("option.follow-partner"))
ABOUT = click.option("--about", default="", help=tell("option.follow-about"))


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk.exchange_following import following

    with opened() as (node, officer):
        view = following(officer, node)
    _tell(view, out)


@click.command("show")
@command
def show(out: Printer) -> None:
    from vigie.desk.exchange_following import followed

    with opened() as (node, officer):
        rows = followed(officer, node)
    count = out.rows("thing", rows, ("origin", "thing", "title", "id"))
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("add")
@KIND
@PARTNER
@ABOUT
@command
def add(kind: str, partner: str, about: str, out: Printer) -> None:
    from vigie.desk.exchange_following import follow

    with opened() as (node, officer):
        view = follow(officer, node, kind=kind, partner=partner, about=about)
    _tell(view, out)


@click.command("remove")
@KIND
@PARTNER
@ABOUT
@command
def remove(kind: str, partner: str, about: str, out: Printer) -> None:
    from vigie.desk.exchange_following import unfollow

    with opened() as (node, officer):
        view = unfollow(officer, node, kind=kind, partner=partner, about=about)
    _tell(view, out)


def _tell(view: Any, out: Printer) -> None:
    count = out.rows("followed", view.rows, ("kind", "partner", "about", "new"))
    out.summary(tell("summary.exchange-rows", n=count), rows=count, looked=view.looked)
