"""`/registry/bulletins`: the press bulletin of a year or half-year, in four forms."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.prints import FILES, download
from vigie.desk import bulletin
from vigie.terms import Language, Officer, Purpose

api = APIRouter(prefix="/registry/bulletins", tags=["registry"])
Form = Literal["pdf", "docx", "csv", "html"]


def purpose_of(officer: Officer) -> Purpose:
    """What an officer makes documents for: statistics where cleared for it, else the first own purpose."""
    cleared = officer.purposes
    return Purpose.STATISTICS if Purpose.STATISTICS in cleared or not cleared else cleared[0]


@api.get("/{year}", responses=FILES, response_class=Response, summary="Press bulletin")
def one(
    year: int,
    officer: Caller,
    node: Served,
    half: Annotated[int, Query(ge=0, le=2)] = 0,
    language: Language | None = None,
    form: Form = "pdf",
    as_of: date | None = None,
    substance: Annotated[str, Query(max_length=40)] = "cocaine",
    area: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Compose the bulletin of a year or half-year as the register stood on the evening of a day."""
    wanted = bulletin.BulletinWanted(year, half, str(language or ""), as_of, substance, area)
    document = bulletin.bulletin(officer, wanted, node, purpose=purpose_of(officer))
    return download(bulletin.printed(document, form, node, bulletin.file_name(wanted)))
