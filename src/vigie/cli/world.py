"""`vigie world`: make a simulated port's messages, for trying out, testing and training."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigie.cli.output import Printer, command, progress, progress_over
from vigie.cli.speech import tell
from vigie.terms import read_moment, write_moment

if TYPE_CHECKING:
    from vigie.world import Emission


@click.command("generate")
@click.option(
    "--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help=tell("option.out")
)
@click.option("--seed", default=1, show_default=True, help=tell("option.seed"))
@click.option("--days", default=1, show_default=True, type=click.IntRange(1, 366), help=tell("option.days-world"))
@click.option("--scale", default=0.1, show_default=True, type=click.FloatRange(0.001, 10), help=tell("option.scale"))
@click.option("--site", default="BEANR", show_default=True, help=tell("option.site"))
@click.option("--adapt", is_flag=True, help=tell("option.adapt"))
@click.option("--underway", is_flag=True, help=tell("option.underway"))
@click.option(
    "--uplift", default=1.0, show_default=True, type=click.FloatRange(1, 1000), help=tell("option.uplift")
)
@click.option("--start", default="2024-03-01T00:00:00Z", show_default=True, help=tell("option.start"))
@command
def generate(
    folder: Path, seed: int, days: int, scale: float, site: str, adapt: bool, underway: bool, uplift: float, start: str,
    out: Printer,
) -> None:
    from vigie.world import Smugglers, TruthBook, write_world
    from vigie.world import generate as emissions

    book = TruthBook()
    coming = emissions(seed, days, scale=scale, site=site, start=read_moment(start), book=book,
                       uplift=uplift, smugglers=Smugglers() if adapt else None, underway=underway)  # fmt: skip
    made = write_world(
        folder, counted(coming), book, seed=seed, site=site, days=days, scale=scale, uplift=uplift, adapt=adapt,
        underway=underway,
    )
    progress_over()
    counts = dict(made)
    boxes, cases = counts.pop("boxes"), counts.pop("cases")
    out.summary(
        tell("summary.world", files=sum(counts.values()), folder=str(folder), boxes=boxes),
        folder=str(folder),
        seed=seed,
        simulated=True,
        files=counts,
        boxes=boxes,
        cases=cases,
    )


def counted(emissions: "Iterable[Emission]") -> "Iterator[Emission]":
    """Show how far the writing is."""
    for number, emission in enumerate(emissions, start=1):
        if number % 100 == 0:
            progress(tell("progress.world", files=number, day=write_moment(emission.at)[:10]))
        yield emission
