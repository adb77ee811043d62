"""Exchange: partners and how they stand, what came and left, requests, one thing and what is done with it."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from starlette.responses import Response

from vigie.console.container import read_local
from vigie.console.pages import Asked, Pages, Said, back, done
from vigie.desk import (
    exchange as desk,
)
from vigie.desk import (
    exchange_agreements,
    exchange_delivering,
    exchange_following,
    exchange_holding,
    exchange_replies,
    exchange_split,
    exchange_things,
)
from vigie.exchange import KINDS, ExchangeRefused, OnExpiry, Why
from vigie.terms import DAY, BadRequest, Moment, Purpose

Handler = Callable[[Asked, Pages], Response]

SHOWN = 12
"""Rows of inbox and outbox on the first page; each has a page of its own."""

MOST = 200
BOXES = ("inbox", "outbox")


def why(asked: Asked, pages: Pages) -> Callable[..., str]:
    """Tells a rule in words: `why(code, facts)`."""
    teller = pages.worder(asked.officer.language)
    from vigie.terms import error_text

    def tell(code: str, facts: dict[str, Any] | None = None) -> str:
        known = code in set(Why)
        return error_text(ExchangeRefused(reason=code, **(facts or {})), asked.officer.language) if known else teller(
            "delivery", code)  # fmt: skip

    return tell


def with_partners(handler: Handler) -> Handler:
    """A page that, before the node has joined or once the list of partners has ended, says so and what to do."""

    @wraps(handler)
    def answer(asked: Asked, pages: Pages) -> Response:
        try:
            return handler(asked, pages)
        except ExchangeRefused as refusal:
            if refusal.facts.get("reason") not in (Why.NOT_A_MEMBER, Why.METADATA_EXPIRED):
                raise
            return pages.page(asked, "exchange/alone.html", refusal=refusal)

    return answer


@with_partners
def overview(asked: Asked, pages: Pages) -> Response:
    """Partners, what waits for an answer or a second officer, the latest of both boxes; how to join before that."""
    officer, node, purpose = asked.officer, asked.node, asked.purpose
    agreed = exchange_agreements.agreements(officer, node, purpose)
    about = asked.request.query_params.get("about", "").strip()[:40]
    return pages.page(
        asked, "exchange/page.html", agreed=agreed, about=about, why=why(asked, pages),
        found=desk.search(officer, about, node, purpose) if about else (),
        following=exchange_following.following(officer, node, purpose).rows, kinds=KINDS,
        warnings=exchange_delivering.warnings(node), doubted=_doubted(asked),
        partners=exchange_delivering.deliveries(officer, node, purpose),
        names={one.partner: (one.name, one.country) for one in agreed},
        refused=exchange_agreements.refused(officer, node, purpose),
        requests=exchange_replies.requests(officer, node, purpose),
        drafts=desk.drafts(officer, node, purpose) if asked.may("send-exchange") else (),
        inbox=_things(desk.inbox(officer, node, purpose, MOST))[:SHOWN],
        outbox=_things(desk.outbox(officer, node, purpose, MOST))[:SHOWN],
    )  # fmt: skip


@with_partners
def follow(asked: Asked, pages: Pages) -> Response:
    """Follow something of what partners tell, or no longer; each can be taken back at once."""
    kind, partner, about = asked.field("kind"), asked.field("partner"), asked.field("about").strip()
    adding = asked.field("verb") != "unfollow"
    act = exchange_following.follow if adding else exchange_following.unfollow
    act(asked.officer, asked.node, kind=kind, partner=partner, about=about, purpose=asked.purpose)
    again = {"verb": ["unfollow" if adding else "follow"], "kind": [kind], "partner": [partner], "about": [about]}
    return done("/exchange", Said("said-ex-follow" if adding else "said-ex-unfollow", undo="/exchange/following",
                                  fields=again))  # fmt: skip


def _doubted(asked: Asked) -> frozenset[str]:
    """Partners whose logs have two pasts."""
    return frozenset(one.partner for one in exchange_split.doubted(asked.node))


def _things(rows: tuple[Any, ...]) -> list[Any]:
    """Entries that tell something, or take it back; receipts and requests stand with the things they are about."""
    return [row for row in rows if row.act in ("put", "revise", "retract", "expire")]


@with_partners
def entries(asked: Asked, pages: Pages) -> Response:
    """What came, or what left, all of it or of one partner."""
    box = asked.request.path_params["box"]
    if box not in BOXES:
        raise BadRequest(field="box")
    partner = asked.request.query_params.get("partner", "")[:64]
    only = box == "inbox" and asked.request.query_params.get("followed", "") == "yes"
    rows = exchange_following.followed(asked.officer, asked.node, asked.purpose) if only else (
        desk.inbox if box == "inbox" else desk.outbox)(asked.officer, asked.node, asked.purpose, MOST)  # fmt: skip
    agreed = exchange_agreements.agreements(asked.officer, asked.node, asked.purpose)
    mine = [row for row in rows if not partner or partner == row.origin or partner in row.to]
    return pages.page(
        asked, "exchange/entries.html", box=box, rows=mine, only=only, doubted=_doubted(asked),
        partner=partner, agreed=agreed,
        names={one.partner: (one.name, one.country) for one in agreed},
    )  # fmt: skip


def thing(asked: Asked, pages: Pages) -> Response:
    """One thing: what it says, its marking, its versions, what partners answered, what can be done with it."""
    view = exchange_things.one(asked.officer, _wanted(asked), asked.node, asked.purpose)
    partners: tuple[str, ...] = ()
    with suppress(ExchangeRefused):
        agreed = exchange_agreements.agreements(asked.officer, asked.node, asked.purpose)
        partners = tuple(dict.fromkeys(one.partner for one in agreed if one.out))
    return pages.page(
        asked, "exchange/thing.html", view=view, row=view.row,
        doubted=_doubted(asked), partners=partners, why=why(asked, pages),
        silent={one.partner: one.since for one in exchange_delivering.deliveries(asked.officer, asked.node,
                                                                                asked.purpose) if one.since},
        review=OnExpiry.REVIEW,
    )  # fmt: skip


def _wanted(asked: Asked) -> str:
    return str(asked.request.path_params["thing"])[:100]


def step(asked: Asked, pages: Pages) -> Response:
    """Take back, answer, hold, lift, ask for a release, answer one, pass on."""
    wanted, verb = _wanted(asked), asked.field("verb")
    act = STEPS.get(verb)
    if act is None:
        raise BadRequest(field="verb")
    act(asked, wanted)
    return done(back(asked, f"/exchange/things/{wanted}"), Said(f"said-ex-{verb}"))


def _retract(asked: Asked, wanted: str) -> None:
    desk.retract(asked.officer, wanted, asked.field("reason"), asked.node, asked.purpose)


def _reply(asked: Asked, wanted: str) -> None:
    exchange_replies.reply(
        asked.officer, wanted, asked.field("word"), asked.field("text"), asked.node, asked.purpose
    )  # fmt: skip


def _held_for(asked: Asked) -> Purpose:
    cleared = asked.officer.purposes
    return Purpose.INVESTIGATION if Purpose.INVESTIGATION in cleared else asked.purpose


def _hold(asked: Asked, wanted: str) -> None:
    exchange_holding.ask_hold(
        asked.officer, wanted, asked.field("authority"), asked.field("case"), asked.field("ground"),
        day_end(asked, "until"), asked.node, _held_for(asked),
    )  # fmt: skip


def _confirm(asked: Asked, wanted: str) -> None:
    exchange_holding.confirm_hold(asked.officer, wanted, asked.node, _held_for(asked))


def _lift(asked: Asked, wanted: str) -> None:
    exchange_holding.lift_hold(asked.officer, wanted, asked.node, _held_for(asked))


def _ask(asked: Asked, wanted: str) -> None:
    nodes = tuple(asked.fields("nodes"))
    if not nodes:
        raise BadRequest(field="nodes")
    exchange_holding.ask_release(
        asked.officer, wanted, nodes, asked.field("reason"), asked.node, asked.purpose,
        judicial=asked.field("judicial") == "on",
    )  # fmt: skip


def _answer(asked: Asked, wanted: str) -> None:
    granted = asked.field("granted") == "yes"
    until = day_end(asked, "until") if granted else Moment(asked.frame.now + DAY)
    exchange_holding.answer_release(
        asked.officer, wanted, asked.field("node"), granted, until, asked.field("reason"), asked.node, asked.purpose
    )


def _pass_on(asked: Asked, wanted: str) -> None:
    exchange_holding.pass_on(asked.officer, wanted, tuple(asked.fields("nodes")), asked.node, asked.purpose)


STEPS: dict[str, Callable[[Asked, str], None]] = {
    "retract": _retract, "reply": _reply, "hold": _hold, "confirm": _confirm, "lift": _lift, "ask": _ask,
    "answer": _answer, "pass-on": _pass_on,
}  # fmt: skip
"""What the form of a thing can do, by the value of its button."""


def day_end(asked: Asked, field: str) -> Moment:
    """The end of a day that a form names, on the port's wall clock.

    Raises:
        BadRequest: It names none.
    """
    told = asked.field(field)
    if not told:
        raise BadRequest(field=field)
    return read_local(asked, f"{told}T23:59")


def decide(asked: Asked, pages: Pages) -> Response:
    """Approve what another officer wants to send, refuse it, or withdraw one's own."""
    draft = asked.field("draft")
    if asked.field("verb") == "approve":
        sent = desk.approve(asked.officer, draft, asked.node, asked.purpose)
        return done("/exchange", Said("said-ex-sent", {"n": len(sent.to)}))
    desk.drop(asked.officer, draft, asked.node, asked.purpose)
    return done("/exchange", Said("said-ex-dropped"))
