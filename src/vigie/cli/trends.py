"""`vigie trends`: displacement of ports and routes, published figures, statistics."""

from pathlib import Path
from typing import Any

import click
import msgspec

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, Printer, command, doubt_row
from vigie.cli.speech import tell

ALARM = ("by", "month", "name", "direction", "since", "ratio", "low", "high")
STANDING = ("by", "name", "findings", "inspected", "ratio", "low", "high", "early")
DELAY = ("moving", "found", "soon", "months", "named")
PART = ("place", "name", "before", "after", "low", "high", "says")
YEAR = ("year", "low", "high", "sources", "contradicting")
LINE = ("table", "name", "findings", "grams", "median_g", "inspected", "scanned", "random", "before_findings")


@click.command("monitor")
@click.argument("counts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
def monitor(counts: Path, out: Printer) -> None:
    from vigie.desk import trends

    with opened() as (node, officer), counts.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        view = trends.monitor(officer, lines, node)
    _verdicts(view, out)


@click.command("displacement")
@command
def displacement(out: Printer) -> None:
    from vigie.desk import trends

    with opened() as (node, officer):
        view = trends.displacement(officer, node)
    _verdicts(view, out)


def _verdicts(view: Any, out: Printer) -> None:
    doubts = [doubt_row(one) for one in view.doubts]
    out.rows("doubt", doubts, DOUBT)
    for verdict in (view.ports, view.routes):
        if verdict is None:
            continue
        out.rows("standing", [_standing(one, verdict.by) for one in verdict.standings], STANDING)
        if verdict.alarm is not None:
            out.rows("alarm", [_alarm(verdict.alarm, verdict.by)], ALARM)
        by = tell(f"by.{verdict.by}")
        out.say(tell(f"says.{verdict.says}", by=by))
        if verdict.silent:
            out.say(tell("says.silent", by=by, names=", ".join(verdict.silent)))
        missing = [{"by": verdict.by, "name": name, "months": spans} for name, spans in verdict.missing.items()]
        out.rows("missing", missing, ("by", "name", "months"))
    out.rows("delay", view.delays, DELAY)
    out.rows("assumed", view.assumed, ("factor", "value", "low", "high", "stands"))
    if view.model is not None:
        out.rows("model", [view.model], ("name", "value", "low", "high", "chance"))
    ports, alarm = view.ports, view.ports.alarm
    out.summary(
        tell("summary.monitor", rows=view.rows, doubts=len(doubts)), DOUBTS if doubts else DONE,
        rows=view.rows, doubts=len(doubts), says=ports.says, first=ports.first, last=ports.last,
        monitored=ports.monitored, names=ports.names, silent=ports.silent, findings=ports.findings,
        missing=ports.missing,
        false_alarms=ports.false_alarms, alarm=alarm and alarm.month, port=alarm and alarm.name,
        direction=alarm and alarm.direction, ranked=alarm.ranked if alarm else (),
        since=alarm and alarm.since, interval=[alarm.since_low, alarm.since_high] if alarm else None,
        ratio=alarm and alarm.ratio.value, ratio_interval=[alarm.ratio.low, alarm.ratio.high] if alarm else None,
        routes=None if view.routes is None else view.routes.says,
        route_alarm=None if view.routes is None or view.routes.alarm is None else view.routes.alarm.month,
    )  # fmt: skip


def _alarm(alarm: Any, by: str) -> dict[str, Any]:
    told = msgspec.to_builtins(alarm)
    ratio = told.pop("ratio")
    return {"by": by, **told, "ratio": ratio["value"], "low": ratio["low"], "high": ratio["high"], "share": ratio}


def _standing(one: Any, by: str) -> dict[str, Any]:
    told = msgspec.to_builtins(one)
    ratio = told.pop("ratio")
    return {"by": by, **told, "ratio": ratio["value"], "low": ratio["low"], "high": ratio["high"], "share": ratio}


@click.command("routes")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
def routes(files: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk import trends

    texts = [(path.name, path.read_text(encoding="utf-8-sig", errors="replace")) for path in files]
    with opened() as (node, officer):
        view = trends.public(officer, node, texts)
    for story in view.stories:
        parts = [{"place": story.place, "from": story.before, "to": story.after, **msgspec.to_builtins(one)}
                 for one in story.shift.parts]  # fmt: skip
        out.rows("provenance", parts, PART)
        shift = {name: getattr(story.shift, name)
                 for name in ("moved", "chance", "lots_before", "lots_after", "unevenness", "new")}  # fmt: skip
        out.rows("shift", [{"place": story.place, "from": story.before, "to": story.after, **shift}],
                 ("place", "from", "to", "moved", "chance", "unevenness", "new"))  # fmt: skip
    out.rows("enforcement", view.ratios, YEAR)
    out.rows("fall", view.falls, ("before", "after", "at_port_low", "at_port_high", "whole_low", "whole_high"))
    moved = sum(one.shift.moved for one in view.stories)
    out.summary(tell("summary.routes", n=view.claims, moved=moved), claims=view.claims, moved=moved,
                new=sorted({name for one in view.stories for name in one.shift.new}))  # fmt: skip


@click.command("statistics")
@click.option("--from", "first", default="", metavar="YYYY-MM", help=tell("option.first-month"))
@click.option("--to", "last", default="", metavar="YYYY-MM", help=tell("option.last-month"))
@click.option("--site", "place", default="", help=tell("option.site"))
@click.option("--provenance", default="", help=tell("option.provenance"))
@click.option("--table", type=click.Choice(["months", "ports", "provenances", "covers", "lots"]), default="ports",
              show_default=True, help=tell("option.table"))  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help=tell("option.as-csv"))
@command
def statistics(first: str, last: str, place: str, provenance: str, table: str, as_csv: bool, out: Printer) -> None:
    from vigie.desk import statistics as desk

    with opened() as (node, officer):
        if as_csv:
            click.echo(desk.export(officer, node, table, first, last, place, provenance), nl=False)
            return
        view = desk.statistics(officer, node, first, last, place, provenance)
    out.rows("line", [_line(one, table) for one in getattr(view.counts, table)], LINE)
    whole = view.counts.whole
    out.summary(
        tell("summary.statistics", first=view.first, last=view.last, findings=whole.now.findings,
             tonnes=f"{whole.now.grams / 1e6:.1f}", before=whole.before.findings),
        first=view.first, last=view.last, before_first=view.before_first, before_last=view.before_last,
        is_over=view.is_over, whole=whole,
    )  # fmt: skip


def _line(one: Any, table: str) -> dict[str, Any]:
    before = {f"before_{name}": value for name, value in msgspec.to_builtins(one.before).items()}
    return {"table": table, "name": one.name, **msgspec.to_builtins(one.now), **before}
