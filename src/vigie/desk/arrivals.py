"""What an officer can do with arrivals: take files in, list, look, claim, decide; each through the gate."""

import re
from collections.abc import Sequence

import msgspec

from vigie.desk.acts import DECISIONS, Override, item_of
from vigie.desk.container import container, raw
from vigie.desk.gate import may, may_know, permit, reach, sift, visit_for
from vigie.desk.shown import rows_of
from vigie.desk.taking_in import retry, take_in
from vigie.desk.trail import leave
from vigie.desk.views import ArrivalsPage, ArrivalsQuery, BulkResult, SavedView
from vigie.desk.work import CHANGED, Working, hand_in
from vigie.terms import BadRequest, Conflict, Moment, NotForYou, Officer, Purpose, VisitId, written_number
from vigie.tracking import SORTS as _SORTS
from vigie.tracking import Listed, Query, Status

__all__ = [
    "BULK",
    "SORTS",
    "bulk",
    "claim",
    "container",
    "drop_view",
    "find",
    "override",
    "page",
    "raw",
    "retry",
    "save_view",
    "saved_views",
    "take_in",
    "unclaim",
]  # fmt: skip

SORTS = ("score", *(name for name in _SORTS if name != "score_milli"))
"""What a list can be sorted by."""

BULK = ("claim", "unclaim", *DECISIONS)
"""What can be done with many boxes at once."""

COUNTED = 10_000
"""Rows that are counted; beyond, a list says that there are more: nobody reads so far, and counting costs."""

_HERE = tuple(status.value for status in Status if status is not Status.GONE)
_VIEW = "arrivals-view:"
_NAME = re.compile(r"[^\x00-\x1f]{1,60}")
_PAGE = 500
TARGETING = Purpose.TARGETING


def page(officer: Officer, query: ArrivalsQuery, node: Working, purpose: Purpose = TARGETING) -> ArrivalsPage:
    """List arrivals: sorted over everything the officer reaches, one page of it.

    Raises:
        NotForYou: The officer may not list arrivals for this purpose. BadRequest: Unknown sort key, status, cursor, or
        an indicator that the officer does not know of.
    """
    permit(officer, "list", purpose, "arrivals", node)
    wanted, within = _query(officer, query, node), reach(officer, purpose)
    visits = node.store.visits
    found, counted = node.store.aside(
        lambda: (visits.page(wanted, within), visits.count(wanted, within, COUNTED + 1))
    )
    leave(officer, purpose, "list", "arrivals", node, shown=len(found.rows), sort=query.sort)
    return ArrivalsPage(
        rows_of(found.rows, officer, node.now(), node.rules), min(counted, COUNTED), query, found.after,
        saved_views(officer, node), counted > COUNTED,
    )


def _query(officer: Officer, query: ArrivalsQuery, node: Working) -> Query:
    known = query.indicator in {one.id for one in node.rules.policy.indicators}
    if query.indicator and not (known and may_know(officer, node.rules.handling(query.indicator))):
        raise BadRequest(reason="unknown-indicator")  # the same for one that is held too closely
    if query.sort not in SORTS:
        raise BadRequest(reason="unknown-sort-key", sort=query.sort)
    if unknown := set(query.statuses) - {status.value for status in Status}:
        raise BadRequest(reason="unknown-status", status=min(unknown))
    if not 1 <= query.limit <= _PAGE:
        raise BadRequest(reason="a-page-holds-1-to-500-rows", limit=query.limit)
    claimed = {"me": officer.id, "none": "-"}.get(query.claimed, query.claimed)
    return Query(
        sites=query.sites, statuses=query.statuses or _HERE, strata=query.strata, bands=query.bands,
        carriers=_one(query.carrier), voyages=_one(query.voyage), loading=_one(query.loading),
        unloading=_one(query.unloading), hs2=_one(query.hs2), size_types=_one(query.size_type),
        indicator=query.indicator, container=written_number(query.text), vessel=query.vessel,
        claimed_by=claimed, reefer=query.reefer,
        empty=query.empty, mandatory=query.mandatory, watched=query.watched, selected=query.selected,
        due_from=query.due_from, due_to=query.due_to, sort="score_milli" if query.sort == "score" else query.sort,
        descending=query.descending, limit=query.limit, after=query.after,
    )


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def find(officer: Officer, number: str, node: Working, purpose: Purpose = TARGETING) -> VisitId:
    """Name the latest visit of a container number, or the visit itself where a visit is named (`CSQU3054383-2`).

    Raises:
        NotForYou: The officer may not see it, or there is none.
    """
    container_part, dash, segment = number.strip().upper().rpartition("-")
    if dash and segment.isdecimal() and len(written_number(container_part)) >= 11:
        return VisitId(f"{written_number(container_part)}-{int(segment)}")
    wanted = written_number(number)
    known = node.store.visits.of_containers([wanted], newest=1) if reach(officer, purpose).none is False else {}
    within = reach(officer, purpose)
    for kept in known.get(wanted, ()):
        if within.covers(kept.listed):
            return kept.visit.id
    stones = node.store.erasures.stones([wanted]) if may(officer, "see", purpose) else []
    for stone in reversed(stones):  # the look at it says that it was erased
        if within.covers(Listed(stone.visit, wanted, site=stone.site, handling=stone.handling)):
            return stone.visit
    leave(officer, purpose, "see", wanted, node, refused=True)
    raise NotForYou(purpose=purpose.value)


def claim(officer: Officer, visit: VisitId, node: Working, purpose: Purpose = TARGETING) -> None:
    """Say that this officer works on a box.

    Raises:
        NotForYou: The officer may not, or there is no such box. Conflict: Another officer works on it.
    """
    kept = visit_for(officer, visit, purpose, node, "claim")
    if node.store.visits.claim(visit, officer.id) != officer.id:
        raise Conflict(reason="another-officer-works-on-it", officer=kept.listed.claimed_by)


def unclaim(officer: Officer, visit: VisitId, node: Working, purpose: Purpose = TARGETING) -> None:
    """Give a box back that this officer works on.

    Raises:
        NotForYou: The officer may not, or there is no such box. Conflict: Another officer works on it.
    """
    kept = visit_for(officer, visit, purpose, node, "claim")
    if kept.listed.claimed_by not in {"", officer.id}:
        raise Conflict(reason="another-officer-works-on-it", officer=kept.listed.claimed_by)
    node.store.visits.mark([visit], claimed_by="")


def override(
    officer: Officer, visit: VisitId, decision: str, reason: str, node: Working, revision: Moment | None = None,
    purpose: Purpose = TARGETING,
) -> None:
    """Decide over the machine's proposal; the decision and its reason become an entry of the log.

    Args:
        decision: One of `DECISIONS`. reason: Why; mandatory.
        revision: `ContainerView.revision` the officer looked at; the decision is refused if the box changed since.

    Raises:
        NotForYou: The officer may not, or there is no such box; a release needs a supervisor.
        BadRequest: Unknown decision, or no reason. Conflict: The box changed since the officer looked.
    """
    _check(decision, reason)
    kept = visit_for(officer, visit, purpose, node, _act_of(decision))
    if revision is not None and kept.listed.changed != revision:
        raise Conflict(reason=CHANGED, visit=visit)
    now = node.now()
    hand_in([item_of(Override(visit, decision, reason.strip(), officer.id, now, revision), officer.id, now)], node)


def _check(decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        raise BadRequest(reason="unknown-decision", decision=decision)
    if not reason.strip():
        raise BadRequest(reason="a-decision-needs-a-reason")


def _act_of(decision: str) -> str:
    return "release" if decision == "release" else "override"


def bulk(
    officer: Officer, visits: Sequence[VisitId], act: str, node: Working, reason: str = "",
    purpose: Purpose = TARGETING,
) -> BulkResult:
    """Do one thing with many boxes; those the officer may not act on are left out and named.

    Raises:
        BadRequest: Unknown act, no box, more than 500, or a decision without a reason.
    """
    if act not in BULK or not 1 <= len(visits) <= _PAGE:
        raise BadRequest(reason="unknown-act" if act not in BULK else "1 to 500 boxes", act=act)
    if act not in DECISIONS:
        return _bulk_claim(officer, visits, act, node, purpose)
    _check(act, reason)
    found, refused = sift(officer, visits, purpose, node, _act_of(act))
    now = node.now()
    hand_in([item_of(Override(visit, act, reason.strip(), officer.id, now), officer.id, now) for visit in found], node)
    return BulkResult(tuple(found), refused)


def _bulk_claim(
    officer: Officer, visits: Sequence[VisitId], act: str, node: Working, purpose: Purpose
) -> BulkResult:
    found, refused = sift(officer, visits, purpose, node, "claim")
    done: list[VisitId] = []
    taken = list(refused)
    for visit, kept in found.items():
        if act == "claim":
            held = node.store.visits.claim(visit, officer.id) == officer.id
        else:
            held = kept.listed.claimed_by == officer.id
            if held:
                node.store.visits.mark([visit], claimed_by="")
        (done if held else taken).append(visit)
    return BulkResult(tuple(done), tuple(taken))


def save_view(officer: Officer, name: str, query: ArrivalsQuery, node: Working) -> None:
    """Keep a query under a name; a name used before is replaced.

    Raises:
        BadRequest: No name, or one longer than 60 characters.
    """
    if not _NAME.fullmatch(name.strip()):
        raise BadRequest(reason="a-view-needs-a-name-of-at-most-60-characters")
    kept = msgspec.structs.replace(query, after="")
    node.store.preferences.put(officer.id, _VIEW + name.strip(), msgspec.json.encode(kept))


def drop_view(officer: Officer, name: str, node: Working) -> None:
    """Forget a saved view; one that is not there is forgotten already."""
    node.store.preferences.remove(officer.id, _VIEW + name.strip())


def saved_views(officer: Officer, node: Working) -> tuple[SavedView, ...]:
    """The views an officer saved, by name."""
    views = []
    for key in sorted(node.store.preferences.names(officer.id, _VIEW)):
        body = node.store.preferences.get(officer.id, key)
        if body is not None:
            views.append(SavedView(key.removeprefix(_VIEW), msgspec.json.decode(body, type=ArrivalsQuery)))
    return tuple(views)
