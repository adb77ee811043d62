"""A scan sent to a partner: its title and marking on a form, what would leave shown, then sent."""

from typing import Any

from starlette.responses import Response

from vigie.console.exchange import why, with_partners
from vigie.console.exchange_compose import choices, marking_of
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import exchange_package_preview as previewing
from vigie.desk import exchange_packages as desk
from vigie.desk import scanning, scanning_listed
from vigie.exchange import ExchangeRefused, Marking, read_marked
from vigie.terms import BadRequest, VigieError

LONGEST_TITLE = 120


@with_partners
def form(asked: Asked, pages: Pages) -> Response:
    """The form; all scans of the box can go in one package."""
    return _form(asked, pages)


def _form(asked: Asked, pages: Pages, fault: VigieError | None = None) -> Response:
    scan = asked.request.path_params["scan"]
    row = scanning.show(asked.officer, scan, asked.node).row
    others = scanning_listed.of_box(asked.officer, row.visit, asked.node) if row.visit else ()
    answer = pages.page(
        asked, "scanning/send.html", row=row, scans=others or (row,), ticked=asked.fields("scans") or [scan],
        told=_told(asked), wrong=fault, longest=LONGEST_TITLE, **choices(asked),
    )  # fmt: skip
    if fault is not None:
        answer.status_code = 422
    return answer


def _told(asked: Asked) -> dict[str, Any]:
    return {name: value for name, value in asked.form.items() if isinstance(value, str)}


@with_partners
def prepare(asked: Asked, pages: Pages) -> Response:
    """Show what would leave; what cannot be read, and an empty audience, come back with the form as it was filled."""
    if asked.field("verb") == "again":
        return _form(asked, pages)
    try:
        title, marking = _read(asked)
        made = previewing.previewed(asked.officer, asked.fields("scans"), title, marking, asked.node, asked.purpose)
    except (BadRequest, ExchangeRefused) as fault:
        return _form(asked, pages, fault)
    filled = [(name, value) for name, value in asked.form.multi_items() if isinstance(value, str) and name != "verb"]
    return pages.page(
        asked, "scanning/send_preview.html", made=made, marking=marking, filled=filled, why=why(asked, pages),
        scan=asked.request.path_params["scan"],
    )  # fmt: skip


def _read(asked: Asked) -> tuple[str, Marking]:
    title = asked.field("title")
    if not title:
        raise BadRequest(reason="form-needs-value", field="title")
    if not asked.fields("scans"):
        raise BadRequest(reason="form-needs-value", field="scans")
    return title[:LONGEST_TITLE], read_marked(marking_of(asked))


@with_partners
def decide(asked: Asked, pages: Pages) -> Response:
    """Send what was shown."""
    title, marking = _read(asked)
    _, sent = desk.send(asked.officer, asked.fields("scans"), title, marking, asked.node, asked.purpose)
    if sent.state == "waits":
        return done("/exchange", Said("said-ex-waits"))
    return done(f"/exchange/things/{sent.id}", Said("said-ex-sent", {"n": len(sent.to)}))
