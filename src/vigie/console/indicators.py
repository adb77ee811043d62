"""The catalogue of indicators, one indicator with its versions, and the steps of its life-cycle."""

from starlette.responses import Response

from vigie.console.arrivals_query import WORDS
from vigie.console.errands import again
from vigie.console.pages import Asked, Pages, Said, back, done
from vigie.desk import indicators as desk
from vigie.desk import proving
from vigie.risk import STEPS, State
from vigie.terms import BadRequest, Handling, ReasonNeeded

FILTERS = ("state", "typology", "family", "handling")
FAMILIES = ("P", "C", "W", "R", "E", "T", "I", "S")
NEEDS_REASON = frozenset(rung.verb for rung in STEPS if rung.needs_reason)
_MEDIA = {"text": "text/plain; charset=utf-8", "toml": "application/toml", "json": "application/json"}


def catalogue(asked: Asked, pages: Pages) -> Response:
    """Every indicator the officer may know of, by what it belongs to and where it stands."""
    query = {name: asked.request.query_params.get(name, "")[:40] for name in FILTERS}
    found = desk.catalogue(asked.officer, asked.node, **query, purpose=asked.purpose)
    return pages.page(
        asked, "risk/indicators.html", indicators=found, filterable="indicator" in WORDS, query=query,
        states=[one.value for one in State], typologies=proving.typologies(asked.node), families=FAMILIES,
        handlings=[one for one in Handling if one <= asked.officer.clearance],
        waiting=desk.waiting(asked.officer, asked.node, asked.purpose),
    )  # fmt: skip


def reason_first(asked: Asked, pages: Pages, name: str) -> Response:
    """Ask why a rule that is held closely is looked at; the answer leads back to where the officer wanted to go."""
    return pages.page(asked, "risk/indicator_reason.html", name=name, back=asked.here)


def look(asked: Asked, pages: Pages) -> Response:
    """Say why, and go on; the reason holds for an hour."""
    name = _name(asked)
    try:
        desk.show(asked.officer, name, asked.node, None, asked.purpose, asked.field("reason"))
    except ReasonNeeded:
        return pages.page(asked, "risk/indicator_reason.html", name=name, back=back(asked, "/risk/indicators"))
    return done(back(asked, f"/risk/indicators/{name}"))


def indicator(asked: Asked, pages: Pages) -> Response:
    """One version of an indicator; with two versions asked for, in what they differ."""
    try:
        return _indicator(asked, pages)
    except ReasonNeeded:
        return reason_first(asked, pages, _name(asked))


def _indicator(asked: Asked, pages: Pages) -> Response:
    name, query = _name(asked), asked.request.query_params
    view = desk.show(asked.officer, name, asked.node, _number(query.get("version", "")), asked.purpose)
    before, after = _number(query.get("before", "")), _number(query.get("after", ""))
    rows = None
    if before and after:
        rows = desk.diff(asked.officer, name, before, after, asked.node, asked.purpose)
    return pages.page(
        asked, "risk/indicator.html", view=view, diff=rows, before=before, after=after, needs_reason=NEEDS_REASON,
        trial=f"{view.row.id}@{view.row.version}", **again(asked),
    )  # fmt: skip


def _name(asked: Asked) -> str:
    return str(asked.request.path_params["name"])


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 9 else None


def step(asked: Asked, pages: Pages) -> Response:
    """Take a step with a version."""
    name, version, verb = _name(asked), _number(asked.field("version")), asked.field("verb")
    if version is None:
        raise BadRequest(field="version")
    desk.step(asked.officer, name, version, verb, asked.field("reason"), asked.node, asked.purpose)
    said = Said(f"said-step-{verb}", {"id": name, "version": version})
    return done(f"/risk/indicators/{name}?version={version}", said)


def export(asked: Asked, pages: Pages) -> Response:
    """One version as text, TOML or JSON."""
    query = asked.request.query_params
    form, name = query.get("form", "toml"), _name(asked)
    try:
        body = desk.export(asked.officer, name, _number(query.get("version", "")), form, asked.node, asked.purpose)
    except ReasonNeeded:
        return reason_first(asked, pages, name)
    ending = "txt" if form == "text" else form
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(body, media_type=_MEDIA[form], headers=headers)
