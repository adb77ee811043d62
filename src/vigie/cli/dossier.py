"""`vigie registry dossier`: the sealed dossier of a judicial file; `vigie audit verify FILE` checks one."""

from pathlib import Path

import click

from vigie.cli.files import put
from vigie.cli.operator import opened
from vigie.cli.output import DONE, FAULT, Printer, command
from vigie.cli.speech import tell
from vigie.terms import Handling, Purpose

WISH = ("id", "case", "recipient", "state", "officer", "asked", "reason", "decided_by")
CODES = [one.name.lower().replace("_", "-") for one in Handling]


@click.command("dossier")
@click.argument("case")
@click.option("--out", "target", type=click.Path(dir_okay=False, path_type=Path), default=None, help=tell("option.to"))
@click.option("--to", "recipient", default="", help=tell("option.dossier-to"))
@click.option("--handling", type=click.Choice(CODES), default="amber", show_default=True,
              help=tell("option.dossier-handling"))  # fmt: skip
@click.option("--purpose", type=click.Choice([one.value for one in Purpose]), default="investigation",
              show_default=True, help=tell("option.dossier-purpose"))  # fmt: skip
@click.option("--reason", default="", help=tell("option.reason"))
@click.option("--allowed", type=int, default=None, help=tell("option.dossier-allowed"))
@command
def dossier(
    case: str,
    target: Path | None,
    recipient: str,
    handling: str,
    purpose: str,
    reason: str,
    allowed: int | None,
    out: Printer,
) -> None:
    from vigie.desk import dossier as desk

    if bool(recipient) is (target is not None):
        raise click.UsageError(tell("dossier.out-or-to"))
    with opened() as (node, officer):
        if recipient:
            code = Handling(CODES.index(handling))
            wish = desk.ask(officer, case, recipient, code, Purpose(purpose), reason, node)
            out.rows("dossier", (wish,), WISH)
            out.summary(tell("summary.dossier-asked", id=wish.id), id=wish.id, state=wish.state)
        made = desk.dossier(officer, case, node) if allowed is None else desk.dossier_for(officer, allowed, node)
    if target is not None:
        put(target, made.body)
    out.say(tell("dossier.seal", seal=made.seal, key=made.key))
    out.summary(
        tell("summary.dossier", parts=made.parts, withheld=made.withheld), seal=made.seal, key=made.key,
        parts=made.parts, withheld=made.withheld, file=str(target), bytes=len(made.body),
    )  # fmt: skip


def verified(path: Path, key: str, out: Printer) -> None:
    """Verify a dossier and leave with what it showed; no node is opened."""
    from vigie.desk.dossier_checking import check_dossier

    check = check_dossier(path.read_bytes(), key)
    out.rows("fault", check.faults, ("place", "reason", "offset"))
    if check.seal:
        out.say(tell("dossier.whose", case=check.case, node=check.node, recipient=check.recipient))
        out.say(tell("dossier.seal", seal=check.seal, key=check.key))
    out.summary(
        tell("summary.dossier-whole" if check.whole else "summary.dossier-broken", parts=check.parts,
             withheld=check.withheld, proofs=check.proofs, faults=len(check.faults)),
        DONE if check.whole else FAULT, whole=check.whole, case=check.case, node=check.node, recipient=check.recipient,
        seal=check.seal, key=check.key, parts=check.parts, withheld=check.withheld, proofs=check.proofs,
        faults=len(check.faults),
    )  # fmt: skip
