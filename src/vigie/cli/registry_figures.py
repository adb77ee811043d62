"""`vigie registry figures`: claims of others laid beside each other, and figures of our own register."""

from pathlib import Path
from typing import Any

import click

from vigie.cli.files import streams
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, Printer, command, doubt_row
from vigie.cli.speech import language, tell

CHECKED = ("place", "start", "measure", "value", "unit", "status", "reasons", "computed", "method")
CONFLICT = ("relation", "measure", "start", "end", "one", "other")
CLAIM = ("document", "place", "start", "end", "measure", "value", "unit", "publisher", "told", "id")
FIGURE = ("scope", "measure", "start", "end", "value", "unit", "findings", "status", "as_of")


def _texts(files: tuple[Path, ...]) -> list[tuple[str, str]]:
    return [(name, stream.read().decode("utf-8-sig", errors="replace")) for name, stream in streams(files)]


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@command
def check(files: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk.registry_figures import check_tables

    _shown(check_tables(_texts(files), str(language())), out)


@click.command("compare")
@command
def compare(out: Printer) -> None:
    from vigie.desk.registry_figures import side_by_side

    with opened() as (node, officer):
        view = side_by_side(officer, node)
    _shown(view, out)


def _shown(view: Any, out: Printer) -> None:
    from vigie.desk.views.plain import plain

    rows = []
    for one in view.checks:
        told = plain(one)
        claim = told.pop("claim")
        rows.append({**claim, **told, "claimed": claim["value"], "value": claim["value"], "computed": told["value"],
                     "claim_status": claim["status"], "status": told["status"]})  # fmt: skip
    out.rows("check", rows, CHECKED)
    out.rows("conflict", [_conflict(plain(one)) for one in view.conflicts], CONFLICT)
    out.rows("doubt", [{"file": one.place.part, **doubt_row(one)} for one in view.doubts], ("file", *DOUBT))
    flagged = sum(one.status == "flagged" for one in view.checks)
    facts = {"figures": len(view.checks), "reproduced": sum(one.reproduced for one in view.checks), "flagged": flagged,
             "conflicts": len(view.conflicts), "claims": view.claims, "doubts": len(view.doubts)}  # fmt: skip
    out.summary(tell("summary.figures", **facts), DOUBTS if view.doubts else DONE, **facts)


def _conflict(told: dict[str, Any]) -> dict[str, Any]:
    one, other = told["one"], told["other"]
    return {
        "relation": told["kind"], "measure": one["measure"], "start": one["start"], "end": one["end"],
        "one": _said(one), "other": _said(other), "claims": [one, other],
    }  # fmt: skip


def _said(one: dict[str, Any]) -> str:
    return f"{one['place']} {one['value']} {one['unit']}"


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@command
def take_in(files: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk.registry_figures import keep_tables

    with opened() as (node, officer):
        kept, doubts = keep_tables(officer, _texts(files), node)
    out.rows("doubt", [{"file": one.place.part, **doubt_row(one)} for one in doubts], ("file", *DOUBT))
    out.summary(tell("summary.claims", n=kept), DOUBTS if doubts else DONE, claims=kept, doubts=len(doubts))


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk.registry_figures import claims

    with opened() as (node, officer):
        found = claims(officer, node)
    out.rows("claim", found, CLAIM)
    out.summary(tell("summary.claims", n=len(found)), claims=len(found))


def _asked(act: Any) -> Any:
    """The options that say which figure is meant."""
    for name, more in (
        ("--way", {"default": "any", "show_default": True}), ("--service", {"default": "unsaid", "show_default": True}),
        ("--substance", {"default": "cocaine", "show_default": True}),
        ("--measure", {"type": click.Choice(["seized", "findings"]), "default": "seized", "show_default": True}),
        ("--end", {"required": True}), ("--start", {"required": True}), ("--area", {"required": True}),
    ):  # fmt: skip
        act = click.option(name, help=tell(f"option.figure-{name[2:]}"), **more)(act)
    return act


@click.command("show")
@_asked
@click.option("--as-of", type=int, help=tell("option.figure-as-of"))
@command
def show(out: Printer, **said: Any) -> None:
    from vigie.desk.registry_figures import figure

    with opened() as (node, officer):
        view = figure(officer, node, **said)
    out.rows("figure", [view], FIGURE)
    out.summary(tell("summary.figure", value=view.value, unit=view.unit, n=view.findings), value=view.value,
                unit=view.unit, as_of=view.as_of, status=view.status)  # fmt: skip


@click.command("publish")
@_asked
@click.option("--document", required=True, help=tell("option.figure-document"))
@command
def publish(out: Printer, **said: Any) -> None:
    from vigie.desk.registry_figures import publish as act

    with opened() as (node, officer):
        view = act(officer, node, **said)
    out.rows("claim", [view], CLAIM)
    out.summary(tell("summary.claims", n=1), value=view.value, unit=view.unit, as_of=view.as_of, status=view.status)


@click.command("published")
@command
def published(out: Printer) -> None:
    from vigie.desk.registry_figures import recomputed

    with opened() as (node, officer):
        found = recomputed(officer, node)
    rows = [{"document": claim.document, "scope": view.scope, "measure": view.measure, "start": view.start,
             "end": view.end, "claimed": claim.value, "value": view.value, "unit": view.unit, "as_of": view.as_of,
             "same": claim.value == view.value} for claim, view in found]  # fmt: skip
    out.rows("figure", rows, ("document", "scope", "start", "end", "claimed", "value", "unit", "same"))
    different = sum(not row["same"] for row in rows)
    out.summary(tell("summary.published", n=len(rows), different=different), DOUBTS if different else DONE,
                figures=len(rows), different=different)  # fmt: skip
