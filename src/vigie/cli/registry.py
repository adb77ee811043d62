"""`vigie registry`: seizures recorded, imported, joined and parted."""

from pathlib import Path
from typing import Any

import click

from vigie.cli.files import streams
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, USAGE, Printer, command, doubt_row
from vigie.cli.speech import tell

SEIZURE = ("id", "at", "place", "substance", "grams", "services", "container", "is_joint", "is_closed")


@click.command("record")
@click.argument("visit", required=False)
@click.option("--at", help=tell("option.seizure-at"))
@click.option("--place", help=tell("option.seizure-place"))
@click.option("--substance", default="cocaine", show_default=True, help=tell("option.seizure-substance"))
@click.option("--net-kg", help=tell("option.seizure-net"))
@click.option("--gross-kg", help=tell("option.seizure-gross"))
@click.option("--packages", type=int, help=tell("option.seizure-packages"))
@click.option("--container", default="", help=tell("option.seizure-container"))
@click.option("--provenance", default="", help=tell("option.seizure-provenance"))
@click.option("--cover-hs", default="", help=tell("option.seizure-cover"))
@click.option("--service", default="customs", show_default=True, help=tell("option.seizure-service"))
@click.option("--country", default="", help=tell("option.seizure-country"))
@click.option("--case", "case", default="", help=tell("option.seizure-case"))
@click.option("--modus", default="", help=tell("option.seizure-modus"))
@click.option("--provisional", is_flag=True, help=tell("option.seizure-open"))
@click.option("--into", default="", help=tell("option.seizure-into"))
@command
def record(visit: str | None, out: Printer, **said: Any) -> None:
    from vigie.desk import arrivals, registry

    if not visit and not (said["place"] and (said["net_kg"] or said["gross_kg"])):
        out.wrong(tell("seizure.wanted"), USAGE, error="bad-request")
    with opened() as (node, officer):
        if visit:
            view = registry.from_outcome(officer, arrivals.find(officer, visit, node), node, service=said["service"])
        else:
            view = registry.record(officer, _report(said, node), node, into=said["into"])
    out.rows("seizure", [view.line], SEIZURE)
    out.summary(tell("summary.seizure", id=view.line.id), seizure=view.line.id, reports=len(view.reports))


def _report(said: dict[str, Any], node: Any) -> Any:
    from vigie.registry import Report, Seized, Substance, load_words
    from vigie.terms import Moment, read_grams, read_moment

    words = load_words()
    at = read_moment(said["at"] if "T" in said["at"] else f"{said['at']}T00:00:00Z") if said["at"] else node.now()
    seized = Seized(
        Moment(at), said["place"].upper(),
        (Substance(
            words.find("substance", said["substance"]) or said["substance"],
            read_grams(said["net_kg"]) if said["net_kg"] else None,
            read_grams(said["gross_kg"]) if said["gross_kg"] else None, packages=said["packages"],
        ),),
        container=said["container"].upper(), provenance=said["provenance"].upper(), cover_hs=said["cover_hs"],
        case=said["case"], modus=said["modus"], is_closed=not said["provisional"],
    )  # fmt: skip
    country = said["country"].upper() or seized.place[:2]
    return Report(words.find("service", said["service"]) or said["service"], country, "command", seized)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--map", "column_map", type=click.Path(exists=True, path_type=Path), help=tell("option.seizure-map"))
@command
def take_in(files: tuple[Path, ...], column_map: Path | None, out: Printer) -> None:
    from vigie.desk import registry_import

    how = column_map.read_text(encoding="utf-8") if column_map else ""
    counts = dict.fromkeys(("taken", "known", "asked", "refused", "flagged"), 0)
    doubts = []
    with opened() as (node, officer):
        for name, stream in streams(files):
            view = registry_import.take_in(officer, name, stream.read(), node, how)
            counts = {key: value + getattr(view, key) for key, value in counts.items()}
            doubts += [{"file": name, "table": view.hlc, **doubt_row(one)} for one in view.doubts]
    out.rows("doubt", doubts, ("file", "table", *DOUBT))
    out.summary(tell("summary.seizures-taken", **counts), DOUBTS if doubts else DONE, doubts=len(doubts), **counts)


@click.command("answer")
@click.argument("table", type=int)
@click.argument("row", type=int)
@click.option("--cell", "cells", multiple=True, metavar="FIELD=TEXT", help=tell("option.seizure-cell"))
@click.option("--drop", is_flag=True, help=tell("option.seizure-drop"))
@command
def answer(table: int, row: int, cells: tuple[str, ...], drop: bool, out: Printer) -> None:
    from vigie.desk import registry_import

    put = {field.strip(): text for field, _, text in (one.partition("=") for one in cells)}
    with opened() as (node, officer):
        name = registry_import.answer(officer, table, row, "dropped" if drop else "as-told", node, put)
    out.summary(tell("summary.seizure", id=name or "-"), seizure=name, row=row, dropped=drop)


@click.command("list")
@click.option("--place", default="", help=tell("option.seizure-place"))
@click.option("--substance", default="", help=tell("option.seizure-substance"))
@click.option("--area", default="", help=tell("option.seizure-area"))
@click.option("--provenance", default="", help=tell("option.seizure-provenance"))
@click.option("--cover-hs", default="", help=tell("option.seizure-cover"))
@click.option("--month", default="", metavar="YYYY-MM", help=tell("option.seizure-month"))
@click.option("--lot", type=click.Choice(["0", "1", "2", "3", "x"]), help=tell("option.seizure-lot"))
@click.option("--held", type=click.Choice(["yes", "no"]), help=tell("option.seizure-held"))
@click.option("--as-of", default="", metavar="YYYY-MM-DD", help=tell("option.seizure-stood"))
@click.option("--state", type=click.Choice(["standing", "merged", "withdrawn"]), default="standing", show_default=True,
              help=tell("option.seizure-state"))  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help=tell("option.limit"))
@command
def listed(out: Printer, **said: Any) -> None:
    from vigie.desk import registry

    with opened() as (node, officer):
        view = registry.listed(officer, node, **{name: told for name, told in said.items() if told is not None})
    shown = out.rows("seizure", view.rows, SEIZURE)
    out.summary(tell("summary.seizures", n=shown, all=view.count), seizures=shown, count=view.count, after=view.after)


@click.command("show")
@click.argument("seizure")
@command
def show(seizure: str, out: Printer) -> None:
    from vigie.desk import registry

    with opened() as (node, officer):
        view = registry.show(officer, seizure, node)
    out.rows("seizure", [view.line], SEIZURE)
    out.rows("report", view.reports, ("id", "leads", "service", "country", "at", "place", "substances", "source"))
    out.rows("step", view.steps, ("at", "verb", "officer", "reason", "other"))
    out.rows("maybe", [{"other": one.other.id, "marks": list(one.marks), "score": one.score} for one in view.maybe],
             ("other", "marks", "score"))  # fmt: skip
    out.summary(tell("summary.seizure", id=seizure), seizure=seizure, into=view.into, reports=len(view.reports))


@click.command("merge")
@click.argument("seizure")
@click.argument("into")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def merge(seizure: str, into: str, reason: str, out: Printer) -> None:
    from vigie.desk import registry

    with opened() as (node, officer):
        view = registry.merge(officer, seizure, into, reason, node)
    out.rows("seizure", [view.line], SEIZURE)
    out.summary(tell("summary.seizure", id=view.line.id), seizure=view.line.id, reports=len(view.reports))


@click.command("split")
@click.argument("seizure")
@click.argument("reports", nargs=-1, required=True, type=int)
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def split(seizure: str, reports: tuple[int, ...], reason: str, out: Printer) -> None:
    from vigie.desk import registry

    with opened() as (node, officer):
        view = registry.split(officer, seizure, reports, reason, node)
    out.rows("seizure", [view.line], SEIZURE)
    out.summary(tell("summary.seizure", id=view.line.id), seizure=view.line.id, reports=len(view.reports))


@click.command("change")
@click.argument("seizure")
@click.argument("verb", type=click.Choice(["withdraw", "restore", "lead"]))
@click.option("--report", type=int, help=tell("option.seizure-report"))
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def change(seizure: str, verb: str, report: int | None, reason: str, out: Printer) -> None:
    from vigie.desk import registry

    with opened() as (node, officer):
        view = registry.change(officer, seizure, verb, reason, node, report)
    out.rows("seizure", [view.line], SEIZURE)
    out.summary(tell("summary.seizure", id=seizure), seizure=seizure, state=view.line.state)
