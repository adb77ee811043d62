"""What an officer can try on today's boxes: the list of a day under other rules, and what runs in shadow."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import msgspec

from vigie.desk.backtest import Trying, for_officer
from vigie.desk.capacity import daily, on_day
from vigie.desk.gate import permit, reach
from vigie.desk.indicators import trial, trial_of
from vigie.desk.lifecycle import known
from vigie.desk.rederiving import vector_of
from vigie.desk.replaying import Replays
from vigie.desk.shares import share_in_force
from vigie.desk.trail import leave
from vigie.desk.views.backtest import ShadowRow, SimulationView, rate_row
from vigie.risk import BadIndicator, Policy, RuleKind, Simulated, Slots, State, columns, indicator_of, title
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
        draft: A version that is tried, as `P1@2`; empty: both lists are the same. day: ISO date, UTC; empty: today.
        site: One port; empty: all of the officer's.

    Raises:
        NotForYou: The officer may not, or the draft is not for the officer. BadRequest: No ISO date.
        AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "simulate", purpose, draft or "simulation", node)
    node.rules.refresh(node)
    before = for_officer(node.rules.policy, officer)
    after = for_officer(trial(officer, draft, node, purpose), officer) if draft else before
    day = day or datetime_of(node.now()).date().isoformat()
    sites = _sites(officer, site, node)
    shifts = slots_of(sites, day, node)
    refresh(node)
    begun = perf_counter()
    told: Simulated = node.batch.simulated(before, after, shifts, int(officer.clearance))
    took = round(1000 * (perf_counter() - begun))
    leave(officer, purpose, "simulate", draft or "simulation", node, came=told.came_count, dropped=told.dropped_count)
    names = {one.id: title(one, officer.language) for one in (*before.indicators, *after.indicators)}
    lacks = "capacity" if not any(one.slots for one in shifts) else "boxes" if not told.considered else ""
    return SimulationView(day, sites, draft, lacks, took, told, names, tuple(drafts(officer, node)),
                          tuple(f"{one.id}@{one.version}" for one in _shadow(officer, node)))  # fmt: skip


def shadowed(officer: Officer, node: Trying, purpose: Purpose = TARGETING) -> tuple[ShadowRow, ...]:
    """Tell what each indicator in shadow would do today, and what it would have found; nothing of it has an effect.

    Raises:
        NotForYou: The officer may not. AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "simulate", purpose, "shadow", node)
    node.rules.refresh(node)
    refresh(node)
    before = for_officer(node.rules.policy, officer)
    shifts = slots_of(_sites(officer, "", node), datetime_of(node.now()).date().isoformat(), node)
    rows = []
    for one in _shadow(officer, node):
        after = for_officer(trial_of(one, node), officer)
        told: Simulated = node.batch.simulated(before, after, shifts, int(officer.clearance))
        fires = next((each.after for each in told.fires if each.indicator == one.id), 0)
        past = node.batch.backtested(Policy((one,)), None, None).indicators[0].measured
        rows.append(ShadowRow(one.id, one.version, title(one, officer.language), fires, told.came_count,
                              told.dropped_count, rate_row(past, one.id)))  # fmt: skip
    leave(officer, purpose, "simulate", "shadow", node, indicators=len(rows))
    return tuple(rows)


def _shadow(officer: Officer, node: Trying) -> list[Any]:
    return [one for one in node.rules.shadow if one.handling <= officer.clearance]


def drafts(officer: Officer, node: Trying) -> list[str]:
    """The versions that an officer could try: not in force, not retired, within clearance."""
    tried = {State.DRAFT, State.SUBMITTED, State.APPROVED, State.SHADOW}
    return sorted(
        f"{version.id}@{version.version}" for version in known(RuleKind.INDICATOR, "", node)
        if version.state in tried and not version.shipped and _may_know(version.body, officer)
    )  # fmt: skip


def _may_know(body: bytes, officer: Officer) -> bool:
    try:
        return indicator_of(body).handling <= officer.clearance
    except BadIndicator:
        return False  # of a release that this one cannot read


def _sites(officer: Officer, site: str, node: Trying) -> tuple[str, ...]:
    """The ports of a list: the officer's, else those the node names, else those that open boxes name."""
    reached = officer.sites or node.settings.sites
    if not reached:
        within = reach(officer, TARGETING, "simulate")
        reached = tuple(sorted(one for one in node.store.visits.tally("site", Query(statuses=_HERE), within) if one))
    return tuple(one for one in reached if site in ("", one))


def slots_of(sites: Sequence[str], day: str, node: Trying) -> tuple[Slots, ...]:
    """What can be scanned on a day, shift by shift in order of time; the share of chance is left out of the lists.

    Raises:
        BadRequest: No ISO date.
    """
    now = share_in_force(node)
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
