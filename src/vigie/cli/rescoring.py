"""`vigie risk rescore` and `vigie risk skew`: past decisions made again in bulk."""

from datetime import UTC, datetime

import click

from vigie.cli.archiving import Left
from vigie.cli.operator import opened
from vigie.cli.output import DONE, FAULT, Printer, command, progress_over
from vigie.cli.speech import tell
from vigie.terms import Moment

_YEAR, _DAY = 4, 10  # lengths of `2019` and `2019-02-28`


def moment_from(text: str, *, end: bool = False) -> Moment:
    """Read a year, or a day; the end of it where it is to end a span (that of a year: the next new year)."""
    if len(text) == _YEAR and text.isdecimal():
        start = datetime(int(text) + end, 1, 1, tzinfo=UTC)
        return Moment(int(start.timestamp()) * 1_000_000)
    day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    return Moment((int(day.timestamp()) + end * 86_400) * 1_000_000)


class Span(click.ParamType[int]):
    """A year (`2019`) or a day (`2019-02-28`), UTC.

    Args:
        end: Whether the end of it is meant.
    """

    name = "year"

    def __init__(self, *, end: bool = False) -> None:
        self._end = end

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it."""
        try:
            return moment_from(str(value), end=self._end)
        except ValueError:
            self.fail(f"'{value}'", param, ctx)


@click.command("rescore")
@click.option("--from", "since", type=Span(), required=True, help=tell("option.past-from"))
@click.option("--to", "until", type=Span(end=True), required=True, help=tell("option.past-to"))
@click.option("--engine", default="local", show_default=True, help=tell("option.engine"))
@command
def rescore(since: int, until: int, engine: str, out: Printer) -> None:
    from vigie.desk import errands

    with opened() as (node, officer):
        view = errands.rescore(officer, node, Moment(since), Moment(until), engine, Left("rescore"))
    progress_over()
    out.rows("rescore", [view], ("boxes", "features_differ", "scores_differ", "moved_up", "moved_down", "erased"))
    out.summary(
        tell("summary.rescored", boxes=view.boxes, features_differ=view.features_differ, up=view.moved_up,
             scores_differ=view.scores_differ, judged_alike=view.judged_alike, down=view.moved_down,
             erased=view.erased),
        FAULT if view.features_differ or view.scores_differ else DONE,
        boxes=view.boxes, features_differ=view.features_differ, scores_differ=view.scores_differ, digest=view.digest,
    )  # fmt: skip


@click.command("skew")
@click.option("--day", type=Span(), help=tell("option.skew-day"))
@click.option("--engine", default="local", show_default=True, help=tell("option.engine"))
@command
def skew(day: int | None, engine: str, out: Printer) -> None:
    from vigie.desk import refolding

    with opened() as (node, officer):
        view = refolding.skew(officer, node, None if day is None else Moment(day), engine)
    out.rows("feature", [{"name": name} for name in view.names], ("name",))
    out.summary(tell("summary.skew", checked=view.checked, different=view.different, erased=view.erased),
                FAULT if view.different else DONE, checked=view.checked, different=view.different)  # fmt: skip
