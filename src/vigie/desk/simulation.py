"""What an officer can try on today's boxes: the list of a day under other rules."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import msgspec

from vigie.desk.backtest import Trying, for_officer
from vigie.desk.capacity import daily, on_day
from vigie.desk.gate import permit, reach
from vigie.desk.lifecycle import known
from vigie.desk.rederiving import vector_of
from vigie.desk.replaying import Replays
from vigie.desk.shares import share_in_force
from vigie.desk.trail import leave
from vigie.desk.trying import draft_of, drafts, tried
from vigie.desk.views.backtest import SimulationView
from vigie.desk.voting import CHANNELS
from vigie.risk import (
    Policy,
    RuleKind,
    Shares,
    Simulated,
    Slots,
    columns,
    in_force,
    read_channels,
    title,
)
from vigie.terms import Moment, Officer, Purpose, VisitId, datetime_of
from vigie.tracking import Kept, Query, Reach, Status, Watched

TARGETING = Purpose.TARGETING
_HERE = (Status.NEW.value, Status.SELECTED.value)
_READ_AT_ONCE = 500


class _Body(msgspec.Struct):
    """What the body of an assessment says beside its reasons."""

    watched: tuple[Watched, ...] = ()
    channels: tuple["_Channel", ...] = ()


class _Channel(msgspec.Struct):
    milli: int = 0


def simulate(
    officer: Officer, node: Trying, draft: str = "", day: str = "", site: str = "", purpose: Purpose = TARGETING
) -> SimulationView:
    """Make the list of a day by the rules in force, and by those with a draft among them.

    Args:
        draft: A version that is tried: of an indicator (`P1@2`), of the settings (`policy@3`), of the models
            (`channels@2`); empty: both lists are the same. day: ISO date, UTC; empty: today.
        site: One port; empty: all of the officer's.

    Raises:
        NotForYou: The officer may not, or the draft is not for the officer. BadRequest: No ISO date.
        AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "simulate", purpose, draft or "simulation", node)
    node.rules.refresh(node)
    before = for_officer(node.rules.policy, officer)
    trial = tried(officer, draft, node, purpose)
    after = for_officer(trial.policy, officer)
    day = day or datetime_of(node.now()).date().isoformat()
    sites = sites_of(officer, site, node)
    shifts = slots_of(sites, day, node)
    later = slots_of(sites, day, node, trial.shares) if trial.shares else shifts
    refresh(node)
    begun = perf_counter()
    told: Simulated = node.batch.simulated(before, after, shifts, int(officer.clearance), later, trial.models)
    took = round(1000 * (perf_counter() - begun))
    leave(officer, purpose, "simulate", draft or "simulation", node, came=told.came_count, dropped=told.dropped_count)
    names = {one.id: title(one, officer.language) for one in (*before.indicators, *after.indicators)}
    lacks = "capacity" if not any(one.slots for one in shifts) else "boxes" if not told.considered else ""
    return SimulationView(day, sites, draft, lacks, took, told, names, tuple(drafts(officer, node)),
                          tuple(draft_of(one.id, one.version) for one in node.rules.shadow
                                if one.handling <= officer.clearance),
                          *uncalibrated(before, node))  # fmt: skip


def uncalibrated(now: Policy, node: Trying) -> tuple[str, int]:
    """Why no hits can be expected by a policy, empty where they can; and the finds among boxes drawn by chance."""
    earned = node.rules.earned
    if earned is None:
        return "models", 0
    live = in_force(known(RuleKind.MODEL, CHANNELS, node), node.now()).get(CHANNELS)
    finds = read_channels(live.body).measured.random_positives if live else 0
    if earned.calibration is None:
        return "finds", finds
    if not earned.calibration.calibrated:
        return "chosen", finds
    steps = now.fusion.calibration if now.fusion else None
    return ("" if steps is not None and steps.calibrated else "votes"), finds


def sites_of(officer: Officer, site: str, node: Trying) -> tuple[str, ...]:
    """The ports of a list: the officer's, else those the node names, else those that open boxes name."""
    reached = officer.sites or node.settings.sites
    if not reached:
        within = reach(officer, TARGETING, "simulate")
        reached = tuple(sorted(one for one in node.store.visits.tally("site", Query(statuses=_HERE), within) if one))
    return tuple(one for one in reached if site in ("", one))


def slots_of(sites: Sequence[str], day: str, node: Trying, shares: Shares | None = None) -> tuple[Slots, ...]:
    """What can be scanned on a day, shift by shift in order of time; the share of chance is left out of the lists.

    Args:
        shares: Of chance; None: those in force.

    Raises:
        BadRequest: No ISO date.
    """
    now = shares or share_in_force(node)
    share = now.tilted_permille + now.uniform_permille
    shifts = [on_day(site, day, one) for site in sites for one in daily(site, node)]
    return tuple(
        Slots(one.site, one.name, one.start, one.end, {scanner.id: scanner.slots for scanner in one.scanners},
              one.slots * share // 1000)
        for one in sorted(shifts, key=lambda shift: (shift.site, shift.start))
    )  # fmt: skip


def refresh(node: Trying) -> int:
    """Bring the columns of the open boxes up to date: only boxes that were judged since; gives how many."""
    cursor, until = node.batch.open_cursor(), node.store.log.last()
    if cursor >= until:
        return 0
    touched = node.store.assessments.touched(cursor) if cursor else _open(node)
    boxes: list[tuple[Any, ...]] = []
    gone: list[str] = []
    replays = Replays(node)
    for start in range(0, len(touched), _READ_AT_ONCE):
        some = touched[start : start + _READ_AT_ONCE]
        kept = node.store.visits.get(some)
        made = node.store.assessments.latest(some)
        for name in some:
            told, stood = kept.get(name), made.get(name)
            if told is None or stood is None or stood.body is None or told.listed.status not in _HERE:
                gone.append(name)
            else:
                boxes.append(_box(told, vector_of(stood, replays, node), stood.hlc, stood.body))
    node.batch.take(boxes, gone, until)
    return len(touched)


def _open(node: Trying) -> list[VisitId]:
    found, after = list[VisitId](), ""
    while True:
        page = node.store.visits.page(Query(statuses=_HERE, sort="opened", limit=1000, after=after), Reach(4))
        found += [row.visit for row in page.rows]
        after = page.after
        if not after:
            return found


def _box(kept: Kept, features: Sequence[int | None], at: Moment, body: bytes) -> tuple[Any, ...]:
    told = msgspec.json.decode(body, type=_Body)
    row = columns(kept.visit, features, at, tuple(one.hit() for one in told.watched))
    votes = sum(one.milli for one in told.channels)
    return (kept.visit.id, kept.unit, kept.listed.site, kept.listed.due, kept.listed.handling, votes, row)
