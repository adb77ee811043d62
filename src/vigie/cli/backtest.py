"""`vigie risk archive|backtest|simulate|compare|shadows`: try rules on the past, on today, and against each other."""

import csv
import sys
from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command, progress, progress_over
from vigie.cli.speech import tell

_RATES = ("code", "boxes", "inspected", "hits", "per_thousand", "low", "high", "lift")
_INDICATORS = (*_RATES, "alone_alerts", "alone_hits", "dead", "within")
_MOVED = ("side", "visit", "site", "shift", "origin", "before_milli", "after_milli", "gained", "lost")
_SHADOW = ("version", "since", "votes", "boxes", "chosen", "both", "champion", "challenger", "looked", "random")
CUTS = ("indicators", "typologies", "site", "origin", "detector", "overlaps")

draft_option = click.option("--draft", default="", help=tell("option.draft"))
since_option = click.option("--since", default="", help=tell("option.since"))
until_option = click.option("--until", default="", help=tell("option.until"))


def _told(done: int, whole: int) -> None:
    progress(tell("progress.archive", done=done, whole=whole))


def fresh(officer: Any, node: Any, act: str = "backtest") -> None:
    """Bring the decision table up to date, with its progress; where another one does that, wait for the end."""
    from vigie.desk import errands

    if errands.behind(node):
        errands.bring_up(officer, node, _told, act=act)
        progress_over()


@click.command("archive")
@command
def archive(out: Printer) -> None:
    from vigie.desk import errands

    with opened() as (node, officer):
        view = errands.bring_up(officer, node, _told)
    progress_over()
    out.summary(
        tell("summary.archive", rows=view.rows, written=view.written, looked=view.looked_at),
        rows=view.rows, written=view.written, looked_at=view.looked_at, cursor=view.cursor,
    )  # fmt: skip


@click.command("backtest")
@draft_option
@since_option
@until_option
@click.option("--by", type=click.Choice(CUTS), default="indicators", show_default=True, help=tell("option.cut"))
@command
def backtest(draft: str, since: str, until: str, by: str, out: Printer) -> None:
    from vigie.desk import backtest as desk

    with opened() as (node, officer):
        fresh(officer, node)
        view = desk.backtest(officer, node, draft, since, until, fresh=False)
    if by == "overlaps":
        out.rows("overlap", view.overlaps, ("first", "second", "both", "of_first", "of_second", "jaccard"))
    elif by == "indicators":
        out.rows("indicator", view.indicators, _INDICATORS)
    else:
        out.rows(by, view.typologies if by == "typologies" else view.slices[by], _RATES)
    if view.missing:
        out.say(tell(f"backtest.missing-{view.missing}"))
    told = view.all
    code = "summary.backtest" if told.per_thousand is not None else "summary.backtest-none"
    out.summary(
        tell(code, boxes=told.boxes, hits=told.hits, inspected=told.inspected, rate=_two(told.per_thousand),
             low=_two(told.low), high=_two(told.high)),
        policy=view.policy, since=view.since, until=view.until, missing=view.missing, all=view.all, fired=view.fired,
        random=view.random,
    )  # fmt: skip


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


@click.command("simulate")
@draft_option
@click.option("--day", default="", help=tell("option.day-simulated"))
@click.option("--site", default="", help=tell("option.site"))
@click.option("--csv", "as_csv", is_flag=True, help=tell("option.as-csv"))
@command
def simulate(draft: str, day: str, site: str, as_csv: bool, out: Printer) -> None:
    from vigie.desk import simulation as desk
    from vigie.desk.views.backtest import csv_row

    with opened() as (node, officer):
        view = desk.simulate(officer, node, draft, day, site)
    told = view.told
    sides = [("came", one) for one in told.came] + [("dropped", one) for one in told.dropped]
    if as_csv:
        table = csv.writer(sys.stdout)
        table.writerow((*_MOVED[:7], "mandatory", *_MOVED[7:], "pushed"))
        table.writerows(csv_row(side, one) for side, one in sides)
        return
    for side, one in sides:
        out.rows(side, (one,), ()) if out.as_json else None
    if not out.as_json:
        rows = [dict(zip((*_MOVED[:7], "mandatory", "gained", "lost"), csv_row(side, one), strict=False))
                for side, one in sides]  # fmt: skip
        out.rows("moved", rows, _MOVED)
    out.rows("load", told.loads, ("site", "shift", "scanner", "origin", "before", "after", "slots"))
    if view.missing:
        out.say(tell(f"simulate.missing-{view.missing}"))
    out.summary(
        tell("summary.simulate", day=view.day, before=told.listed_before, after=told.listed_after, both=told.both,
             came=told.came_count, dropped=told.dropped_count, ms=view.took_ms),
        day=view.day, draft=view.draft, missing=view.missing, before=told.before, after=told.after,
        listed_before=told.listed_before, listed_after=told.listed_after, both=told.both, came=told.came_count,
        dropped=told.dropped_count, fires=told.fires, took_ms=view.took_ms,
    )  # fmt: skip


@click.command("compare")
@click.argument("draft")
@since_option
@until_option
@command
def compare(draft: str, since: str, until: str, out: Printer) -> None:
    from vigie.desk import backtest as desk

    with opened() as (node, officer):
        fresh(officer, node)
        view = desk.compare(officer, node, draft, since, until, fresh=False)
    rows = [{"over": name, "both": one.both, "only_first": one.only_first, "only_second": one.only_second,
             "hits_both": one.hits_both, "hits_first": one.hits_first, "hits_second": one.hits_second, "p": one.p}
            for name, one in (("looked", view.looked), ("random", view.random))]  # fmt: skip
    out.rows("pairing", rows, tuple(rows[0]))
    if view.missing:
        out.say(tell(f"backtest.missing-{view.missing}"))
    out.summary(
        tell("summary.compare", chosen=view.chosen, both=view.both, boxes=view.boxes),
        draft=view.draft, champion=view.champion, challenger=view.challenger, boxes=view.boxes, chosen=view.chosen,
        both=view.both, looked=view.looked, random=view.random, missing=view.missing,
    )  # fmt: skip


@click.command("shadows")
@command
def shadows(out: Printer) -> None:
    from vigie.desk import shadows as desk

    with opened() as (node, officer):
        fresh(officer, node, "simulate")
        count = out.rows("shadow", desk.shadowed(officer, node),
                         ("id", "version", "since", "open", "would_come", "would_drop"))  # fmt: skip
        models = desk.shadow_models(officer, node)
    for one in models:
        told = {name: getattr(one, name) for name in _SHADOW} | {
            "came": one.today.came_count, "dropped": one.today.dropped_count}  # fmt: skip
        out.rows("model", (told,), (*_SHADOW[:6], "came", "dropped"))
    out.summary(tell("summary.shadows", count=count + len(models)), shadows=count, models=len(models))
