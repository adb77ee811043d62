"""Set a node up, run it, look after it."""

import click

from vigie.cli.output import DONE, DOUBTS, Printer, command
from vigie.cli.speech import tell


@click.command("init")
@command
def init(out: Printer) -> None:
    from vigie.node import initialise, load_settings

    settings = load_settings()
    initialise(settings)
    out.say(tell("summary.init", home=str(settings.home)))
    out.summary(tell("init.next"), home=str(settings.home))


@click.command("doctor")
@command
def doctor(out: Printer) -> None:
    from vigie.cli.operator import opened
    from vigie.node import doctor as examine

    with opened() as (node, officer):
        facts = examine(node, officer.language)
    out.rows("health", facts, ("name", "state", "text"))
    bad = sum(fact.state != "ok" for fact in facts)
    out.summary(tell("summary.doctor", bad=bad), DOUBTS if bad else DONE, checks=len(facts), not_ok=bad)
