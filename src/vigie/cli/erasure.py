"""`vigie erasure`: ask that something be erased, decide on it, list; two administrators are needed for each."""

from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell
from vigie.desk.views import ErasureView

ROW = ("id", "state", "kind", "wanted", "officer", "asked", "decided_by", "boxes", "units")


@click.command("request")
@click.argument("kind", type=click.Choice(["box", "message", "party", "days"]))
@click.argument("wanted")
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--basis", required=True, help=tell("option.basis"))
@command
def request(kind: str, wanted: str, reason: str, basis: str, out: Printer) -> None:
    from vigie.desk import erasure

    with opened() as (node, officer):
        scope = erasure.preview(officer, kind, wanted, node)
        made = erasure.ask(officer, kind, wanted, reason, basis, node)
    out.rows("box", scope.shown, ("visit", "site", "opened"))
    out.summary(
        tell("summary.erasure-asked", id=made.id, boxes=scope.boxes, units=scope.units, others=scope.others),
        id=made.id, boxes=scope.boxes, units=scope.units, parties=scope.parties, others=scope.others,
    )  # fmt: skip


@click.command("confirm")
@click.argument("erasure_id", metavar="ID", type=int)
@click.option("--units", type=int, help=tell("option.units"))
@command
def confirm(erasure_id: int, units: int | None, out: Printer) -> None:
    _decided(erasure_id, "confirmed", "", units, out)


@click.command("refuse")
@click.argument("erasure_id", metavar="ID", type=int)
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def refuse(erasure_id: int, reason: str, out: Printer) -> None:
    _decided(erasure_id, "refused", reason, None, out)


@click.command("withdraw")
@click.argument("erasure_id", metavar="ID", type=int)
@command
def withdraw(erasure_id: int, out: Printer) -> None:
    _decided(erasure_id, "withdrawn", "", None, out)


def _decided(which: int, decision: str, reason: str, units: int | None, out: Printer) -> None:
    from vigie.desk import erasure

    with opened() as (node, officer):
        made = erasure.decide(officer, which, decision, node, reason, units)
    out.summary(tell("summary.erasure-decided", **_facts(made)), **_facts(made))


def _facts(made: ErasureView) -> dict[str, Any]:
    return {"id": made.id, "state": made.state, "boxes": made.boxes, "units": made.units, "removed": made.removed}


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import erasure

    with opened() as (node, officer):
        count = out.rows("erasure", erasure.page(officer, node), ROW)
    out.summary(tell("summary.erasures", count=count), erasures=count)
