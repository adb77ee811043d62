"""`vigie registry bulletin`: the press bulletin of a year or half-year, printed."""

from datetime import datetime
from pathlib import Path

import click

from vigie.cli.files import put
from vigie.cli.operator import opened
from vigie.cli.output import Printer, command
from vigie.cli.speech import tell
from vigie.terms import Language

FORMS = ("pdf", "docx", "csv", "html")


@click.command("bulletin")
@click.option("--year", required=True, type=click.IntRange(1971, 9999), help=tell("option.bulletin-year"))
@click.option("--half", default=0, type=click.IntRange(0, 2), help=tell("option.bulletin-half"))
@click.option("--language", type=click.Choice([str(one) for one in Language]), default=None,
              help=tell("option.document-language"))  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS), default="pdf", show_default=True, help=tell("option.form"))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help=tell("option.as-of"))
@click.option("--substance", default="cocaine", show_default=True, help=tell("option.substance"))
@click.option("--area", default="", help=tell("option.area"))
@click.option("--register", default="", help=tell("option.register"))
@click.option("--out", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help=tell("option.to"))
@command
def bulletin(
    year: int,
    half: int,
    language: str | None,
    form: str,
    as_of: datetime | None,
    substance: str,
    area: str,
    register: str,
    target: Path,
    out: Printer,
) -> None:
    from vigie.desk import bulletin as desk

    wanted = desk.BulletinWanted(year, half, language or "", as_of.date() if as_of else None, substance, area)
    with opened() as (node, officer):
        document = desk.bulletin(officer, wanted, node, register)
        made = desk.printed(document, form, node, desk.file_name(wanted))
    put(target, made.body)
    for mark in document.marks:
        out.say(mark)
    out.summary(
        tell("summary.written", file=target.name, bytes=len(made.body)), file=str(target), bytes=len(made.body),
        language=document.language, day=document.day, marks=list(document.marks), sources=len(document.sources),
    )  # fmt: skip
