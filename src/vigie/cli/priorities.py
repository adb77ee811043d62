"""`vigie ports priorities`: conclusions, what follows from them, and the seminar report."""

from pathlib import Path

import click

from vigie.cli.files import put
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell
from vigie.terms import Language

ROW = ("id", "state", "overdue", "due", "owner", "measure")
STEP = ("at", "verb", "officer", "note")
STATES = ("open", "under-way", "done", "dropped", "overdue")
FORMS = ("pdf", "docx", "csv", "html")
NAME = click.argument("name", metavar="ID")
NOTE = click.option("--note", required=True, help=tell("option.note-priority"))


def _fields(required: bool) -> tuple[click.Option, ...]:
    return tuple(
        click.Option([f"--{name}"], required=required and name != "source", default=None if required else "",
                     help=tell(f"option.priority-{name}"))
        for name in ("finding", "source", "owner", "measure", "due")
    )  # fmt: skip


@click.command("list")
@click.option("--state", type=click.Choice(STATES), default=None, help=tell("option.priority-state"))
@command
def listed(state: str | None, out: Printer) -> None:
    from vigie.desk import priorities

    with opened() as (node, officer):
        found = priorities.page(officer, node, state or "")
    out.rows("priority", found, ROW)
    late = sum(one.overdue for one in found)
    out.summary(tell("summary.priorities", n=len(found), late=late), priorities=len(found), overdue=late)


@click.command("show")
@NAME
@command
def show(name: str, out: Printer) -> None:
    from vigie.desk import priorities

    with opened() as (node, officer):
        one = priorities.show(officer, name, node)
    out.rows("priority", (one,), ("id", "state", "due", "owner", "finding", "measure", "source"))
    out.rows("step", one.steps, STEP)
    out.summary(tell("summary.priority", id=one.id), id=one.id, state=one.state)


@click.command("raise")
@command
def propose(out: Printer, **told: str | None) -> None:
    from vigie.desk import priorities

    with opened() as (node, officer):
        one = priorities.propose(officer, {name: text or "" for name, text in told.items()}, node)
    out.summary(tell("summary.priority-raised", id=one.id), id=one.id, state=one.state)


propose.params += _fields(True)


@click.command("amend")
@NAME
@click.option("--note", default="", help=tell("option.note-priority"))
@command
def amend(name: str, note: str, out: Printer, **told: str) -> None:
    _taken(name, "amend", note, out, told)


amend.params += _fields(False)


def _step(verb: str) -> click.Command:
    @click.command(verb)
    @NAME
    @NOTE
    @command
    def run(name: str, note: str, out: Printer) -> None:
        _taken(name, verb, note, out)

    return run


follow, finish, drop, reopen = (_step(verb) for verb in ("follow", "finish", "drop", "reopen"))


def _taken(name: str, verb: str, note: str, out: Printer, told: dict[str, str] | None = None) -> None:
    from vigie.desk import priorities

    with opened() as (node, officer):
        one = priorities.step(officer, name, verb, note, node, told)
    out.rows("priority", (one,), ROW)
    out.summary(tell("summary.priority", id=one.id), id=one.id, state=one.state)


@click.command("report")
@click.option("--language", type=click.Choice([str(one) for one in Language]), default=None,
              help=tell("option.document-language"))  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS), default="pdf", show_default=True, help=tell("option.form"))
@click.option("--title", default="", help=tell("option.seminar-title"))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), default=None, help=tell("option.day"))
@click.option("--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help=tell("option.to"))
@command
def report(language: str | None, form: str, title: str, day: object, target: Path, out: Printer) -> None:
    from vigie.desk import bulletin, priorities

    with opened() as (node, officer):
        wanted = getattr(day, "date", lambda: None)()
        document = priorities.report(officer, node, wanted, language or "", title)
        made = bulletin.printed(document, form, node, "conclusions")
    put(target, made.body)
    out.summary(tell("summary.written", file=target.name, bytes=len(made.body)), file=str(target),
                bytes=len(made.body), language=document.language, day=document.day)  # fmt: skip
