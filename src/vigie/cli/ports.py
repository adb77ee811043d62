"""`vigie ports`: access logs in, names of each day, openings by two people, figures without persons."""

from pathlib import Path

import click

from vigie.cli.files import streams
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, Printer, command, doubt_row
from vigie.cli.speech import tell

NAME = ("day", "user", "indicator", "flagged", "chance", "q", "peers", "counted", "expected", "state")
OPENING = ("id", "user", "state", "officer", "asked", "reason", "decided_by", "identity")
FIGURE = ("month", "system", "act", "people", "events", "low", "middle", "high", "roleless")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@command
def take_in(files: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk import ports

    events, known, doubts = 0, 0, []
    with opened() as (node, officer):
        for name, stream in streams(files):
            told = ports.take_in(officer, stream.read().decode("utf-8-sig", errors="replace"), node)
            events, known = events + told.events, known + told.known
            doubts += [{"file": name, **doubt_row(one)} for one in told.doubts]
    out.rows("doubt", doubts, ("file", *DOUBT))
    out.summary(
        tell("summary.access", events=events, known=known, doubts=len(doubts)), DOUBTS if doubts else DONE,
        events=events, known=known, doubts=len(doubts),
    )  # fmt: skip


@click.command("insiders")
@command
def insiders(out: Printer) -> None:
    from vigie.desk import ports

    with opened() as (node, officer):
        view = ports.insiders(officer, node)
    out.rows("name", view.rows, NAME)
    out.summary(
        tell("summary.insiders", n=len(view.rows), per_day=view.per_day, people=view.people), names=len(view.rows),
        people=view.people, lines=view.lines, per_day=view.per_day, level=view.level, since=view.since,
    )  # fmt: skip


@click.command("open")
@click.argument("user", metavar="PSEUDONYM")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def ask(user: str, reason: str, out: Printer) -> None:
    from vigie.desk import ports_openings

    with opened() as (node, officer):
        made = ports_openings.ask(officer, user, reason, node)
    out.summary(tell("summary.opening-asked", id=made.id), id=made.id, state=made.state, user=made.user)


@click.command("confirm")
@click.argument("opening", metavar="ID", type=int)
@command
def confirm(opening: int, out: Printer) -> None:
    _decided(opening, "opened", "", out)


@click.command("refuse")
@click.argument("opening", metavar="ID", type=int)
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def refuse(opening: int, reason: str, out: Printer) -> None:
    _decided(opening, "refused", reason, out)


@click.command("withdraw")
@click.argument("opening", metavar="ID", type=int)
@command
def withdraw(opening: int, out: Printer) -> None:
    _decided(opening, "withdrawn", "", out)


def _decided(opening: int, decision: str, reason: str, out: Printer) -> None:
    from vigie.desk import ports_openings

    with opened() as (node, officer):
        made = ports_openings.decide(officer, opening, decision, node, reason)
    out.rows("opening", (made,), OPENING)
    out.summary(tell("summary.opening-decided", id=made.id), id=made.id, state=made.state)


@click.command("openings")
@command
def openings(out: Printer) -> None:
    from vigie.desk import ports_openings

    with opened() as (node, officer):
        count = out.rows("opening", ports_openings.page(officer, node), OPENING)
    out.summary(tell("summary.openings", n=count), openings=count)


@click.command("figures")
@command
def figures(out: Printer) -> None:
    from vigie.desk import ports_figures

    with opened() as (node, officer):
        count = out.rows("figure", ports_figures.figures(officer, node), FIGURE)
    out.summary(tell("summary.port-figures", n=count), rows=count)
