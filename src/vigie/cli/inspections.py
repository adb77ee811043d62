"""`vigie inspections`: record what a control showed."""

from pathlib import Path
from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBT, DOUBTS, USAGE, Printer, command, doubt_row
from vigie.cli.speech import tell
from vigie.terms import Concealment, Depth, Detector, Found


@click.command("record")
@click.argument("number", required=False)
@click.option("--at", help=tell("option.at"))
@click.option("--found", type=click.Choice([one.value for one in Found]), help=tell("option.found"))
@click.option("--kg", help=tell("option.kg"))
@click.option("--hidden", type=click.Choice([one.value for one in Concealment]), help=tell("option.hidden"))
@click.option(
    "--detector",
    type=click.Choice([one.value for one in Detector]),
    default="inspection-team",
    show_default=True,
    help=tell("option.detector"),
)
@click.option("--detector-id", default="", help=tell("option.detector-id"))
@click.option("--team", multiple=True, help=tell("option.team"))
@click.option(
    "--depth",
    type=click.Choice([one.value for one in Depth]),
    default="scan",
    show_default=True,
    help=tell("option.depth"),
)
@click.option("--note", default="", help=tell("option.note"))
@click.option("--csv", "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=tell("option.csv"))
@command
def record(number: str | None, table: Path | None, out: Printer, **said: Any) -> None:
    from vigie.desk import inspections

    if table is not None:
        with opened() as (node, officer):
            recorded, doubts = inspections.record_csv(officer, table.read_text(encoding="utf-8-sig"), node)
        out.rows("doubt", [doubt_row(one) for one in doubts], DOUBT)
        out.summary(
            tell("summary.outcomes", recorded=recorded, doubts=len(doubts)),
            DOUBTS if doubts else DONE,
            recorded=recorded,
            doubts=len(doubts),
        )
    if number is None or said["found"] is None:
        out.wrong(tell("record.wanted"), USAGE, error="bad-request")
    with opened() as (node, officer):
        outcome = _outcome(str(number), said, officer, node)
        strange = inspections.contradictions(outcome)
        at = inspections.record(officer, outcome, node)
    out.rows("contradiction", [{"code": code} for code in strange], ("code",))
    out.summary(
        tell("summary.outcomes", recorded=1, doubts=len(strange)),
        DOUBTS if strange else DONE,
        recorded=1,
        visit=outcome.visit,
        entry=at,
        doubts=len(strange),
    )


def _outcome(number: str, said: dict[str, Any], officer: Any, node: Any) -> Any:
    from vigie.desk import arrivals
    from vigie.terms import Outcome, read_grams, read_moment

    return Outcome(
        visit=arrivals.find(officer, number, node),
        at=read_moment(said["at"]) if said["at"] else node.now(),
        found=Found(said["found"]),
        detector=Detector(said["detector"]),
        depth=Depth(said["depth"]),
        officer=officer.id,
        quantity_g=read_grams(said["kg"]) if said["kg"] else None,
        concealment=Concealment(said["hidden"]) if said["hidden"] else None,
        detector_id=said["detector_id"],
        team=tuple(said["team"]),
        note=said["note"],
    )
