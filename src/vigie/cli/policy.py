"""`vigie risk policy`: the settings of the policy, drafts of them, and their life-cycle."""

from pathlib import Path
from typing import Any

import click

from vigie.cli.indicators import read_fields
from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command
from vigie.cli.speech import tell
from vigie.cli.steps import steps

_ROW = ("version", "state", "author", "approved_by", "in_force", "changes", "hash")


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import policy

    with opened() as (node, officer):
        count = out.rows("policy", policy.policies(officer, node), _ROW)
    out.summary(tell("summary.policies", count=count), policies=count)


@click.command("show")
@click.argument("version", type=click.IntRange(0), required=False)
@command
def show(version: int | None, out: Printer) -> None:
    from vigie.desk import policy

    with opened() as (node, officer):
        found = policy.show(officer, node, version)
    told = found.values
    out.rows("band", told.bands, ("name", "from_milli"))
    out.rows("prior", told.priors, ("when", "milli", "source"))
    out.rows("vote", told.votes, ("name", "milli", "earned_milli"))
    out.rows("weight", told.weights, ("id", "name", "milli", "declared_milli", "low", "high"))
    out.rows("difference", found.changes, ("field", "before", "after"))
    out.rows("step", found.taken, ("verb", "officer", "reason"))
    out.summary(
        tell("summary.policy", version=found.row.version, state=found.row.state, changes=found.row.changes),
        version=found.row.version, state=found.row.state, hash=found.row.hash, in_force=found.row.in_force,
        most_evidence_milli=told.most_evidence_milli, shares=told.shares, changes=found.row.changes,
    )  # fmt: skip


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@command
def check(file: Path, out: Printer) -> None:
    from vigie.desk import policy

    with opened() as (node, officer):
        found = policy.check(officer, read_fields(file), node)
    out.rows("fault", found.faults, ("place", "reason", "text"))
    out.rows("difference", found.changes, ("field", "before", "after"))
    out.summary(
        tell("summary.check", count=len(found.faults)), DONE if found.ok else DOUBTS,
        ok=found.ok, faults=len(found.faults), changes=len(found.changes),
    )  # fmt: skip


@click.command("draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--submit", is_flag=True, help=tell("option.submit"))
@command
def draft(file: Path, reason: str, submit: bool, out: Printer) -> None:
    from vigie.desk import policy

    with opened() as (node, officer):
        made = policy.draft(officer, read_fields(file), reason, node)
        if submit:
            made = policy.step(officer, made.version, "submit", "", node)
    _stands(made, 0, out)


def _stands(made: Any, stale: int, out: Printer) -> None:
    out.summary(
        tell("summary.policy", version=made.version, state=made.state, changes=made.changes), stale=stale,
        **{name: getattr(made, name) for name in _ROW},
    )  # fmt: skip


submit, approve, refuse, withdraw, live, retire = steps(
    "policy", ("submit", "approve", "refuse", "withdraw", "live", "retire"), _stands
)


@click.command("diff")
@click.argument("before", type=click.IntRange(0))
@click.argument("after", type=click.IntRange(0))
@command
def diff(before: int, after: int, out: Printer) -> None:
    from vigie.desk import policy

    with opened() as (node, officer):
        found = policy.diff(officer, before, after, node)
    count = out.rows("difference", found, ("field", "before", "after"))
    out.summary(tell("summary.diff", count=count), differences=count)
