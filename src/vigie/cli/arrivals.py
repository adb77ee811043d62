"""`vigie arrivals`: take messages in, list boxes, show one, search."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command, progress, progress_over
from vigie.cli.speech import tell

ROW = ("container", "band", "score_milli", "status", "site", "due", "loading", "fired", "doubts", "claimed_by")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--columns", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=tell("option.columns"))
@click.option("--back-load", is_flag=True, help=tell("option.back-load"))
@command
def take_in(files: tuple[Path, ...], columns: Path | None, back_load: bool, out: Printer) -> None:
    from vigie.desk import arrivals

    with opened() as (node, officer), ExitStack() as stack:
        streams = [(path.name, stack.enter_context(path.open("rb"))) for path in files]
        report = arrivals.take_in(
            officer,
            streams,
            node,
            backload=back_load,
            column_map=columns.read_text() if columns else None,
            progress=lambda now: progress(tell("progress.import", parts=now.parts, containers=now.containers)),
        )
    progress_over()
    doubts = sum(report.doubts.values())
    for code, count in sorted(report.doubts.items()):
        out.rows("doubt", [{"code": code, "count": count}], ("code", "count"))
    out.summary(
        tell(
            "summary.import",
            messages=report.messages,
            containers=report.containers,
            doubts=doubts,
            known=report.known,
            faults=report.faults,
        ),
        DOUBTS if doubts or report.faults else DONE,
        **facts_of(report),
    )


def facts_of(view: Any) -> dict[str, Any]:
    """The fields of a view by name."""
    return {name: getattr(view, name) for name in view.__struct_fields__}


@click.command("list")
@click.option("--site", multiple=True, help=tell("option.site"))
@click.option("--band", multiple=True, help=tell("option.band"))
@click.option("--sort", default="score", show_default=True, help=tell("option.sort"))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500), help=tell("option.limit"))
@command
def listed(site: tuple[str, ...], band: tuple[str, ...], sort: str, limit: int, out: Printer) -> None:
    from vigie.desk import arrivals
    from vigie.desk.views import ArrivalsQuery

    with opened() as (node, officer):
        query = ArrivalsQuery(sites=site, bands=band, sort=sort, limit=limit)
        page = arrivals.page(officer, query, node)
        shown = out.rows("arrival", page.rows, ROW)
    out.summary(tell("summary.list", shown=shown, total=page.total), shown=shown, total=page.total, next=page.next)


@click.command("show")
@click.argument("number")
@command
def show(number: str, out: Printer) -> None:
    from vigie.desk import arrivals

    with opened() as (node, officer):
        view = arrivals.container(officer, arrivals.find(officer, number, node), node)
        entries = out.rows("entry", view.timeline, ("at", "kind", "text", "source"))
        facts = {"visit": view.row.visit, "band": view.row.band, "score_milli": view.row.score_milli}
    out.summary(tell("summary.show", visit=view.row.visit, entries=entries), entries=entries, **facts)


@click.command("search")
@click.argument("text")
@command
def search(text: str, out: Printer) -> None:
    from vigie.desk import search as desk

    with opened() as (node, officer):
        found = desk.find(officer, text, node)
        rows = [
            {
                "container": hit.row.container,
                "visit": hit.row.visit,
                "match": hit.kind,
                "term": hit.term,
                "exact": hit.exact,
            }
            for hit in found.hits
        ]
        count = out.rows("hit", rows, ("container", "visit", "match", "term", "exact"))
    out.summary(tell("summary.search", count=count), hits=count)
