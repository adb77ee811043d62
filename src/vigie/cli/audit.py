"""`vigie audit`: verify the chains, list the trail."""

from pathlib import Path

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, FAULT, Printer, command
from vigie.cli.speech import tell


@click.command("verify")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", default="", help=tell("option.dossier-key"))
@click.option("--decisions", default=0, type=click.IntRange(0, 100_000), help=tell("option.decisions"))
@click.option("--seed", default=0, help=tell("option.seed-sample"))
@command
def verify(file: Path | None, key: str, decisions: int, seed: int, out: Printer) -> None:
    if file is not None:
        from vigie.cli.dossier import verified

        verified(file, key, out)
    from vigie.desk import audit, rederiving

    with opened() as (node, officer):
        checks = audit.verify(officer, node)
        sample = rederiving.sample(officer, decisions, node, seed) if decisions else None
    out.rows("chain", checks, ("chain", "entries", "whole", "broken_at", "head"))
    whole = all(check.whole for check in checks)
    told = {}
    if sample is not None:
        out.rows("different", sample.faults, ("visit", "at", "differences"))
        out.say(tell("summary.sample", checked=sample.checked, equal=sample.equal, different=sample.different,
                     erased=sample.erased, missing=sample.not_kept))  # fmt: skip
        whole = whole and not sample.different
        told = {"sample": sample}
    out.summary(
        tell("summary.whole" if whole else "summary.broken"),
        DONE if whole else FAULT,
        whole=whole,
        entries=sum(check.entries for check in checks),
        **told,
    )


@click.command("list")
@click.option("--officer", "who", default="", help=tell("option.officer"))
@click.option("--act", default="", help=tell("option.act"))
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 1000), help=tell("option.limit"))
@command
def listed(who: str, act: str, limit: int, out: Printer) -> None:
    from vigie.desk import audit
    from vigie.desk.views import AuditQuery

    with opened() as (node, officer):
        page = audit.page(officer, AuditQuery(officer=who, act=act, limit=limit), node)
    count = out.rows("audit", page.rows, ("number", "at", "officer", "purpose", "act", "subject", "outcome"))
    out.summary(tell("summary.audit", count=count), entries=count, next=page.next)
