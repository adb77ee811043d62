"""`vigie tracking release`: issue rights to collect boxes, pass them on, make and present keys, list, show, import."""

import sys
from pathlib import Path
from typing import IO

import click

from vigie.cli.files import streams
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, REFUSED, Printer, command, doubt_row
from vigie.cli.speech import tell

ROW = ("id", "container", "terminal", "state", "until", "changed", "steps")
ROLES = ("shipping-line", "shipping-agent", "forwarder", "carrier", "terminal")
PARTY = click.option("--party", required=True, help=tell("option.release-party"))
REASON = click.option("--reason", required=True, help=tell("option.reason"))


@click.command("issue")
@click.argument("number")
@click.option("--terminal", required=True, help=tell("option.release-facility"))
@click.option("--to", required=True, help=tell("option.release-to-party"))
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], help=tell("option.release-role-of"))
@click.option("--until", required=True, help=tell("option.release-until"))
@click.option("--since", default="", help=tell("option.release-since"))
@click.option("--reason", default="", help=tell("option.reason"))
@command
def issue(number: str, terminal: str, to: str, role: str, until: str, since: str, reason: str, out: Printer) -> None:
    from vigie.desk import arrivals, release
    from vigie.terms import read_moment

    with opened() as (node, officer):
        made = release.issue(
            officer, arrivals.find(officer, number, node), node, terminal=terminal, to=to, role=role,
            end=read_moment(until), start=read_moment(since) if since else None, reason=reason,
        )  # fmt: skip
    out.rows("release", [made], ROW)
    out.summary(tell("summary.release", id=made.id, state=made.state), id=made.id, state=made.state)


@click.command("transfer")
@click.argument("right")
@PARTY
@click.option("--to", required=True, help=tell("option.release-to-party"))
@click.option("--role", type=click.Choice(ROLES), required=True, help=tell("option.release-role-of"))
@command
def transfer(right: str, party: str, to: str, role: str, out: Printer) -> None:
    _step(right, "transfer", out, party=party, to=to, role=role)


@click.command("accept")
@click.argument("right")
@PARTY
@command
def accept(right: str, party: str, out: Printer) -> None:
    _step(right, "accept", out, party=party)


@click.command("refuse")
@click.argument("right")
@REASON
@command
def refuse(right: str, reason: str, out: Printer) -> None:
    _step(right, "refuse", out, reason=reason)


@click.command("revoke")
@click.argument("right")
@REASON
@command
def revoke(right: str, reason: str, out: Printer) -> None:
    _step(right, "revoke", out, reason=reason)


@click.command("override")
@click.argument("right")
@click.option("--to", required=True, help=tell("option.release-to-party"))
@REASON
@command
def override(right: str, to: str, reason: str, out: Printer) -> None:
    _step(right, "ask-override", out, to=to, reason=reason)


@click.command("confirm")
@click.argument("right")
@REASON
@command
def confirm(right: str, reason: str, out: Printer) -> None:
    _step(right, "confirm-override", out, reason=reason)


def _step(
    right: str, verb: str, out: Printer, party: str = "", to: str = "", role: str = "", reason: str = ""
) -> None:
    from vigie.desk import release

    with opened() as (node, officer):
        row = release.step(officer, right, verb, node, party=party, to=to, role=role, reason=reason)
    out.rows("release", [row], ROW)
    out.summary(tell("summary.release", id=row.id, state=row.state), id=row.id, state=row.state)


@click.command("key")
@click.argument("right")
@PARTY
@click.option("--plate", required=True, help=tell("option.release-plate"))
@click.option("--since", required=True, help=tell("option.release-since"))
@click.option("--until", required=True, help=tell("option.release-until"))
@click.option("--commitment", default="", help=tell("option.release-commitment"))
@command
def key(right: str, party: str, plate: str, since: str, until: str, commitment: str, out: Printer) -> None:
    from vigie.desk import release
    from vigie.terms import read_moment

    with opened() as (node, officer):
        made = release.key(
            officer, right, node, party=party, plate=plate, start=read_moment(since), end=read_moment(until),
            commitment=commitment,
        )  # fmt: skip
    out.rows("key", [made], ("right", "key", "carrier", "start", "end"))
    out.summary(tell("summary.release-key", id=right), id=right)


@click.command("present")
@click.argument("container")
@click.option("--terminal", required=True, help=tell("option.release-facility"))
@click.option("--gate", required=True, help=tell("option.release-gate"))
@click.option("--carrier", required=True, help=tell("option.release-party"))
@click.option("--plate", required=True, help=tell("option.release-plate"))
@click.option("--key-file", type=click.File("r"), default="-", show_default=True, help=tell("option.release-key-in"))
@command
def present(container: str, terminal: str, gate: str, carrier: str, plate: str, key_file: IO[str],
            out: Printer) -> None:  # fmt: skip
    from vigie.desk import release_gate

    told = key_file.readline().strip()  # never an argument: a list of processes would show it
    with opened() as (node, officer):
        found = release_gate.present(
            officer, node, container=container, terminal=terminal, gate=gate, carrier=carrier, plate=plate, key=told
        )
    out.summary(found.text, DONE if found.allowed else REFUSED, allowed=found.allowed, answer=found.code)


@click.command("list")
@click.option("--state", default="", help=tell("option.release-state"))
@command
def listed(state: str, out: Printer) -> None:
    from vigie.desk import release

    with opened() as (node, officer):
        found = release.listed(officer, node, state, limit=release.MOST)
    out.summary(tell("summary.releases", count=out.rows("release", found.rows, ROW)), rights=len(found.rows))


@click.command("show")
@click.argument("right")
@REASON
@command
def show(right: str, reason: str, out: Printer) -> None:
    from vigie.desk import release

    with opened() as (node, officer):
        view = release.show(officer, right, reason, node)
    out.rows("step", view.steps, ("at", "verb", "state", "party", "to", "role", "by", "reason"))
    out.rows("key", view.keys, ("carrier", "vehicle", "start", "end", "by", "used", "void"))
    out.rows("attempt", view.attempts, ("at", "terminal", "gate", "code", "vehicle", "officer"))
    out.summary(tell("summary.release", id=right, state=view.row.state), id=right, state=view.row.state,
                holder=view.holder, possible=list(view.possible))  # fmt: skip


@click.command("alerts")
@command
def alerts(out: Printer) -> None:
    from vigie.desk import release

    with opened() as (node, officer):
        count = out.rows("alert", release.alerts(officer, node), ("at", "code", "right", "text"))
    out.summary(tell("summary.release-alerts", count=count), alerts=count)


@click.command("import")
@click.argument("tables", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@command
def take_in(tables: tuple[Path, ...], out: Printer) -> None:
    from vigie.desk import release_taking

    taken, known, doubts = 0, 0, []
    with opened() as (node, officer):
        for name, stream in streams(tables):
            text = stream.read().decode("utf-8-sig", errors="replace")
            told, strange = release_taking.import_csv(officer, text, node)
            taken, known = taken + told.taken, known + told.known
            doubts += [{"file": name, **doubt_row(one)} for one in strange]
    out.rows("doubt", doubts, ("file", *DOUBT))
    out.summary(tell("summary.release-table", taken=taken, known=known, doubts=len(doubts)),
                DOUBTS if doubts else DONE, taken=taken, known=known, doubts=len(doubts))  # fmt: skip


@click.command("sender")
@click.argument("name")
@click.option("--withdraw", is_flag=True, help=tell("option.release-withdraw"))
@command
def sender(name: str, withdraw: bool, out: Printer) -> None:
    from vigie.desk import release_taking

    with opened() as (node, officer):
        secret = release_taking.sender_secret(officer, name, node, withdraw=withdraw)
    out.summary(secret or tell("summary.release-sender", name=name), DONE, sender=name, secret=secret)


@click.command("commit")
@command
def commit(out: Printer) -> None:
    from vigie.tracking import commitment_of

    told = sys.stdin.readline().strip()
    out.summary(commitment_of(told), commitment=commitment_of(told))
