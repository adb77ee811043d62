"""Compose: a thing and its marking on one form; what would leave is shown to the byte, then sent or thrown away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from vigie.console.container import read_local
from vigie.console.exchange import why, with_partners
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import exchange_agreements
from vigie.desk import exchange_preview as desk
from vigie.exchange import KINDS, Desk, ExchangeRefused, HandlingCode, OnExpiry, Regime, Source, Subjects, read_telling
from vigie.terms import DAY, BadRequest, Handling, Moment, Purpose, VigieError, write_moment

LONG = frozenset(("description", "why", "reason", "text", "explanation", "follow_up"))
LISTS = frozenset(("logos", "roles", "units", "containers", "tasks"))
FLOATS = frozenset(("net_kg", "gross_kg", "score"))
WHOLE = frozenset(("packages", "priority", "minutes", "size"))
OPTIONAL = frozenset((
    "commodity", "tool", "vessel", "net_kg", "gross_kg", "packages", "logos", "container", "size_type", "reason",
    "follow_up", "verdict", "tasks",
))  # fmt: skip
"""How the form asks for each field of a thing; what is not named here is one line of text, and needed."""

TOLD = tuple(kind for kind in KINDS if kind != "reply")
"""What can be composed; an answer stands on the page of what it answers."""

DAYS = 90
"""Proposed time to keep. Source: own; the agreement says what is allowed at most."""

SHORT = 400


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. kind: `text`, `long`, `list`, `number`, `whole`, `moment`. needed: It must be filled."""

    name: str
    kind: str
    needed: bool


def fields_for(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of thing, in its own order."""
    form = KINDS[kind]
    return tuple(Field(name, _kind(name, form.moments), _needed(kind, name)) for name in form.thing.__struct_fields__)


def _needed(kind: str, name: str) -> bool:
    return name not in OPTIONAL or (kind, name) in {("box", "reason"), ("movement", "container"), ("scan", "container")}


def _kind(name: str, moments: frozenset[str]) -> str:
    if name in moments:
        return "moment"
    kinds = {"long": LONG, "list": LISTS, "number": FLOATS, "whole": WHOLE}
    return next((word for word, names in kinds.items() if name in names), "text")


@with_partners
def form(asked: Asked, pages: Pages) -> Response:
    """The form; another page may hand values over by the address."""
    told = {name: value[:2_000] for name, value in asked.request.query_params.items()}
    return _form(asked, pages, told)


def _form(asked: Asked, pages: Pages, told: Mapping[str, Any], fault: VigieError | None = None) -> Response:
    kind = told.get("kind", "")
    kind = kind if kind in TOLD else TOLD[0]
    answer = pages.page(
        asked, "exchange/compose.html", kind=kind, kinds=TOLD, fields=fields_for(kind), told=told, wrong=fault,
        **choices(asked),
    )  # fmt: skip
    if fault is not None:
        answer.status_code = 422
    return answer


def choices(asked: Asked) -> dict[str, Any]:
    """What the form of recipients and marking offers (`exchange/marking.html`), and what of it was chosen.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: The node is in no federation.
    """
    agreed = exchange_agreements.agreements(asked.officer, asked.node, asked.purpose)
    return {
        "partners": [one for one in agreed if one.out], "nodes": asked.fields("nodes"), "chosen": asked.fields("desks"),
        "desks": [one.value for one in Desk], "lights": [one for one in Handling if one <= asked.officer.clearance],
        "codes": [one.value for one in HandlingCode], "sources": [one.value for one in Source],
        "purposes": [one.value for one in Purpose], "subjects": [one.value for one in Subjects],
        "regimes": [one.value for one in Regime], "expiries": [one.value for one in OnExpiry], "days": DAYS,
    }  # fmt: skip


def again(asked: Asked, pages: Pages) -> Response:
    """The form as it was filled, to be changed; what was shown lies until the next is shown."""
    return _form(asked, pages, {name: value for name, value in asked.form.items() if isinstance(value, str)})


def prepare(asked: Asked, pages: Pages) -> Response:
    """Show what would leave; what cannot be read, and an empty audience, come back with the form as it was filled."""
    told = {name: value for name, value in asked.form.items() if isinstance(value, str)}
    try:
        thing, marking = read_telling(asked.field("kind"), _thing(asked), marking_of(asked))
        made = desk.prepare(asked.officer, thing, marking, asked.node, asked.purpose)
    except (BadRequest, ExchangeRefused) as fault:
        return _form(asked, pages, told, fault)
    return pages.page(asked, "exchange/preview.html", made=made, why=why(asked, pages), told=told)


def _thing(asked: Asked) -> dict[str, Any]:
    kind = asked.field("kind")
    if kind not in TOLD:
        raise BadRequest(reason="form-cannot-be-read", field="kind")
    found: dict[str, Any] = {}
    for one in fields_for(kind):
        raw = asked.field(f"t-{one.name}")
        if raw:
            found[one.name] = _value(asked, one, raw)
        elif one.needed:
            raise BadRequest(reason="form-needs-value", field=one.name)
    return found


def _value(asked: Asked, one: Field, raw: str) -> Any:
    try:
        match one.kind:
            case "moment":
                return write_moment(read_local(asked, raw))
            case "list":
                return [part.strip() for part in raw.replace("\n", ",").split(",") if part.strip()]
            case "number":
                return float(raw.replace(",", "."))
            case "whole":
                return int(raw)
            case _:
                return raw
    except (ValueError, BadRequest):
        raise BadRequest(reason="form-cannot-be-read", field=one.name) from None


def marking_of(asked: Asked) -> dict[str, Any]:
    """The marking that a form asks for, as `read_marked` reads it.

    Raises:
        BadRequest: The days to keep are no number.
    """
    from vigie.desk.exchange_node import own_name

    days = asked.field("days")
    if not days.isdecimal() or not 0 < int(days) <= 36_500:
        raise BadRequest(reason="form-cannot-be-read", field="retain_until")
    information = asked.field("information")
    return {
        **{name: asked.field(name)[:SHORT] for name in (
            "tlp", "handling", "handling_text", "source", "purpose", "case", "legal_basis", "subjects", "regime",
            "transfer_ground", "on_expiry",
        )},
        "information": int(information) if information.isdecimal() else 0,
        "originator": own_name(asked.node), "nodes": asked.fields("nodes"), "desks": asked.fields("desks"),
        "retain_until": write_moment(Moment(asked.frame.now + int(days) * DAY)),
        "assessment": asked.field("assessment") == "on", "machine": asked.field("machine") == "on",
    }  # fmt: skip


def decide(asked: Asked, pages: Pages) -> Response:
    """Send what was shown, or throw it away."""
    draft = asked.field("draft")
    if asked.field("verb") != "send":
        desk.discard(asked.officer, draft, asked.node, asked.purpose)
        return done("/exchange", Said("said-ex-dropped"))
    sent = desk.release(asked.officer, draft, asked.node, asked.purpose)
    if sent.state == "waits":
        return done("/exchange", Said("said-ex-waits"))
    return done(f"/exchange/things/{sent.id}", Said("said-ex-sent", {"n": len(sent.to)}))
