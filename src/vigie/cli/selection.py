"""`vigie selection`: plan a day's scans, publish and check the draws, send orders."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, FAULT, USAGE, Printer, command
from vigie.cli.speech import tell
from vigie.terms import write_moment

SITE = click.option("--site", required=True, help=tell("option.site"))
DAY = click.option("--day", required=True, help=tell("option.day"))
PICKED = ("shift", "rank", "container", "visit", "stratum", "propensity", "scanner", "band", "due", "reasons")


@click.command("plan")
@SITE
@DAY
@click.option("--shift", help=tell("option.shift"))
@click.option("--look", is_flag=True, help=tell("option.look"))
@click.option("--out", "form", type=click.Choice(["csv"]), help=tell("option.form"))
@command
def plan(site: str, day: str, shift: str | None, look: bool, form: str | None, out: Printer) -> None:
    from vigie.desk import selection

    with opened() as (node, officer):
        if not selection.capacity(officer, site, node):
            out.wrong(tell("plan.no-capacity", site=site), USAGE, error="bad-request", site=site)
        view = selection.plan(officer, site, day, node) if look else selection.make(officer, site, day, shift, node)
    rows = [
        {
            "shift": one.name,
            "rank": pick.rank,
            "container": pick.row.container,
            "visit": pick.row.visit,
            "stratum": pick.stratum,
            "propensity": pick.propensity,
            "scanner": pick.scanner,
            "band": pick.row.band,
            "due": None if pick.row.due is None else write_moment(pick.row.due),
            "reasons": list(pick.row.reasons),
        }
        for one in view.shifts
        for pick in one.selections
    ]
    if form == "csv":
        _as_csv(rows)
        sys.exit(DONE)
    out.rows("selection", rows, ("shift", "rank", "container", "stratum", "propensity", "scanner", "due", "reasons"))
    if not rows:
        out.say(tell("plan.empty", site=site, day=day))
    used, slots = sum(one.used for one in view.shifts), sum(one.slots for one in view.shifts)
    missed = sum(one.missed_count for one in view.shifts)
    out.summary(
        tell("summary.plan", used=used, slots=slots, missed=missed),
        site=site,
        day=day,
        used=used,
        slots=slots,
        missed=missed,
        expected_missed=sum(one.expected_missed for one in view.shifts),
        commitment=view.commitment,
    )


def _as_csv(rows: Iterable[Mapping[str, Any]]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(PICKED)
    for row in rows:
        writer.writerow("; ".join(value) if isinstance(value, list) else value for value in map(row.get, PICKED))


@click.command("capacity")
@SITE
@click.option("--shift", "shifts", multiple=True, help=tell("option.shifts"))
@command
def capacity(site: str, shifts: tuple[str, ...], out: Printer) -> None:
    from vigie.desk import selection

    with opened() as (node, officer):
        if shifts:
            selection.set_capacity(officer, site, [_shift(one) for one in shifts], node)
        count = out.rows("shift", selection.capacity(officer, site, node), ("name", "start", "hours", "scanners"))
    if not count:
        out.say(tell("plan.no-capacity", site=site))
    out.summary(tell("summary.capacity", count=count), site=site, shifts=count)


def _shift(text: str) -> dict[str, object]:
    from vigie.terms import BadRequest

    try:
        name, start, hours, *scanners = text.split(",")
        pairs = (scanner.split("=") for scanner in scanners)
        return {
            "name": name,
            "start": start,
            "hours": int(hours),
            "scanners": {key: int(slots) for key, slots in pairs},
        }
    except ValueError:
        raise BadRequest(reason="a-shift-is-name-hh-mm-hours-scanner-slots", shift=text[:40]) from None


@click.command("commit")
@SITE
@DAY
@command
def commit(site: str, day: str, out: Printer) -> None:
    from vigie.desk import selection

    with opened() as (node, officer):
        published = selection.commit(officer, site, day, node)
    out.summary(tell("summary.commit", commitment=published), site=site, day=day, commitment=published)


@click.command("reveal")
@SITE
@DAY
@command
def reveal(site: str, day: str, out: Printer) -> None:
    from vigie.desk import selection

    with opened() as (node, officer):
        key = selection.reveal(officer, site, day, node)
    out.summary(tell("summary.reveal", key=key), site=site, day=day, key=key)


@click.command("verify")
@SITE
@DAY
@command
def verify(site: str, day: str, out: Printer) -> None:
    from vigie.desk import selection

    with opened() as (node, officer):
        checks = selection.verify(officer, site, day, node)
    out.rows("draw", checks, ("chain", "entries", "whole", "broken_at"))
    whole = bool(checks) and all(check.whole for check in checks)
    out.summary(tell("summary.whole" if whole else "summary.broken"), DONE if whole else FAULT, whole=whole)


@click.command("order")
@click.argument("kind", type=click.Choice(["hold", "inspect", "release"]))
@click.argument("numbers", nargs=-1, required=True)
@click.option("--reason", default="", help=tell("option.reason"))
@click.option("--form", type=click.Choice(["csv", "cusres", "dcsa"]), default="csv", help=tell("option.form"))
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help=tell("option.to"))
@command
def order(kind: str, numbers: tuple[str, ...], reason: str, form: str, target: Path | None, out: Printer) -> None:
    from vigie.desk import arrivals, selection

    with opened() as (node, officer):
        visits = [arrivals.find(officer, number, node) for number in numbers]
        issued = selection.order(officer, visits, kind, node, reason=reason)
        body, _, name = selection.export(officer, [one.id for one in issued], form, node)
        out.rows("order", issued, ("id", "kind", "container", "site", "issued"))
    path = target or Path(name)
    path.write_bytes(body)
    out.summary(tell("summary.orders", count=len(issued), file=str(path)), orders=len(issued), file=str(path))


@click.command("acknowledge")
@click.argument("order_id")
@click.option("--by", required=True, help=tell("option.by"))
@command
def acknowledge(order_id: str, by: str, out: Printer) -> None:
    from vigie.desk import selection

    with opened() as (node, officer):
        selection.acknowledge(officer, order_id, by, node)
    out.summary(tell("summary.acknowledged", order=order_id), order=order_id)
