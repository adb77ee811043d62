"""Long acts beside the answer: the button that starts one, and the part of a page that tells how far it is."""

from typing import Any

from starlette.responses import Response

from vigie.console.pages import Asked, Pages, back, done
from vigie.desk import errands as desk
from vigie.desk.views import ErrandView
from vigie.terms import VigieError


def begin(asked: Asked, pages: Pages) -> Response:
    """Start one; the page it was asked on tells how far it is."""
    kind = str(asked.request.path_params["kind"])
    desk.begin(asked.officer, kind, asked.node, asked.purpose)
    return done(back(asked, "/"))


def progress(asked: Asked, pages: Pages) -> Response:
    """How far one is: the part of the page that asks again while it goes on."""
    kind = str(asked.request.path_params["kind"])
    told = desk.progress(asked.officer, kind, asked.node, asked.purpose)
    stale = desk.stale(asked.officer, asked.node, asked.purpose) if kind == desk.ASSESS else 0
    return pages.fragment(asked, "risk/errand.html", kind=kind, errand=told, stale=stale, fault_of=fault_of(told),
                          back="")  # fmt: skip


def again(asked: Asked) -> dict[str, Any]:
    """What a page shows of boxes that other rules judged, and of judging them again; nothing for who may not."""
    if not asked.may("assess"):
        return {"errand": None, "stale": 0, "fault_of": None}
    told = desk.progress(asked.officer, desk.ASSESS, asked.node, asked.purpose)
    return {"errand": told, "stale": desk.stale(asked.officer, asked.node, asked.purpose), "fault_of": fault_of(told)}


def caught_up(asked: Asked, act: str = desk.ACTS[desk.ARCHIVE]) -> dict[str, Any]:
    """Bring the decision table up to date for a page; what the page shows of it while that goes on beside.

    Args:
        act: What the page is for.
    """
    missing = desk.catch_up(asked.officer, asked.node, asked.purpose, act).missing
    seen = missing and asked.may(desk.ACTS[desk.ARCHIVE])
    told = desk.progress(asked.officer, desk.ARCHIVE, asked.node, asked.purpose) if seen else None
    return {"missing_rows": missing, "errand": told, "stale": 0, "fault_of": fault_of(told)}


def fault_of(told: ErrandView | None) -> VigieError | None:
    """Why it failed, as an error that can be told."""
    if told is None or not told.fault or told.fault == "interrupted":
        return None
    fault = VigieError(**told.facts)
    fault.code = told.fault  # type: ignore[misc]  # the text is found by the code
    return fault
