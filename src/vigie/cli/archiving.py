"""`vigie archive`: closed months go from the store to Parquet files beside it."""

import time

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command, progress, progress_over
from vigie.cli.speech import tell
from vigie.desk.archiving import KEPT, MOST_KEPT


@click.command("archive")
@click.option("--keep", type=click.IntRange(0, MOST_KEPT), default=KEPT, show_default=True,
              help=tell("option.months-keep"))  # fmt: skip
@click.option("--list", "only_list", is_flag=True, help=tell("option.months-list"))
@command
def archive(keep: int, only_list: bool, out: Printer) -> None:
    from vigie.desk import archiving

    with opened() as (node, officer):
        view = archiving.months(officer, node) if only_list else archiving.move(officer, node, keep, Left("months"))
    progress_over()
    out.rows("month", view.months, ("month", "source", "state", "rows", "bytes", "file"))
    out.summary(tell("summary.archived", months=len(view.months), rows=view.rows, mib=view.bytes >> 20),
                months=len(view.months), rows=view.rows, bytes=view.bytes)  # fmt: skip


class Left:
    """Tells how far a long work is, and how long the rest takes if it goes on like that.

    Args:
        what: Ending of the text `progress.…`.
    """

    def __init__(self, what: str) -> None:
        self._what, self._began = what, time.monotonic()

    def __call__(self, done: int, whole: int) -> None:
        """Show it."""
        spent = time.monotonic() - self._began
        left = round(spent * (whole - done) / done / 60) if done else 0
        progress(tell(f"progress.{self._what}", done=done, whole=whole, minutes=left))
