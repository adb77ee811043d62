"""`vigie risk`: assess again, explain a score, list the indicators, watch."""

from pathlib import Path

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, Printer, command, doubt_row, progress, progress_over
from vigie.cli.speech import tell
from vigie.terms import DAY, Handling, Moment


def _told(done: int, whole: int) -> None:
    progress(tell("progress.assess", done=done, whole=whole))


@click.command("assess")
@click.argument("numbers", nargs=-1)
@command
def assess(numbers: tuple[str, ...], out: Printer) -> None:
    from vigie.desk import arrivals, errands, risk

    with opened() as (node, officer):
        if numbers:
            visits = tuple(arrivals.find(officer, number, node) for number in numbers)
            count = risk.assess(officer, node, visits)
        else:
            count = errands.run(officer, errands.ASSESS, node, _told).whole
    progress_over()
    out.summary(tell("summary.assess", count=count), assessed=count)


@click.command("explain")
@click.argument("number")
@command
def explain(number: str, out: Printer) -> None:
    from vigie.desk import risk

    with opened() as (node, officer):
        told = risk.explain(officer, number, node)
    out.say(tell("explain.prior", milli=told.prior_milli))
    out.rows("reason", told.reasons, ("indicator", "weight_milli", "text"))
    if told.channels:
        out.rows("channel", told.channels, ("name", "weight_milli", "raw_milli", "milli"))
    if told.caps_milli:
        out.say(tell("explain.caps", milli=told.caps_milli))
    if told.unknown:
        out.say(tell("explain.unknown", names=", ".join(told.unknown)))
    out.summary(
        tell("explain.total", milli=told.total_milli, band=told.band, policy=told.policy),
        prior_milli=told.prior_milli,
        caps_milli=told.caps_milli,
        total_milli=told.total_milli,
        band=told.band,
        mandatory=told.mandatory,
        unknown=told.unknown,
        policy=told.policy,
    )


@click.command("watchlists")
@command
def watchlists(out: Printer) -> None:
    from vigie.desk import risk

    with opened() as (node, officer):
        count = out.rows(
            "watchlist",
            risk.watch_lists(officer, node),
            ("id", "name", "owner", "effect", "expires", "expired", "reason"),
        )
    if not count:
        out.say(tell("watchlists.empty"))
    out.summary(tell("summary.watchlists", count=count), watchlists=count)


@click.command("watch")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", required=True, help=tell("option.name"))
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3650), help=tell("option.days"))
@click.option(
    "--effect",
    type=click.Choice(["mandatory", "weighted"]),
    default="mandatory",
    show_default=True,
    help=tell("option.effect"),
)
@click.option("--weight", default=0, type=click.IntRange(0, 6908), help=tell("option.weight"))
@click.option(
    "--handling",
    type=click.Choice([one.name for one in Handling]),
    default="AMBER",
    show_default=True,
    help=tell("option.handling"),
)
@command
def watch(
    table: Path, name: str, reason: str, days: int, effect: str, weight: int, handling: str, out: Printer
) -> None:
    from vigie.desk import risk

    with opened() as (node, officer):
        expires = Moment(node.now() + days * DAY)
        made = risk.create_watch_list(officer, name, reason, expires, Handling[handling], effect, node, weight)
        added, doubts = risk.watch_csv(officer, made, table.read_text(encoding="utf-8-sig"), node)
    out.rows("doubt", [doubt_row(one) for one in doubts], DOUBT)
    out.summary(
        tell("summary.watch", added=added, doubts=len(doubts)),
        DOUBTS if doubts else DONE,
        watchlist=made,
        added=added,
        doubts=len(doubts),
    )
