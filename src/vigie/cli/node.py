"""Set a node up, run it, look after it."""

import os
import sys
from pathlib import Path

import click

from vigie.cli.output import DONE, DOUBTS, Printer, command
from vigie.cli.speech import tell


@click.command("init")
@command
def init(out: Printer) -> None:
    from vigie.node import initialise, load_settings

    settings = load_settings()
    initialise(settings)
    out.summary(tell("summary.init", home=str(settings.home)), home=str(settings.home))


@click.command("doctor")
@command
def doctor(out: Printer) -> None:
    from vigie.cli.operator import opened
    from vigie.node import doctor as examine

    with opened() as (node, officer):
        facts = examine(node, officer.language)
    out.rows("health", facts, ("name", "state", "value", "text"))
    bad = sum(fact.state != "ok" for fact in facts)
    out.summary(tell("summary.doctor", bad=bad), DOUBTS if bad else DONE, checks=len(facts), not_ok=bad)


@click.command("serve")
@click.option("--host", default=None, help=tell("option.host"))
@click.option("--port", default=None, type=int, help=tell("option.port"))
def serve(host: str | None, port: int | None) -> None:
    from vigie.app.service import serve as run
    from vigie.node import load_settings

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    run(load_settings(**given))


@click.command("demo")
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".vigie/demo"),
    show_default=True,
    help=tell("option.home"),
)
@click.option("--port", default=8421, show_default=True, help=tell("option.port"))
@click.option("--seed", default=1, show_default=True, help=tell("option.seed"))
@click.option("--boxes", default=None, type=int, help=tell("option.boxes"))
@click.option("--fresh", is_flag=True, help=tell("option.fresh"))
def demo(home: Path, port: int, seed: int, boxes: int | None, fresh: bool) -> None:
    from vigie.app.demo import run

    run(home, port=port, seed=seed, boxes=boxes, fresh=fresh, say=lambda code, **facts: click.echo(tell(code, **facts)))


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    from click.shell_completion import get_completion_class

    from vigie.app.command import root

    made = get_completion_class(shell)
    if made is None:  # click knows the three shells of the choice
        sys.exit(os.EX_UNAVAILABLE)
    click.echo(made(root(), {}, "vigie", "_VIGIE_COMPLETE").source())
