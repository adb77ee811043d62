"""`vigie scanning worklist|claim|release|read|agreement|room`: the reading room from the command line.

`read` without a scan lets the machine read kept scans again.
"""

from typing import TYPE_CHECKING

import click

from vigie.cli.archiving import Left
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command, progress_over
from vigie.cli.rescoring import Span
from vigie.cli.speech import tell
from vigie.terms import Moment

if TYPE_CHECKING:
    from vigie.scanning import Region

ROW = ("scan", "container", "place", "band", "due", "awaits", "claimed_by")
SCAN = click.argument("scan", metavar="SCAN")
VERDICTS = ("nothing-seen", "hold-and-visit", "second-reader")
AWAITS = ("first", "second", "arbiter")


@click.command("worklist")
@click.option("--awaits", type=click.Choice(AWAITS), default=None, help=tell("option.reading-awaits"))
@click.option("--container", default="", help=tell("option.reading-container"))
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True, help=tell("option.limit"))
@command
def worklist(awaits: str | None, container: str, limit: int, out: Printer) -> None:
    from vigie.desk import reading
    from vigie.desk.scanning import purpose_of

    with opened() as (node, officer):
        view = reading.worklist(officer, node, awaits=awaits or "", container=container, limit=limit,
                                purpose=purpose_of(officer))  # fmt: skip
    out.rows("scan", view.rows, ROW)
    out.summary(tell("summary.worklist", n=len(view.rows), found=view.found), found=view.found, **view.counts)


@click.command("claim")
@SCAN
@command
def claim(scan: str, out: Printer) -> None:
    from vigie.desk import reading
    from vigie.desk.scanning import purpose_of

    with opened() as (node, officer):
        row = reading.claim(officer, scan, node, purpose_of(officer, "read-scans"))
    out.rows("scan", (row,), (*ROW, "until"))
    out.summary(tell("summary.scan-claimed", scan=row.scan), scan=row.scan)


@click.command("release")
@SCAN
@command
def release(scan: str, out: Printer) -> None:
    from vigie.desk import reading
    from vigie.desk.scanning import purpose_of

    with opened() as (node, officer):
        row = reading.release(officer, scan, node, purpose_of(officer, "read-scans"))
    out.summary(tell("summary.scan-released", scan=row.scan), scan=row.scan)


@click.command("read")
@click.argument("scan", metavar="SCAN", required=False)
@click.argument("verdict", type=click.Choice(VERDICTS), required=False)
@click.option("--from", "since", type=Span(), help=tell("option.read-from"))
@click.option("--to", "until", type=Span(end=True), help=tell("option.read-to"))
@click.option("--engine", default="local", show_default=True, help=tell("option.engine"))
@click.option("--region", "regions", multiple=True, metavar="X,Y,W,H,REASON[,NOTE]", help=tell("option.region"))
@click.option("--note", default="", help=tell("option.reading-note"))
@command
def read(
    scan: str | None, verdict: str | None, since: int | None, until: int | None, engine: str, regions: tuple[str, ...],
    note: str, out: Printer,
) -> None:  # fmt: skip
    from vigie.desk import reading
    from vigie.desk.scanning import purpose_of

    if since is not None and until is not None and scan is None:
        _read_kept(Moment(since), Moment(until), engine, out)
        return
    if scan is None or verdict is None or since is not None or until is not None:
        raise click.UsageError("SCAN VERDICT | --from --to")
    with opened() as (node, officer):
        given = reading.give(officer, scan, verdict, node, [_region(one) for one in regions], note,
                             purpose=purpose_of(officer, "read-scans"))  # fmt: skip
    out.rows("reading", (given,), ("scan", "order", "verdict", "awaits", "visit"))
    out.summary(tell("summary.scan-read", scan=given.scan, verdict=given.verdict), scan=given.scan, next=given.next)


def _read_kept(since: Moment, until: Moment, engine: str, out: Printer) -> None:
    """Let the machine read kept scans again."""
    from vigie.desk import errands
    from vigie.desk.scanning import purpose_of

    with opened() as (node, officer):
        purpose = purpose_of(officer, errands.ACTS[errands.READINGS])
        view = errands.read_kept(officer, node, since, until, engine, Left("readings"), purpose)
    progress_over()
    out.rows("readings", [view], ("scans", "read", "changed", "erased", "engine", "gpu"))
    out.summary(tell("summary.read-kept", read=view.read, changed=view.changed, erased=view.erased),
                read=view.read, changed=view.changed, erased=view.erased, gpu=view.gpu)  # fmt: skip


def _region(raw: str) -> "Region":
    """Read a region as it is typed.

    Raises:
        click.BadParameter: Not four whole numbers and a reason.
    """
    import msgspec

    from vigie.scanning import Region

    x, y, width, height, reason, note = (*raw.split(",", 5), "", "", "", "", "", "")[:6]
    told = {"x": x, "y": y, "width": width, "height": height, "reason": reason, "note": note}
    try:
        return msgspec.convert(told, Region, strict=False)
    except msgspec.ValidationError as fault:
        raise click.BadParameter(str(fault)) from None


@click.command("agreement")
@command
def agreement(out: Printer) -> None:
    from vigie.desk import reading
    from vigie.desk.scanning import purpose_of

    with opened() as (node, officer):
        view = reading.agreement_of(officer, node, purpose_of(officer, "see-agreement"))
    out.rows("agreement", (view,), ("pairs", "observed", "kappa", "low", "high", "waiting"))
    out.summary(tell("summary.agreement", n=view.pairs), pairs=view.pairs)
