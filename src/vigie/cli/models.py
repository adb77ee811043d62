"""`vigie risk train`, `evaluate` and `models`: teach the channels, judge them, walk their life-cycle."""

from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command, progress, progress_over
from vigie.cli.speech import tell
from vigie.cli.steps import steps

_ROW = ("version", "state", "author", "approved_by", "channels", "votes", "positives", "calibrated", "in_force")


@click.command("train")
@click.option("--reason", required=True, help=tell("option.reason"))
@click.option("--seed", type=click.IntRange(0), default=1, help=tell("option.seed-models"))
@command
def train(reason: str, seed: int, out: Printer) -> None:
    from vigie.desk import training

    with opened() as (node, officer):
        made = training.run(
            officer, node, reason, seed=seed, told=lambda step: progress(tell(f"progress.training-{step}"))
        )
    progress_over()
    out.rows("model", (made,), _ROW)
    out.summary(
        tell("summary.trained", version=made.version, votes=", ".join(made.votes) or "-"),
        version=made.version, votes=list(made.votes), positives=made.positives, hash=made.hash,
    )  # fmt: skip


@click.command("evaluate")
@click.option("--version", type=click.IntRange(1), help=tell("option.version"))
@command
def evaluate(version: int | None, out: Printer) -> None:
    from vigie.desk import models

    with opened() as (node, officer):
        told = models.evaluate(officer, node, version)
    rows = [_worth(one.name, at, one.worth.auc, one.worth.ap) for one in told.worth for at in one.worth.at]
    out.rows("worth", rows, ("way", "share", "scanned", "found", "precision", "recall", "auc", "ap"))
    code = "summary.evaluated-fresh" if told.fresh else "summary.evaluated-then"
    out.summary(
        tell(code, version=told.version, rows=told.rows, positives=told.positives), version=told.version,
        rows=told.rows, positives=told.positives, fresh=told.fresh,
    )  # fmt: skip


def _worth(way: str, at: object, auc: object, ap: object) -> dict[str, object]:
    named = {name: getattr(at, name) for name in ("share", "scanned", "found", "precision", "recall")}
    return {"way": way, **named, "auc": auc, "ap": ap}


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import models

    with opened() as (node, officer):
        count = out.rows("model", models.models(officer, node), _ROW)
    out.summary(tell("summary.models", count=count), models=count)


@click.command("show")
@click.argument("version", type=click.IntRange(1))
@command
def show(version: int, out: Printer) -> None:
    from vigie.desk import models

    with opened() as (node, officer):
        found = models.show(officer, version, node)
    out.rows("member", found.told.members, ("name", "learner", "model"))
    out.rows("gain", found.told.gains, ("name", "value", "low", "weight_milli"))
    out.rows("step", found.taken, ("at", "verb", "state", "officer", "reason"))
    out.summary(
        tell("summary.model", version=version, state=found.row.state, votes=", ".join(found.row.votes) or "-"),
        version=version, state=found.row.state, hash=found.row.hash, positives=found.row.positives,
        notes=list(found.told.notes), calibrated=found.row.calibrated,
    )  # fmt: skip


def _stands(made: Any, stale: int, out: Printer) -> None:
    out.summary(
        tell("summary.model", version=made.version, state=made.state, votes=", ".join(made.votes) or "-"),
        version=made.version, state=made.state, hash=made.hash, stale=stale,
    )  # fmt: skip


submit, approve, refuse, withdraw, shadow, live, retire = steps(
    "models", ("submit", "approve", "refuse", "withdraw", "shadow", "live", "retire"), _stands
)
