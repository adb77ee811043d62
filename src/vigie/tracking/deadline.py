"""Deadlines of a box, each with the word that says so: when it is expected, until when it can still be held."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from vigie.arrivals import Call, Classifier, Stowed
from vigie.terms import Moment
from vigie.tracking.shipcall import Called, of_call
from vigie.tracking.summary import announced_arrivals, call_of, expected_events, landed_at, site_of
from vigie.tracking.visit import Visit

Calls = Callable[[Call, str], Iterable[Called]]
"""Gives what was told of a ship at a port."""

_LEAVING = frozenset(("GTOT", "PICK"))
_LOADING = frozenset(("LOAD", "DEPA"))


class Deadline(msgspec.Struct, frozen=True):
    """A moment and who says so.

    source: `landed` discharged; `ship-arrived`, `port-call`, `ais` by the ship; `terminal` an expected event of the
    box; `document` as announced; `pick-up` an appointment; `gate-out` an expected departure by the gate; `on-ship` its
    next ship leaves; `free-time` until when it may stay; empty: nobody says anything.
    """

    at: Moment | None = None
    source: str = ""


UNKNOWN = Deadline()


def no_calls(_call: Call, _place: str) -> Sequence[Called]:
    """Nothing was told of any ship."""
    return ()


def expected(visit: Visit, calls: Calls = no_calls) -> Deadline:
    """When the box lands: a decision has effect from then on.

    The discharge where it happened; else what the latest word says: of the ship's call, or of the box; else what
    documents announce. A ship that has arrived is not made to come later again by an older estimate.
    """
    if (landed := landed_at(visit)) is not None:
        return Deadline(landed, "landed")
    events, papers = expected_events(visit), announced_arrivals(visit)
    own = max(events + papers, default=None)
    call = call_of(visit)
    told = of_call(calls(call, site_of(visit)), call, site_of(visit), own[1] if own else None)
    if told is not None and told.arrival is not None:
        latest = max(events, default=None)
        if latest is None or told.hlc >= latest[0] or told.arrival_source == "ship-arrived":
            return Deadline(told.arrival, told.arrival_source)
    if own is None:
        return UNKNOWN
    return Deadline(own[1], "terminal" if own in events else "document")


def last_chance(visit: Visit, calls: Calls = no_calls) -> Deadline:
    """Until when the box can still be held at its site: the earliest of what messages say; unknown where none does.

    An appointment to fetch it, an expected departure by the gate, the departure of the ship that carries it on, the end
    of its free time. Of each kind the latest word counts.
    """
    site = site_of(visit)
    if not site:
        return UNKNOWN
    found = [*_appointments(visit, site), *_events(visit, site), *_onward(visit, site, calls)]
    return min(found, key=lambda one: one.at or 0, default=UNKNOWN)


def _appointments(visit: Visit, site: str) -> Iterable[Deadline]:
    """The latest pick-up and the latest end of free time told; a later list takes the place of an earlier one."""
    plans = [plan.stowed for plan in sorted(visit.plans, key=lambda plan: plan.hlc) if _here(plan.stowed, site)]
    for name, source in (("pickup", "pick-up"), ("until", "free-time")):
        told = [moment for stowed in plans if (moment := getattr(stowed, name)) is not None]
        if told:
            yield Deadline(told[-1], source)


def _here(stowed: Stowed, site: str) -> bool:
    return site in {stowed.route.unloading, stowed.route.loading} or not stowed.route.unloading


def _events(visit: Visit, site: str) -> Iterable[Deadline]:
    """The latest expected departure by the gate, and onto the next ship, of those not taken back."""
    for codes, source in ((_LEAVING, "gate-out"), (_LOADING, "on-ship")):
        told = [
            (move.hlc, move.movement.at) for move in visit.moves
            if move.retracted is None and move.movement.code in codes and move.movement.at is not None
            and move.movement.classifier is not Classifier.ACTUAL and move.movement.place == site
            and move.movement.empty is not True
        ]  # fmt: skip
        if told:
            yield Deadline(max(told)[1], source)


def _onward(visit: Visit, site: str, calls: Calls) -> Iterable[Deadline]:
    """The ship that is to load the box at its site: its departure, by its own call or as the list says."""
    for plan in sorted(visit.plans, key=lambda plan: -plan.hlc):
        stowed = plan.stowed
        if stowed.route.loading == site and stowed.route.unloading != site:
            told = of_call(calls(stowed.call, site), stowed.call, site, stowed.call.departure)
            leaves = told.departure if told is not None and told.departure is not None else stowed.call.departure
            if leaves is not None:
                yield Deadline(leaves, "on-ship")
            return
