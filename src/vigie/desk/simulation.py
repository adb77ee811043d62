"""What an officer can try on today's boxes: the list of a day under other rules, and what runs in shadow."""

from collections.abc import Mapping, Sequence
from time import perf_counter
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from vigie.desk import policy
from vigie.desk.backtest import Trying, for_officer
from vigie.desk.capacity import daily, on_day
from vigie.desk.gate import may, permit, reach
from vigie.desk.indicators import trial, trial_of
from vigie.desk.lifecycle import known
from vigie.desk.rederiving import vector_of
from vigie.desk.replaying import Replays
from vigie.desk.shares import share_in_force
from vigie.desk.standing import SETTINGS
from vigie.desk.trail import leave
from vigie.desk.views.backtest import ShadowRow, SimulationView, rate_row
from vigie.desk.voting import CHANNELS, load_models
from vigie.risk import (
    BadIndicator,
    Fusion,
    Policy,
    Predictor,
    RuleKind,
    Shares,
    Simulated,
    Slots,
    State,
    columns,
    fusion_by,
    in_force,
    indicator_of,
    read_channels,
    title,
)
from vigie.terms import Moment, NotForYou, Officer, Purpose, VisitId, datetime_of
from vigie.tracking import Kept, Query, Reach, Status, Watched

TARGETING = Purpose.TARGETING
_HERE = (Status.NEW.value, Status.SELECTED.value)
_READ_AT_ONCE = 500
_LONGEST_NUMBER = 9


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
    tried = _tried(officer, draft, node, purpose)
    after = for_officer(tried.policy, officer) if draft else before
    day = day or datetime_of(node.now()).date().isoformat()
    sites = _sites(officer, site, node)
    shifts = slots_of(sites, day, node)
    later = slots_of(sites, day, node, tried.shares) if tried.shares else shifts
    refresh(node)
    begun = perf_counter()
    told: Simulated = node.batch.simulated(before, after, shifts, int(officer.clearance), later, tried.models)
    took = round(1000 * (perf_counter() - begun))
    leave(officer, purpose, "simulate", draft or "simulation", node, came=told.came_count, dropped=told.dropped_count)
    names = {one.id: title(one, officer.language) for one in (*before.indicators, *after.indicators)}
    lacks = "capacity" if not any(one.slots for one in shifts) else "boxes" if not told.considered else ""
    return SimulationView(day, sites, draft, lacks, took, told, names, tuple(drafts(officer, node)),
                          tuple(f"{one.id}@{one.version}" for one in _shadow(officer, node)),
                          *uncalibrated(before, node))  # fmt: skip


class Tried(NamedTuple):
    """What is tried. policy: That would decide. shares: Of chance, where they change. models: That it needs."""

    policy: Policy
    shares: Shares | None = None
    models: Mapping[str, Predictor] = MappingProxyType({})


def _tried(officer: Officer, draft: str, node: Trying, purpose: Purpose) -> Tried:
    """What a version would make of the rules; without one, the rules in force."""
    name, _, number = draft.partition("@")
    version = int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else 0
    if not draft:
        return Tried(node.rules.policy)
    if name == SETTINGS:
        made = policy.trial(officer, version, node, purpose)
        return Tried(made.policy, made.shares, node.rules.models | earned_models(node))
    if name == CHANNELS:
        return Tried(*models_tried(officer, version, node, purpose))
    return Tried(trial(officer, draft, node, purpose))


def earned_models(node: Trying) -> dict[str, Predictor]:
    """The models that are live, those that the settings silence too: another draft may let them speak.

    Raises:
        BadModel, ModelsMissing: As `load_models`; not where they vote already.
    """
    earned = node.rules.earned
    return load_models((one.model for one in (earned.votes if earned else ())), node.store.models, node.rules.models)


def models_tried(
    officer: Officer, version: int, node: Trying, purpose: Purpose
) -> tuple[Policy, None, dict[str, Predictor]]:
    """What would decide if a version of the models were live.

    Raises:
        NotForYou: The officer may not see models, or there is no such version. BadModel, ModelsMissing: As
        `load_models`.
    """
    permit(officer, "see-models", purpose, draft_of(CHANNELS, version), node)
    found = next((one for one in known(RuleKind.MODEL, CHANNELS, node) if one.version == version), None)
    if found is None:
        leave(officer, purpose, "see-models", draft_of(CHANNELS, version), node, refused=True)
        raise NotForYou(purpose=purpose.value)
    fusion = fusion_by(read_channels(found.body).fusion, node.rules.settings) or Fusion()
    loaded = load_models((one.model for one in fusion.votes), node.store.models, node.rules.models)
    return msgspec.structs.replace(node.rules.policy, fusion=fusion), None, loaded


def draft_of(name: str, version: int) -> str:
    """A version as it is named where it is tried.

    >>> draft_of("P1", 2)
    'P1@2'
    """
    return f"{name}@{version}"


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
    mine = sorted(
        draft_of(version.id, version.version) for version in known(RuleKind.INDICATOR, "", node)
        if version.state in tried and not version.shipped and _may_know(version.body, officer)
    )  # fmt: skip
    models = known(RuleKind.MODEL, CHANNELS, node) if may(officer, "see-models", TARGETING) else ()
    return [*mine, *policy.tried(known(RuleKind.POLICY, SETTINGS, node)),
            *(draft_of(CHANNELS, one.version) for one in models if one.state in tried)]  # fmt: skip


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
