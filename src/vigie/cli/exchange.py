"""`vigie exchange`: tell partners, take in what they told, take back, carry it on a stick, check the log."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigie.cli.files import put, read_toml
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell

if TYPE_CHECKING:
    from vigie.exchange import Marking, Thing

ROW = ("id", "version", "act", "origin", "thing", "title", "life", "tlp", "handling")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)


def telling(file: Path) -> "tuple[Thing, Marking]":
    """Read what is to be told, and its marking, from a TOML file.

    Raises:
        BadRequest: It is no TOML. ExchangeRefused: It tells nothing that can be told.
    """
    from vigie.exchange import read_telling

    told = read_toml(file)
    return read_telling(str(told.get("kind", "")), told.get("thing", {}), told.get("marking", {}))


@click.command("send")
@click.argument("file", type=FILE)
@click.option("--revises", default="", help=tell("option.revises"))
@command
def send(file: Path, revises: str, out: Printer) -> None:
    from vigie.desk import exchange

    thing, marking = telling(file)
    with opened() as (node, officer):
        if revises:
            sent = exchange.revise(officer, revises, thing, marking, node)
        else:
            sent = exchange.send(officer, thing, marking, node)
    text = tell(f"summary.exchange-{sent.state}", id=sent.id, n=len(sent.to))
    out.summary(text, id=sent.id, version=sent.version, to=sent.to, state=sent.state)


@click.command("drafts")
@command
def drafts(out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        count = out.rows("draft", exchange.drafts(officer, node), ("id", "thing", "title", "tlp", "handling"))
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("approve")
@click.argument("draft")
@command
def approve(draft: str, out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        sent = exchange.approve(officer, draft, node)
    out.summary(tell("summary.exchange-sent", id=sent.id, n=len(sent.to)), id=sent.id, to=sent.to)


@click.command("inbox")
@click.option("--about", default="", help=tell("option.exchange-about"))
@command
def inbox(about: str, out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        found = exchange.search(officer, about, node) if about else exchange.inbox(officer, node)
    count = out.rows("entry", found, ROW)
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("outbox")
@command
def outbox(out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        count = out.rows("entry", exchange.outbox(officer, node), ROW)
    out.summary(tell("summary.exchange-rows", n=count), rows=count)


@click.command("retract")
@click.argument("wanted", metavar="ID")
@click.option("--reason", required=True, help=tell("option.reason"))
@command
def retract(wanted: str, reason: str, out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        sent = exchange.retract(officer, wanted, reason, node)
    text = tell("summary.exchange-retracted", id=sent.id, n=len(sent.to))
    out.summary(text, id=sent.id, version=sent.version, to=sent.to)


@click.command("answers")
@click.argument("wanted", metavar="ID")
@command
def answers(wanted: str, out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        found = exchange.coverage(officer, wanted, node)
    columns = ("node", "version", "asked", "outcome", "answered", "reason", "authority")
    count = out.rows("answer", found, columns)
    open_ones = sum(not one.outcome for one in found)
    out.summary(tell("summary.exchange-answers", n=count, open=open_ones), answers=count, open=open_ones)


@click.command("partners")
@command
def partners(out: Printer) -> None:
    from vigie.desk import exchange

    with opened() as (node, officer):
        found = exchange.partners(officer, node)
    count = out.rows("partner", found, ("partner", "waiting", "seen", "heard", "size", "witnessed"))
    out.summary(tell("summary.exchange-partners", n=count), partners=count)


@click.command("make")
@click.argument("partner")
@click.argument("file", type=NEW)
@command
def make(partner: str, file: Path, out: Printer) -> None:
    from vigie.desk import exchange_bundles

    with opened() as (node, officer):
        raw = exchange_bundles.bundle(officer, partner, node)
    put(file, raw)
    out.summary(tell("summary.bundle-made", name=file.name, n=len(raw)), file=file.name, bytes=len(raw))


@click.command("take")
@click.argument("file", type=FILE)
@click.option("--answer", type=NEW, help=tell("option.exchange-answer"))
@command
def take(file: Path, answer: Path | None, out: Printer) -> None:
    from vigie.desk import exchange_bundles, exchange_receiving

    with opened() as (node, officer):
        told = exchange_receiving.take_in(officer, file.read_bytes(), node)
        if answer is not None:
            put(answer, exchange_bundles.bundle(officer, told.origin, node))
    text = tell("summary.bundle-taken", origin=told.origin, new=told.new, known=told.known, refused=told.refused)
    out.summary(text, 1 if told.refused else 0, origin=told.origin, new=told.new, known=told.known,
                refused=told.refused, codes=told.codes)  # fmt: skip


@click.command("verify")
@click.argument("file", type=FILE, required=False)
@command
def verify(file: Path | None, out: Printer) -> None:
    from vigie.desk import exchange_bundles

    with opened() as (node, officer):
        if file is None:
            told = exchange_bundles.verify(officer, node)
        else:
            told = exchange_bundles.verify_bundle(officer, file.read_bytes(), node)
    good = told.broken is None and told.signed
    text = tell("summary.exchange-verified" if good else "summary.exchange-broken", origin=told.origin,
                n=told.entries, erased=told.erased, root=told.root, place=told.broken)  # fmt: skip
    out.summary(text, 0 if good else 3, origin=told.origin, entries=told.entries, erased=told.erased,
                root=told.root, broken=told.broken, signed=told.signed)  # fmt: skip


@click.command("deliveries")
@command
def deliveries(out: Printer) -> None:
    from vigie.desk import exchange_delivering

    with opened() as (node, officer):
        found = exchange_delivering.deliveries(officer, node)
    columns = ("partner", "way", "waiting", "acknowledged", "heard", "since", "failures", "code", "next_try")
    count = out.rows("delivery", found, columns)
    silent = sum(bool(one.since) for one in found)
    out.summary(tell("summary.exchange-deliveries", n=count, silent=silent), partners=count, silent=silent)


@click.command("token")
@click.argument("partner")
@click.option("--days", default=90, type=click.IntRange(1, 365), help=tell("option.exchange-days"))
@click.option("--withdraw", is_flag=True, help=tell("option.exchange-withdraw"))
@command
def token(partner: str, days: int, withdraw: bool, out: Printer) -> None:
    from vigie.desk import exchange_taxii

    with opened() as (node, officer):
        gone = exchange_taxii.withdraw_tokens(officer, partner, node) if withdraw else 0
        made = "" if withdraw else exchange_taxii.give_token(officer, partner, node, days)
    if withdraw:
        out.summary(tell("summary.exchange-tokens-gone", partner=partner, n=gone), withdrawn=gone)
    out.summary(tell("summary.exchange-token", partner=partner, token=made, days=days), partner=partner, token=made)
