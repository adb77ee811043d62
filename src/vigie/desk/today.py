"""What an officer meets first: the own queue, what is due, warnings, and how the node is."""

from functools import cache

from vigie.desk.gate import may, permit, reach
from vigie.desk.indicators import waiting as rules_waiting
from vigie.desk.notices import OPEN
from vigie.desk.shown import row_of, rows_of, tell
from vigie.desk.timeline import worded
from vigie.desk.trail import leave
from vigie.desk.views import ArrivalRow, Frame, HealthFact, NoticeView, TodayView
from vigie.desk.work import Working
from vigie.terms import HOUR, Handling, Moment, Officer, Purpose, Texts, VisitId
from vigie.tracking import Notice, Query, Reach, Status

_SHOWN = 10
_NOTICES = 20
_HOURS = 24
_LAST = "last-seen"


@cache
def _texts() -> Texts:
    return Texts.load("vigie.desk.texts", "notices")


def purpose_of(officer: Officer) -> Purpose:
    """The purpose of a look at the front page: targeting, where the officer has it."""
    cleared = officer.purposes
    return Purpose.TARGETING if Purpose.TARGETING in cleared or not cleared else cleared[0]


def today(officer: Officer, node: Working) -> TodayView:
    """Show the front page; an officer who sees no boxes (an administrator) meets an empty one.

    Raises:
        NotForYou: The officer may not even see how the node is.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-health", purpose, "today", node)
    within, now, visits = reach(officer, purpose), node.now(), node.store.visits
    with node.store.reading():
        queue = visits.page(Query(claimed_by=officer.id, statuses=OPEN, sort="due", limit=_SHOWN), within)
        due = visits.page(Query(statuses=OPEN, due_from=now, sort="due", limit=_SHOWN), within)
        counts = _counts(now, within, node)
        hours = tuple(
            visits.count(Query(changed_from=_before(now, hour), changed_to=_before(now, hour - 1)), within)
            for hour in range(_HOURS, 0, -1)
        )
    leave(officer, purpose, "list", "today", node)
    return TodayView(
        now=now, queue=rows_of(queue.rows, officer, now, node.rules),
        due_soon=rows_of(due.rows, officer, now, node.rules),
        notices=_notices(officer, within, node), resume=_resumed(officer, within, node), counts=counts,
        health=node.health(officer.language), waiting=node.store.inbox.waiting(), hours=hours,
        rules=tuple(one for one in rules_waiting(officer, node, purpose) if not one.mine),
    )  # fmt: skip


def _before(now: Moment, hours: int) -> Moment | None:
    """The end of an hour; the running one is open, since entries of one moment are numbered into the next."""
    return Moment(max(0, now - hours * HOUR)) if hours else None


def _counts(now: Moment, within: Reach, node: Working) -> dict[str, int]:
    visits = node.store.visits
    by_status = visits.tally("status", Query(), within)
    ahead = Moment(now + node.settings.warn_hours * HOUR)
    return {
        "new": by_status.get(Status.NEW.value, 0),
        "selected": by_status.get(Status.SELECTED.value, 0),
        "held": by_status.get(Status.HELD.value, 0),
        "released": by_status.get(Status.RELEASED.value, 0),
        "inspected": by_status.get(Status.INSPECTED.value, 0),
        "mandatory": visits.count(Query(mandatory=True, statuses=OPEN), within),
        "due": visits.count(Query(statuses=OPEN, due_from=now, due_to=ahead), within),
        "late": visits.count(Query(statuses=OPEN[:2], due_to=now), within),
    }


def _notices(officer: Officer, within: Reach, node: Working) -> tuple[NoticeView, ...]:
    """The unseen warnings about boxes that the officer may see."""
    found = [one for one in node.store.notices.page(officer.id, officer.sites, None, 200) if one.seen is None]
    known = node.store.visits.get(list({one.visit for one in found}))
    return tuple(
        _shown(one, officer)
        for one in found
        if one.visit in known and within.covers(known[one.visit].listed)
    )[:_NOTICES]


def _shown(one: Notice, officer: Officer) -> NoticeView:
    container = one.visit.rpartition("-")[0]
    text = tell(_texts(), one.code, officer.language, {"container": container, **worded(one.facts, officer.language)})
    return NoticeView(one.id, one.at, one.code, one.visit, container, text, one.facts, one.seen is not None)


def _resumed(officer: Officer, within: Reach, node: Working) -> ArrivalRow | None:
    body = node.store.preferences.get(officer.id, _LAST)
    found = None if body is None else node.store.visits.one(VisitId(body.decode()), within)
    return None if found is None else row_of(found, officer, node.now(), node.rules)


def seen(officer: Officer, notices: tuple[int, ...] | list[int], node: Working) -> None:
    """Say that warnings were seen; only those that the officer gets."""
    if not may(officer, "list", purpose_of(officer)):
        return
    mine = {one.id for one in node.store.notices.page(officer.id, officer.sites, None, 1000)}
    node.store.notices.seen([one for one in notices if one in mine], node.now())


def health(officer: Officer, node: Working) -> tuple[HealthFact, ...]:
    """Show how the node is.

    Raises:
        NotForYou: The officer may not.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-health", purpose, "health", node)
    leave(officer, purpose, "see-health", "health", node)
    return node.health(officer.language)


def frame(officer: Officer, node: Working) -> Frame:
    """What stands around every page."""
    settings = node.settings
    if officer.terminals:  # how much happens in the node, and whether it warns, is not an operator's
        return Frame(
            node=settings.name, zone=settings.zone, now=node.now(), clock_rate=settings.clock_rate,
            simulated=settings.simulated, handling=Handling.CLEAR, unread=0, sites=officer.sites, live=0,
        )  # fmt: skip
    return Frame(
        node=settings.name, zone=settings.zone, now=node.now(), clock_rate=settings.clock_rate,
        simulated=settings.simulated, handling=officer.clearance,
        unread=node.store.notices.unseen(officer.id, officer.sites), sites=settings.sites, live=node.live,
    )
