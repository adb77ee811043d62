"""`vigie tracking show|reconcile|clones|silent`: where a box was, a ship reconciled, numbers in two places, silence."""

import click

from vigie.cli.operator import opened
from vigie.cli.output import DONE, DOUBTS, Printer, command
from vigie.cli.speech import tell
from vigie.terms import HOUR

STEPS = ("visit", "code", "place", "mode", "planned", "estimated", "actual", "control", "differs", "sources")
ROWS = ("container", "differences", "stow", "before", "landed", "suggested")


@click.command("show")
@click.argument("number")
@click.option("--known-at", default="", help=tell("option.known-at"))
@command
def show(number: str, known_at: str, out: Printer) -> None:
    from vigie.desk import tracking as desk
    from vigie.tracking import Lane

    with opened() as (node, officer):
        view = desk.show(officer, number, node, desk.moment_asked(known_at))
    said = {source.hlc: source.form for source in view.sources}
    for life in view.lives:
        out.rows("step", [
            {"visit": life.visit, "code": step.code, "place": step.place, "differs": " ".join(step.differs),
             "mode": " ".join(step.modes), "control": " ".join(step.found),
             "sources": " ".join(dict.fromkeys(said.get(word.hlc, word.form) for word in step.words)),
             **{lane.value: desk.iso(step.at(lane)) for lane in Lane}}
            for step in life.story.steps
        ], STEPS)  # fmt: skip
        out.rows("gap", life.story.gaps, ("kind", "code", "since", "until", "place", "other"))
        out.rows("seal", life.seals, ("at", "form", "place", "numbers", "change"))
        out.rows("condition", life.conditions, ("at", "code", "place", "value", "wanted"))
    out.rows("silent", [
        {"place": one.place, "facility": one.facility, "last": desk.iso(one.last), "hours": one.for_us // HOUR}
        for one in view.silent
    ], ("place", "facility", "last", "hours"))  # fmt: skip
    out.rows("conflict", view.conflicts, ("kind", "places", "times", "visits"))
    out.rows("suggested", [{"container": one} for one in view.suggested], ("container",))
    out.summary(
        tell("summary.moves", container=view.container, lives=len(view.lives), conflicts=len(view.conflicts)),
        DOUBTS if view.conflicts else DONE, container=view.container, known_at=view.known_at, lives=len(view.lives),
        conflicts=len(view.conflicts), waiting=view.queue.waiting,
    )  # fmt: skip


@click.command("reconcile")
@click.argument("ship")
@click.option("--port", default="", help=tell("option.site"))
@click.option("--difference", default="any", show_default=True, help=tell("option.difference"))
@click.option("--csv", "as_csv", is_flag=True, help=tell("option.as-csv"))
@command
def reconcile(ship: str, port: str, difference: str, as_csv: bool, out: Printer) -> None:
    from vigie.desk import tracking as desk

    vessel, _, voyage = ship.partition("/")
    with opened() as (node, officer):
        view = desk.ship(officer, vessel, voyage, node, port)
        rows = desk.filtered(view.told, "" if difference == "all" else difference)
    if as_csv:
        click.echo(desk.export(rows), nl=False)
        return
    out.rows("box", rows, ROWS)
    told = view.told
    out.summary(
        tell("summary.ship", planned=told.planned, manifested=told.manifested, landed=told.landed, differing=len(rows)),
        planned=told.planned, manifested=told.manifested, landed=told.landed, counts=told.counts,
        finished=told.finished, hidden=view.hidden,
    )  # fmt: skip


@click.command("clones")
@command
def clones(out: Printer) -> None:
    from vigie.desk import tracking as desk

    with opened() as (node, officer):
        found = desk.clones(officer, node)
    out.rows("clone", [
        {"container": one.container, "noticed": desk.iso(one.noticed), "kind": each.kind,
         "place": each.places[0], "other": each.places[1], "hours": each.took // HOUR, "visits": " ".join(one.visits)}
        for one in found for each in one.conflicts
    ], ("container", "kind", "place", "other", "hours", "visits"))  # fmt: skip
    out.summary(tell("summary.clones", n=len(found)), DOUBTS if found else DONE, clones=len(found))


@click.command("silent")
@click.option("--all", "everybody", is_flag=True, help=tell("option.everybody"))
@command
def silent(everybody: bool, out: Printer) -> None:
    from vigie.desk import tracking as desk

    with opened() as (node, officer):
        view = desk.silent(officer, node)
    quiet = [one for one in view.rows if one.silent]
    out.rows("facility", [
        {"place": one.place, "facility": one.facility, "last": desk.iso(one.last), "hours": one.for_us // HOUR,
         "usual": None if one.usual_us is None else one.usual_us // HOUR, "silent": one.silent}
        for one in (view.rows if everybody else quiet)
    ], ("place", "facility", "last", "hours", "usual", "silent"))  # fmt: skip
    out.summary(tell("summary.silent", n=len(quiet), all=len(view.rows)), DOUBTS if quiet else DONE,
                silent=len(quiet), facilities=len(view.rows))  # fmt: skip
