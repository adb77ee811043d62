"""Conclusions: findings that became priorities, what followed, and the seminar report."""

from starlette.responses import Response

from vigie.console.bulletin import handed, purpose_of
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import bulletin
from vigie.desk import priorities as desk
from vigie.terms import BadRequest, Language

STATES = ("open", "under-way", "done", "dropped", "overdue")
LONGEST_ADDRESS = 1_000
"""Characters of an address that a page hands over as the source of a finding."""


def page(asked: Asked, pages: Pages) -> Response:
    """All priorities, and the form for a new one; another page may hand a finding over by the address."""
    state = asked.request.query_params.get("state", "")
    found = desk.page(asked.officer, asked.node, state if state in STATES else "", purpose_of(asked))
    offered = {name: asked.request.query_params.get(name, "")[:LONGEST_ADDRESS] for name in ("finding", "source")}
    return pages.page(
        asked, "priorities/page.html", found=found, state=state, states=STATES, offered=offered,
        forms=tuple(bulletin.MEDIA), may_change=asked.may("change-priorities"),
    )  # fmt: skip


def one(asked: Asked, pages: Pages) -> Response:
    """One priority with its history and what can be done with it."""
    view = desk.show(asked.officer, asked.request.path_params["name"], asked.node, purpose_of(asked))
    return pages.page(asked, "priorities/one.html", one=view, may_change=asked.may("change-priorities"))


def report(asked: Asked, pages: Pages) -> Response:
    """The seminar report as a file."""
    told = asked.request.query_params
    language = told.get("language", "")
    language = language if language in {str(each) for each in Language} else ""
    document = desk.report(asked.officer, asked.node, None, language, told.get("title", ""), purpose_of(asked))
    return handed(bulletin.printed(document, told.get("form", "pdf"), asked.node, "conclusions"))


def propose(asked: Asked, pages: Pages) -> Response:
    """Raise a priority."""
    made = desk.propose(asked.officer, {name: asked.field(name) for name in desk.FIELDS}, asked.node, purpose_of(asked))
    return done(f"/ports/priorities/{made.id}", Said("said-priority-raised", {"id": made.id}))


def step(asked: Asked, pages: Pages) -> Response:
    """Take a step with a priority."""
    name, verb = asked.request.path_params["name"], asked.field("verb")
    if not verb:
        raise BadRequest(field="verb")
    told = {field: asked.field(field) for field in desk.FIELDS} if verb == "amend" else {}
    made = desk.step(asked.officer, name, verb, asked.field("note"), asked.node, told, purpose_of(asked))
    return done(f"/ports/priorities/{made.id}", Said("said-priority-step", {"id": made.id}))
