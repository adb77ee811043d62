"""`vigie scanning scanners`: the register of scanners."""

from typing import Any

import click

from vigie.cli.operator import opened
from vigie.cli.output import USAGE, Printer, command
from vigie.cli.speech import tell

SCANNER = ("name", "site", "energies_mev", "calibrated", "until", "disabled_code")


@click.command("list")
@command
def listed(out: Printer) -> None:
    from vigie.desk import scanners

    with opened() as (node, officer):
        found = scanners.listed(officer, node)
    shown = out.rows("scanner", found, SCANNER)
    off = sum(1 for one in found if one.disabled)
    out.summary(tell("summary.scanners", n=shown, off=off), scanners=shown, disabled=off)


@click.command("show")
@click.argument("name")
@command
def show(name: str, out: Printer) -> None:
    from vigie.desk import scanners

    with opened() as (node, officer):
        _shown(scanners.show(officer, name, node), out)


def _shown(view: Any, out: Printer) -> None:
    out.rows("scanner", [view], SCANNER)
    out.rows("quality", view.quality, ("test", "value", "passed", "at"))
    out.rows("drift", view.drifts, ("at", "air", "ratio", "scan"))
    if view.disabled:
        out.say(view.disabled)
    out.summary(tell("summary.scanner", name=view.name), scanner=view.name, disabled=view.disabled_code,
                ratios=list(view.ratios))  # fmt: skip


@click.command("keep")
@click.argument("name")
@click.option("--site", required=True, help=tell("option.scanner-site"))
@click.option("--energies", default="6,4", show_default=True, help=tell("option.scanner-energies"))
@click.option("--pixel-mm", default="5", show_default=True, help=tell("option.scanner-pixel"))
@click.option("--air", default="", help=tell("option.scanner-air"))
@click.option("--travel", type=click.Choice(["doors-first", "front-first", "unknown"]), default="unknown",
              show_default=True, help=tell("option.scanner-travel"))  # fmt: skip
@click.option("--retired", is_flag=True, help=tell("option.scanner-retired"))
@click.option("--note", default="", help=tell("option.scanner-note"))
@command
def keep(name: str, out: Printer, **said: Any) -> None:
    from vigie.desk import scanners
    from vigie.scanning import Scanner, Travel

    pixel = _numbers(said["pixel_mm"], out)
    told = Scanner(
        name=name, site=said["site"].upper(), energies_mev=_numbers(said["energies"], out), row_mm=pixel[0],
        column_mm=pixel[-1], air=tuple(map(int, _numbers(said["air"], out))) if said["air"] else (),
        travel=Travel(said["travel"]), active=not said["retired"], note=said["note"],
    )  # fmt: skip
    with opened() as (node, officer):
        _shown(scanners.keep(officer, told, node), out)


def _numbers(told: str, out: Printer) -> tuple[float, ...]:
    """Numbers with commas between them; anything else is wrong usage."""
    try:
        return tuple(float(one) for one in told.split(","))
    except ValueError:
        out.wrong(tell("scanner.numbers", told=told[:40]), USAGE, error="bad-request")


@click.command("calibrate")
@click.argument("name")
@click.option("--air", required=True, help=tell("option.scanner-air"))
@click.option("--piece", "pieces", multiple=True, metavar="MATERIAL:G/CM2:HIGH[:LOW]", required=True,
              help=tell("option.scanner-piece"))  # fmt: skip
@click.option("--days", type=click.IntRange(0, 3650), default=0, help=tell("option.scanner-days"))
@command
def calibrate(name: str, air: str, pieces: tuple[str, ...], days: int, out: Printer) -> None:
    from vigie.desk import scanners
    from vigie.scanning import Piece

    made = []
    for told in pieces:
        material, _, rest = told.partition(":")
        numbers = _numbers(rest.replace(":", ","), out)
        made.append(Piece(material, numbers[0], numbers[1:]))
    with opened() as (node, officer):
        view = scanners.calibrate(officer, name, tuple(made), tuple(map(int, _numbers(air, out))), node, days)
    _shown(view, out)


@click.command("test")
@click.argument("name")
@click.argument("which", type=click.Choice(["penetration", "contrast", "resolution", "wire"]))
@click.argument("value", type=float)
@click.option("--passed/--failed", "passed", default=True, show_default=True, help=tell("option.scanner-passed"))
@command
def test(name: str, which: str, value: float, passed: bool, out: Printer) -> None:
    from vigie.desk import scanners

    with opened() as (node, officer):
        _shown(scanners.note_test(officer, name, which, value, node, passed=passed), out)


@click.command("measure")
@click.argument("name")
@click.argument("high", type=float)
@click.argument("low", type=float)
@command
def measure(name: str, high: float, low: float, out: Printer) -> None:
    from vigie.desk import scanners

    with opened() as (node, officer):
        _shown(scanners.measure(officer, name, high, low, node), out)
