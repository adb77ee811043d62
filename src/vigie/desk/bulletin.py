"""The press bulletin at the desk: composed from the register as it stood on a day, printed in four forms."""

from datetime import date, timedelta

import msgspec

from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.work import Working
from vigie.registry import (
    BulletinAsked,
    Document,
    compose_bulletin,
    csv_of,
    html_of,
    load_scopes,
    period_of,
)
from vigie.terms import DAY, BadRequest, Handling, Language, Moment, Officer, Purpose, datetime_of

STATISTICS = Purpose.STATISTICS
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
"""Forms in which a document is printed, each with its media type."""

REGISTER = "/registry"
"""Address of the register's list in the console: where a number leads."""


class Printed(msgspec.Struct, frozen=True):
    """A printed document. body: Its bytes. media: Media type. name: Name of the file."""

    body: bytes
    media: str
    name: str


class BulletinWanted(msgspec.Struct, frozen=True):
    """Which bulletin.

    Attributes:
        year, half: Period; half 0 for the whole year. language: Empty for the officer's own.
        as_of: Day on whose evening the register counts; None for today by the node's clock.
        substance: Which. area: Code of the vocabulary of scopes; empty for everywhere.
    """

    year: int
    half: int = 0
    language: str = ""
    as_of: date | None = None
    substance: str = "cocaine"
    area: str = ""


def bulletin(
    officer: Officer, wanted: BulletinWanted, node: Working, register: str = REGISTER, purpose: Purpose = STATISTICS
) -> Document:
    """Compose a bulletin; the same question about the same day gives the same document whenever it is asked.

    Args:
        register: Address to which numbers lead; empty for a document that leads to its own table of sources.

    Raises:
        NotForYou: The officer may not. BadRequest: No such period, area or language, or a day to come.
        NotFound: Nothing was found in the period.
    """
    subject = f"bulletin {wanted.year}" + (f"/{wanted.half}" if wanted.half else "")
    permit(officer, "bulletin", purpose, subject, node)
    period = period_of(wanted.year, wanted.half)
    language = wanted.language or officer.language
    today = datetime_of(node.now()).date()
    as_of = wanted.as_of or today
    scopes = load_scopes()
    if language not in {str(one) for one in Language}:
        raise BadRequest(reason="unknown-language", language=language[:8])
    if wanted.area and wanted.area not in scopes.areas:
        raise BadRequest(reason="unknown-area", area=wanted.area[:40])
    if as_of > today:
        raise BadRequest(reason="day-to-come", day=as_of.isoformat())
    since, _ = period.before.bounds
    _, until = period.bounds
    rows = node.store.registry.rows(since, until, evening(as_of), Handling.RED.value)
    asked = BulletinAsked(
        period, as_of, language, wanted.substance, scopes.areas[wanted.area] if wanted.area else None,
        port_names(language), node.settings.name, node.settings.simulated, register,
    )  # fmt: skip
    made = compose_bulletin(rows, asked)
    leave(officer, purpose, "bulletin", subject, node, as_of=as_of.isoformat(), language=language)
    return made


def evening(day: date) -> Moment:
    """The last moment of a day, UTC."""
    return Moment((day + timedelta(1) - date(1970, 1, 1)).days * DAY - 1)


def port_names(language: str) -> dict[str, str]:
    """The names of ports that the vocabulary of scopes knows, by UN/LOCODE."""
    ports = (area for area in load_scopes().areas.values() if area.kind == "port" and len(area.ports) == 1)
    return {area.ports[0]: area.names[language] for area in ports}


def printed(document: Document, form: str, node: Working, name: str) -> Printed:
    """Print a document.

    Args:
        form: One of `MEDIA`. name: Of the file, without its ending.

    Raises:
        BadRequest: Unknown form. BulletinMissing: The extra that prints PDF and DOCX is not installed.
    """
    match form:
        case "csv":
            body = csv_of(document).encode()
        case "html":
            body = html_of(document).encode()
        case "pdf" | "docx":
            body = node.printed(document, form)
        case _:
            raise BadRequest(reason="unknown-form", form=form[:8])
    return Printed(body, MEDIA[form], f"{name}-{document.language}.{form}")


def file_name(wanted: BulletinWanted) -> str:
    """What the file of a bulletin is called, without language and ending."""
    return f"bulletin-{wanted.year}" + (f"-h{wanted.half}" if wanted.half else "") + f"-{wanted.substance}"
