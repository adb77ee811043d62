"""`vigie arrivals`: take messages in, list boxes, show one, search."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vigie.cli.files import streams
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command, progress, progress_over, warn
from vigie.cli.speech import language, tell
from vigie.terms import BadRequest

if TYPE_CHECKING:
    from vigie.desk.views import ImportReport

ROW = ("container", "band", "score_milli", "status", "site", "due", "loading", "fired", "doubts", "claimed_by")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--columns", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=tell("option.columns"))
@click.option("--back-load", is_flag=True, help=tell("option.back-load"))
@command
def take_in(files: tuple[Path, ...], columns: Path | None, back_load: bool, out: Printer) -> None:
    from vigie.desk import arrivals

    unread: list[tuple[str, str]] = []
    with opened() as (node, officer):
        report = arrivals.take_in(
            officer,
            streams(files, unread),
            node,
            backload=back_load,
            column_map=_columns(columns) if columns else None,
            progress=lambda now: progress(tell("progress.import", parts=now.parts, containers=now.containers)),
        )
    progress_over()
    _tell_doubts(report, out)
    for name, why in unread:
        warn(tell("import.unread", name=name, why=why) if why else tell("import.no-files", name=name))
    doubts = sum(report.doubts.values())
    out.summary(
        tell(
            "summary.import",
            messages=report.messages,
            containers=report.containers,
            doubts=doubts,
            known=report.known,
            faults=report.faults,
        ),
        DOUBTS if doubts or report.faults or unread else DONE,
        **{name: value for name, value in facts_of(report).items() if name != "noticed"},
        unread=[name for name, _ in unread],
    )


def _columns(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadRequest(reason="column-map-unreadable") from None


@click.command("retry")
@command
def retry(out: Printer) -> None:
    from vigie.desk import arrivals

    with opened() as (node, officer):
        report = arrivals.retry(officer, node)
    out.summary(
        tell("summary.retry", parts=report.parts, faults=report.faults),
        DOUBTS if report.faults else DONE,
        **{name: value for name, value in facts_of(report).items() if name != "noticed"},
    )


def _tell_doubts(report: "ImportReport", out: Printer) -> None:
    """Scripts get every doubt with its place, people one line per kind of doubt, with the first place it stands at."""
    from vigie.arrivals import doubt_texts

    texts = doubt_texts()
    rows: list[dict[str, Any]] = []
    first: dict[str, dict[str, Any]] = {}
    for one in report.noticed:
        row = {"count": report.doubts[one.code], **facts_of(one), "text": texts.tell(one.code, language(), **one.facts)}
        rows.append(row)
        first.setdefault(one.code, row)
    shown = rows if out.as_json else [first[code] for code in sorted(first)]
    out.rows("doubt", shown, ("count", "code", "file", "segment", "text"))


def facts_of(view: Any) -> dict[str, Any]:
    """The fields of a view by name."""
    return {name: getattr(view, name) for name in view.__struct_fields__}


@click.command("list")
@click.option("--site", multiple=True, help=tell("option.site"))
@click.option("--band", multiple=True, help=tell("option.band"))
@click.option("--status", multiple=True, help=tell("option.status"))
@click.option("--indicator", default="", help=tell("option.indicator"))
@click.option("--sort", default="score", show_default=True, help=tell("option.sort"))
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500), help=tell("option.limit"))
@click.option("--after", default="", help=tell("option.after"))
@command
def listed(
    site: tuple[str, ...],
    band: tuple[str, ...],
    status: tuple[str, ...],
    indicator: str,
    sort: str,
    limit: int,
    after: str,
    out: Printer,
) -> None:
    from vigie.desk import arrivals
    from vigie.desk.views import ArrivalsQuery

    with opened() as (node, officer):
        query = ArrivalsQuery(
            sites=site, bands=band, statuses=status, indicator=indicator.upper(), sort=sort, limit=limit, after=after
        )
        page = arrivals.page(officer, query, node)
        shown = out.rows("arrival", page.rows, ROW)
    if not page.total:
        out.say(tell("list.empty"))
    out.summary(
        tell("summary.list-more" if page.more else "summary.list", shown=shown, total=page.total),
        shown=shown, total=page.total, more=page.more, next=page.next,
    )  # fmt: skip


@click.command("show")
@click.argument("number")
@command
def show(number: str, out: Printer) -> None:
    from vigie.desk import arrivals

    with opened() as (node, officer):
        view = arrivals.container(officer, arrivals.find(officer, number, node), node)
        entries = out.rows("entry", view.timeline, ("at", "kind", "text", "source"))
    row = view.row
    out.summary(
        tell("summary.show", visit=row.visit, entries=entries, status=row.status, band=row.band, score=row.score_milli),
        entries=entries,
        visit=row.visit,
        status=row.status,
        band=row.band,
        score_milli=row.score_milli,
        revision=view.revision,
    )


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
