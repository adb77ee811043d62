"""Steps of what one officer makes and another approves: one command a verb, alike for policies and models."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell


def steps(
    desk: str, verbs: Iterable[str], stands: Callable[[Any, int, Printer], None], sorts: Sequence[str] = ()
) -> Iterator[click.Command]:
    """The commands of a life-cycle, one a verb.

    Args:
        desk: Module of `vigie.desk` whose `step` takes them. stands: Says where the version stands now, and how many
            boxes were judged by what was in force before.
        sorts: Where there are several sorts of versions, their names; the first is taken where none is said.
    """
    return (_step(desk, verb, stands, sorts) for verb in verbs)


def _step(
    desk: str, verb: str, stands: Callable[[Any, int, Printer], None], sorts: Sequence[str]
) -> click.Command:  # fmt: skip
    @click.command(verb)
    @click.argument("version", type=click.IntRange(1))
    @click.option("--reason", default="", help=tell("option.reason"))
    @command
    def run(version: int, reason: str, out: Printer, **more: str) -> None:
        from vigie.desk import errands

        with opened() as (node, officer):
            made = import_module(f"vigie.desk.{desk}").step(officer, version, verb, reason, node, **more)
            stale = errands.stale(officer, node) if verb in ("live", "retire") else 0
        if stale:
            out.say(tell("policy.stale", n=stale))
        stands(made, stale, out)

    if not sorts:
        return run
    of = click.option("--of", "sort", type=click.Choice(sorts), default=sorts[0], help=tell("option.sort-of-model"))
    return of(run)
