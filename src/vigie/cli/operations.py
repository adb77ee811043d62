"""`vigie exchange` for what partners ask: requests, answers, what would leave, joint operations, trainings, holds."""

from datetime import UTC, datetime
from pathlib import Path

import click

from vigie.cli.exchange import telling
from vigie.cli.files import put
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)
WANTED = click.argument("wanted", metavar="ID")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("show")
@WANTED
@command
def show(wanted: str, out: Printer) -> None:
    from vigie.desk import exchange_things

    with opened() as (node, officer):
        view = exchange_things.one(officer, wanted, node)
    out.rows("field", view.fields, ("name", "text", "at"))
    out.rows("answer", view.answers, ("node", "version", "outcome", "answered"))
    count = out.rows("reply", view.replies, ("node", "text"))
    out.summary(tell("summary.exchange-rows", n=len(view.versions)), life=view.row.life, replies=count,
                thing=view.row.thing, tlp=view.row.tlp)  # fmt: skip


@click.command("requests")
@command
def requests(out: Printer) -> None:
    from vigie.desk import exchange_replies

    with opened() as (node, officer):
        count = out.rows("request", exchange_replies.requests(officer, node), ("id", "container", "node", "reason"))
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("reply")
@WANTED
@click.argument("word")
@click.argument("text")
@command
def reply(wanted: str, word: str, text: str, out: Printer) -> None:
    from vigie.desk import exchange_replies

    with opened() as (node, officer):
        sent = exchange_replies.reply(officer, wanted, word, text, node)
    out.summary(tell(f"summary.exchange-{sent.state}", id=sent.id, n=len(sent.to)), id=sent.id, state=sent.state)


@click.command("preview")
@click.argument("file", type=FILE)
@command
def preview(file: Path, out: Printer) -> None:
    from vigie.desk import exchange_preview

    thing, marking = telling(file)
    with opened() as (node, officer):
        made = exchange_preview.prepare(officer, thing, marking, node)
        exchange_preview.discard(officer, made.draft, node)
    out.say(made.marking)
    out.say(made.content)
    out.rows("recipient", made.recipients, ("name", "code"))
    out.summary(tell("summary.exchange-preview", n=made.bytes), 0 if made.may else 1, bytes=made.bytes, may=made.may,
                two=made.two, content=made.content, marking=made.marking)  # fmt: skip


@click.command("ask")
@WANTED
@click.option("--authority", required=True, help=tell("option.hold-authority"))
@click.option("--case", required=True, help=tell("option.hold-case"))
@click.option("--ground", required=True, help=tell("option.hold-ground"))
@click.option("--until", required=True, type=DAY, help=tell("option.hold-until"))
@command
def hold_ask(wanted: str, authority: str, case: str, ground: str, until: datetime, out: Printer) -> None:
    from vigie.desk import exchange_holding
    from vigie.terms import moment_of

    with opened() as (node, officer):
        end = moment_of(until.replace(tzinfo=UTC))
        exchange_holding.ask_hold(officer, wanted, authority, case, ground, end, node)
    out.summary(tell("summary.exchange-waits", id=wanted), id=wanted)


@click.command("confirm")
@WANTED
@command
def hold_confirm(wanted: str, out: Printer) -> None:
    from vigie.desk import exchange_holding

    with opened() as (node, officer):
        exchange_holding.confirm_hold(officer, wanted, node)
    out.summary(tell("summary.exchange-held", id=wanted), id=wanted)


@click.command("lift")
@WANTED
@command
def hold_lift(wanted: str, out: Printer) -> None:
    from vigie.desk import exchange_holding

    with opened() as (node, officer):
        exchange_holding.lift_hold(officer, wanted, node)
    out.summary(tell("summary.exchange-lifted", id=wanted), id=wanted)


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import exchange_operations

    with opened() as (node, officer):
        found = exchange_operations.page(officer, node)
        rows = [{"id": one.id, "name": one.name, "state": one.stage, "origin": one.originator} for one in found]
    count = out.rows("operation", rows, ("id", "name", "state", "origin"))
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("step")
@WANTED
@click.argument("word")
@click.argument("text")
@click.option("--task", default=0, type=click.IntRange(0), help=tell("option.task"))
@command
def step(wanted: str, word: str, text: str, task: int, out: Printer) -> None:
    from vigie.desk import exchange_operations

    with opened() as (node, officer):
        view = exchange_operations.step(officer, wanted, word, text, node, item=task)
    out.summary(tell("summary.operation", name=view.name, stage=view.stage), id=wanted, stage=view.stage)


@click.command("report")
@WANTED
@click.argument("file", type=NEW)
@click.option("--language", default="", help=tell("option.language"))
@command
def report(wanted: str, file: Path, language: str, out: Printer) -> None:
    from vigie.desk import bulletin, exchange_operations

    with opened() as (node, officer):
        document = exchange_operations.report(officer, wanted, node, language)
        made = bulletin.printed(document, file.suffix.lstrip(".") or "html", node, "operation")
    put(file, made.body)
    out.summary(tell("summary.bundle-made", name=file.name, n=len(made.body)), file=file.name, bytes=len(made.body))


@click.command("list")
@command
def trainings(out: Printer) -> None:
    from vigie.desk import exchange_training

    with opened() as (node, officer):
        count = out.rows("training", exchange_training.page(officer, node), ("id", "name", "origin", "count", "file"))
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("complete")
@WANTED
@command
def complete(wanted: str, out: Printer) -> None:
    from vigie.desk import exchange_training

    with opened() as (node, officer):
        view = exchange_training.complete(officer, wanted, node)
    out.summary(tell("summary.training", name=view.name, n=view.count), id=wanted, count=view.count)


@click.command("report")
@WANTED
@click.argument("text")
@command
def training_report(wanted: str, text: str, out: Printer) -> None:
    from vigie.desk import exchange_training

    with opened() as (node, officer):
        sent = exchange_training.report(officer, wanted, text, node)
    out.summary(tell(f"summary.exchange-{sent.state}", id=sent.id, n=len(sent.to)), id=sent.id, state=sent.state)
