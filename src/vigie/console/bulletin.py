"""Bulletins: choose period, language and place, look at the document, take it along as a file."""

from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from vigie.console.pages import Asked, Pages
from vigie.desk import bulletin as desk
from vigie.registry import body_of, load_scopes
from vigie.terms import BadRequest, Language, NotFound, Purpose, datetime_of

YEARS = 6
"""Years that can be chosen, this one and those before; others by the address."""


def page(asked: Asked, pages: Pages) -> Response:
    """The form, and below it the bulletin as it would be printed."""
    wanted, empty, document = _wanted(asked), None, None
    try:
        document = desk.bulletin(asked.officer, wanted, asked.node, purpose=purpose_of(asked))
    except NotFound as error:
        empty = error
    scopes, language = load_scopes(), asked.officer.language
    areas = sorted((area.names[language], code) for code, area in scopes.areas.items() if area.ports or area.countries)
    return pages.page(
        asked, "bulletin/page.html", wanted=wanted, document=document, empty=empty, areas=areas,
        forms=tuple(desk.MEDIA), body=Markup(body_of(document)) if document else "",
        years=range(_year(asked), _year(asked) - YEARS, -1),
        as_of=wanted.as_of.isoformat() if wanted.as_of else "", chosen=wanted.language or language,
        query=_query(asked),
    )  # fmt: skip


def file(asked: Asked, pages: Pages) -> Response:
    """The bulletin as a file."""
    wanted = _wanted(asked)
    form = asked.request.query_params.get("form", "pdf")
    document = desk.bulletin(asked.officer, wanted, asked.node, purpose=purpose_of(asked))
    return handed(desk.printed(document, form, asked.node, desk.file_name(wanted)))


def handed(made: desk.Printed) -> Response:
    """A printed document as an attachment."""
    return Response(made.body, media_type=made.media,
                    headers={"content-disposition": f'attachment; filename="{made.name}"'})  # fmt: skip


def purpose_of(asked: Asked) -> Purpose:
    """What the officer makes documents for: statistics where cleared for it, else the first own purpose."""
    cleared = asked.officer.purposes
    return Purpose.STATISTICS if Purpose.STATISTICS in cleared or not cleared else cleared[0]


def _year(asked: Asked) -> int:
    return datetime_of(asked.frame.now).year


def _query(asked: Asked) -> str:
    return urlencode([(name, text) for name, text in asked.request.query_params.items() if name != "form"])


def _wanted(asked: Asked) -> desk.BulletinWanted:
    told = asked.request.query_params
    try:
        year, half = int(told.get("year") or _year(asked)), int(told.get("half") or 0)
        as_of = date.fromisoformat(told["as_of"]) if told.get("as_of") else None
    except ValueError:
        raise BadRequest(reason="not-a-period", field="year") from None
    language = told.get("language", "")
    return desk.BulletinWanted(
        year, half, language if language in {str(one) for one in Language} else "", as_of,
        told.get("substance", "") or "cocaine", told.get("area", ""),
    )  # fmt: skip
