"""`vigie risk drift|rederive|scans`: what the past proves, and whether it can be made again."""

import click

from vigie.cli.backtest import fresh
from vigie.cli.operator import opened
from vigie.cli.output import DONE, FAULT, Printer, command
from vigie.cli.speech import tell
from vigie.terms import Moment, datetime_of

TABLES = {
    "strata": ("stratum", "chosen", "n", "hits", "rate", "low", "high"),
    "weeks": ("week", "score", "random", "precision", "low", "high", "chance_high", "alarm"),
    "columns": ("column", "psi", "by_chance", "state", "unknown_before", "unknown_now", "new", "gone"),
    "detectors": ("detector", "n", "hits", "ratio", "low", "high", "shared"),
    "volumes": ("form", "weeks", "state"),
}


@click.command("drift")
@click.option("--label", type=click.Choice(["irregular", "cocaine"]), default="irregular", show_default=True,
              help=tell("option.label"))  # fmt: skip
@click.option("--by", type=click.Choice(["scanner", "depth", "team", "analyst"]), default="scanner", show_default=True,
              help=tell("option.detector-by"))  # fmt: skip
@click.option("--table", type=click.Choice([*TABLES, "indicators"]), default="strata", show_default=True,
              help=tell("option.table"))  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help=tell("option.as-csv"))
@command
def drift(label: str, by: str, table: str, as_csv: bool, out: Printer) -> None:
    from vigie.desk import drift as desk

    with opened() as (node, officer):
        fresh(officer, node, "see-drift")
        if as_csv:
            click.echo(desk.export(officer, node, table, label, by), nl=False)
            return
        view = desk.drift(officer, node, label, by, fresh=False)
    if table == "indicators":
        alarms = [one.indicator for one in view.indicators if one.alarm]
        out.rows("indicator", [{"indicator": one, "text": view.names[one]} for one in alarms], ("indicator", "text"))
    else:
        out.rows(table, getattr(view, table), TABLES[table])
    share = view.share.proposed // 10
    out.summary(
        tell("summary.drift", rows=view.rows, controls=view.controls, random=view.random, share=share,
             since=_day(view.window_since), until=_day(view.window_until)),
        rows=view.rows, since=view.window_since, until=view.window_until,
        controls=view.controls, random=view.random, hits=view.hits, bound=view.bound,
        share=view.share,
    )  # fmt: skip


def _day(at: Moment) -> str:
    return datetime_of(at).date().isoformat()


@click.command("scans")
@click.argument("rate", type=click.FloatRange(0, 1, min_open=True, max_open=True))
@click.option("--level", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.95, show_default=True,
              help=tell("option.level"))  # fmt: skip
@command
def scans(rate: float, level: float, out: Printer) -> None:
    from vigie.desk import drift as desk

    n = desk.needed(rate, level)
    out.summary(tell("summary.scans", n=n, rate=f"{rate:g}", level=f"{level:g}"), controls=n, rate=rate, level=level)


@click.command("rederive")
@click.argument("wanted")
@command
def rederive(wanted: str, out: Printer) -> None:
    from vigie.desk import rederiving

    with opened() as (node, officer):
        found = rederiving.rederive(officer, wanted, node)
    out.rows("difference", found.differences, ("part", "name", "kept", "again"))
    out.rows("missing", [{"name": one} for one in found.missing], ("name",))
    out.rows("draw", found.draws, ("plan", "shift", "stratum", "propensity", "rank", "verdict"))
    what = tell(f"rederived.missing-{found.lacking}") if found.lacking else ""
    out.summary(
        tell(f"rederived.{found.verdict}", visit=found.visit, at=found.at, n=len(found.differences), what=what),
        DONE if found.verdict == rederiving.EQUAL else FAULT,
        visit=found.visit, at=found.at, verdict=found.verdict, lacking=found.lacking, policy=found.policy,
        entries=found.entries, features=found.features,
    )  # fmt: skip
