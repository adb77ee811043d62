"""`vigie inspections`: record what a control showed."""

from pathlib import Path
from typing import Any, NoReturn

import click

from vigie.cli.files import streams
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
@click.option("--analyst", default="", help=tell("option.analyst"))
@click.option("--team", multiple=True, help=tell("option.team"))
@click.option(
    "--depth",
    type=click.Choice([one.value for one in Depth]),
    default="scan",
    show_default=True,
    help=tell("option.depth"),
)
@click.option("--note", default="", help=tell("option.note"))
@click.option(
    "--csv",
    "tables",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help=tell("option.csv"),
)
@command
def record(number: str | None, tables: tuple[Path, ...], out: Printer, **said: Any) -> None:
    from vigie.desk import inspections

    if tables:
        _tables(tables, out)
    if number is None or said["found"] is None:
        out.wrong(tell("record.wanted"), USAGE, error="bad-request")
    with opened() as (node, officer):
        outcome = _outcome(str(number), said, officer, node)
        strange = inspections.contradictions(outcome)
        at = inspections.record(officer, inspections.complete(outcome), node)
    out.rows("contradiction", [{"code": code} for code in strange], ("code",))
    out.summary(
        tell("summary.outcomes", recorded=1, doubts=len(strange)),
        DOUBTS if strange else DONE,
        recorded=1,
        visit=outcome.visit,
        entry=at,
        doubts=len(strange),
    )


def _tables(tables: tuple[Path, ...], out: Printer) -> NoReturn:
    from vigie.desk import inspections

    recorded, doubts = 0, []
    with opened() as (node, officer):
        for name, stream in streams(tables):
            text = stream.read().decode("utf-8-sig", errors="replace")
            more, strange = inspections.record_csv(officer, text, node)
            recorded += more
            doubts += [{"file": name, **doubt_row(one)} for one in strange]
    out.rows("doubt", doubts, ("file", *DOUBT))
    out.summary(
        tell("summary.outcomes", recorded=recorded, doubts=len(doubts)),
        DOUBTS if doubts else DONE,
        recorded=recorded,
        doubts=len(doubts),
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
        analyst=said["analyst"],
        team=tuple(said["team"]),
        note=said["note"],
    )
