"""`vigie store`: move a node to another database."""

import click

from vigie.cli.operator import opened
from vigie.cli.output import Printer, command, progress, progress_over
from vigie.cli.speech import tell


@click.command("copy")
@click.argument("url")
@command
def copied(url: str, out: Printer) -> None:
    from vigie.desk.copying import copy_store

    with opened() as (node, officer):
        tables = copy_store(
            officer, url, node, lambda table, rows: progress(tell("progress.copy", table=table, rows=rows))
        )
    progress_over()
    rows = sum(one.rows for one in tables)
    out.rows("table", [one for one in tables if one.rows], ("table", "rows", "digest"))
    out.summary(tell("summary.store-copied", tables=len(tables), rows=rows), tables=len(tables), rows=rows)
