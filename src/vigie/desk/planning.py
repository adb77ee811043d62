"""Plans of a site's day: made from what is known and can be scanned, drawn with a sealed key, proven afterwards."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from vigie.desk.acts import Planned, act_of, item_of
from vigie.desk.capacity import daily, day_start, on_day
from vigie.desk.explaining import percents_of
from vigie.desk.gate import permit, reach
from vigie.desk.shares import share_in_force
from vigie.desk.shown import rows_of
from vigie.desk.trail import leave
from vigie.desk.views import ChainCheck, PlanView, SelectionView, ShiftView
from vigie.desk.work import Working, hand_in
from vigie.selection import Candidate, Shift, Stratum, commitment, day_key, draw_again, draw_percent, fits, plan_shift
from vigie.terms import DAY, BadRequest, NotFound, Officer, Purpose, VisitId
from vigie.tracking import Kept, Listed, Query, Status

TARGETING = Purpose.TARGETING
_SECRET = "commitment"
_PLANNABLE = (Status.NEW.value, Status.SELECTED.value)
_MISSED_SHOWN = 50


def _master(node: Working) -> bytes:
    return node.store.secret(_SECRET)


def plan(officer: Officer, site: str, day: str, node: Working, purpose: Purpose = TARGETING) -> PlanView:
    """Show the plans of a site's day; a shift without a plan shows its capacity.

    Args:
        day: ISO date, UTC.

    Raises:
        NotForYou: The officer may not see plans. BadRequest: Not an ISO date.
    """
    permit(officer, "see-plan", purpose, _subject(site, day), node)
    leave(officer, purpose, "see-plan", _subject(site, day), node)
    return _shown(officer, site, day, node, purpose)


def printable(officer: Officer, site: str, day: str, node: Working, purpose: Purpose = TARGETING) -> PlanView:
    """The same, for the printer: what leaves the screen is written into the trail as such.

    Raises:
        NotForYou: The officer may not see plans. BadRequest: Not an ISO date.
    """
    permit(officer, "see-plan", purpose, _subject(site, day), node)
    leave(officer, purpose, "see-plan", _subject(site, day), node, printed=True)
    return _shown(officer, site, day, node, purpose)


def _subject(site: str, day: str) -> str:
    return f"{site} {day}"


def made_plans(site: str, day: str, node: Working) -> dict[str, Planned]:
    """The latest plan of each shift of a day."""
    found: dict[str, Planned] = {}
    for _, shift, _, body in node.store.selections.plans(site, day):
        act = act_of(body)
        if isinstance(act, Planned):
            found[shift] = act
    return found


def _shown(officer: Officer, site: str, day: str, node: Working, purpose: Purpose) -> PlanView:
    day_start(day)
    plans = made_plans(site, day, node)
    wanted = [on_day(site, day, one) for one in daily(site, node)]
    names = {shift.name for shift in wanted}
    wanted += [act.plan.shift for name, act in plans.items() if name not in names]
    published = node.store.selections.commitment(site, day)
    return PlanView(
        site=site, day=day, sites=tuple(dict.fromkeys((*node.settings.sites, site))),
        shifts=tuple(_shift(shift, plans.get(shift.name), officer, node, purpose) for shift in wanted),
        commitment=published.commitment if published else "",
        committed_at=published.published if published else None,
        revealed=(published.revealed or "") if published else "",
    )  # fmt: skip


def _shift(shift: Shift, act: Planned | None, officer: Officer, node: Working, purpose: Purpose) -> ShiftView:
    scanners = {scanner.id: scanner.slots for scanner in shift.scanners}
    if act is None:
        return ShiftView(shift.id, shift.name, shift.start, shift.end, scanners, shift.slots)
    made, within = act.plan, reach(officer, purpose, "see-plan")
    chosen = [one.visit for one in made.selections]
    known = node.store.visits.get([*chosen, *made.missed[:_MISSED_SHOWN]])
    seen = {name: kept for name, kept in known.items() if within.covers(kept.listed)}
    return ShiftView(
        id=shift.id, name=shift.name, start=made.shift.start, end=made.shift.end,
        scanners={scanner.id: scanner.slots for scanner in made.shift.scanners}, slots=made.slots,
        used=min(len(chosen), made.slots), overload=made.overload,
        selections=tuple(_selections(act, seen, officer, node)),
        missed=rows_of([seen[one].listed for one in made.missed[:_MISSED_SHOWN] if one in seen], officer, node.now(),
                       node.rules),
        missed_count=len(made.missed), last_chance=made.last_chance, expected_missed=made.expected_missed,
        by_stratum=dict(Counter(one.stratum.value for one in made.selections)), made=act.at, draw=act.draw,
        policy=made.policy,
    )  # fmt: skip


def _selections(
    act: Planned, seen: Mapping[VisitId, Kept], officer: Officer, node: Working
) -> Iterable[SelectionView]:
    for one in act.plan.selections:
        kept = seen.get(one.visit)
        if kept is not None:
            sent = node.store.orders.of(one.visit)
            last = sent[-1] if sent else None
            (row,) = rows_of([kept.listed], officer, node.now(), node.rules)
            yield SelectionView(
                row, one.stratum.value, one.propensity, one.rank, one.scanner,
                last.order.kind.value if last else "", last.acknowledged if last else None,
            )


def make(
    officer: Officer, site: str, day: str, shift: str | None, node: Working, purpose: Purpose = TARGETING
) -> PlanView:
    """Make the plans of a day, or of one shift; a plan made again draws anew and takes the place of the old one.

    The day's commitment is published before the first draw, if nobody has published it yet.

    Raises:
        NotForYou: The officer may not. BadRequest: No capacity is set for the site, no such shift, or the day's key is
        revealed already.
    """
    permit(officer, "plan", purpose, _subject(site, day), node)
    shifts = [on_day(site, day, one) for one in daily(site, node) if shift in (None, one.name)]
    if not shifts:
        raise BadRequest(reason="no-capacity-is-set-for-this-site-and-shift", site=site)
    _publish(officer, site, day, node, purpose)
    for one in sorted(shifts, key=lambda each: each.start):
        _make_one(officer, one, day, node, purpose)
    leave(officer, purpose, "plan", _subject(site, day), node, shifts=len(shifts))
    return _shown(officer, site, day, node, purpose)


def _make_one(officer: Officer, shift: Shift, day: str, node: Working, purpose: Purpose) -> None:
    plans = made_plans(shift.site, day, node)
    before = plans.get(shift.name)
    own = {one.visit for one in before.plan.selections} if before else set()
    elsewhere = {one.visit for name, act in plans.items() if name != shift.name for one in act.plan.selections}
    draw = before.draw + 1 if before else 0
    pool = [_candidate(row, own) for row in _plannable(officer, shift, node, purpose)
            if row.visit not in elsewhere and (row.status == Status.NEW.value or row.visit in own
                                               or row.stratum == Stratum.OFFICER.value)]  # fmt: skip
    pool = _with_percent(pool, node)
    made = plan_shift(pool, shift, share_in_force(node), day_key(_master(node), shift.site, day), draw)
    dropped = tuple(sorted(own - {one.visit for one in made.selections}))
    now = node.now()
    act = Planned(shift.site, day, draw, made, dropped, officer.id, now)
    hand_in([item_of(act, officer.id, now)], node)


def _plannable(officer: Officer, shift: Shift, node: Working, purpose: Purpose) -> Iterable[Listed]:
    """Boxes at the site that nobody has decided on; one whose arrival nobody announces cannot be planned."""
    within, after = reach(officer, purpose, "plan"), ""
    query = Query(sites=(shift.site,), statuses=_PLANNABLE, due_to=shift.end, sort="due", limit=1000)
    while True:
        page = node.store.visits.page(msgspec.structs.replace(query, after=after), within)
        yield from (row for row in page.rows if row.due is not None)
        after = page.after
        if not after:
            return


def _with_percent(pool: list[Candidate], node: Working) -> list[Candidate]:
    """Tell of each box the highest percentage among the criteria it meets; where none has one, nothing is asked."""
    node.rules.refresh(node)
    if not any(one.percent for one in node.rules.policy.indicators):
        return pool
    percents = percents_of([one.visit for one in pool], node)
    return [msgspec.structs.replace(one, percent=percents.get(one.visit, 0)) for one in pool]


def _candidate(row: Listed, own: set[VisitId]) -> Candidate:
    """A box can be scanned from its landing on, until it leaves the quay, where a message says when."""
    by_officer = row.stratum == Stratum.OFFICER.value and row.visit not in own
    return Candidate(row.visit, row.score_milli, row.due, row.leaves, row.mandatory, by_officer)


def commit(officer: Officer, site: str, day: str, node: Working, purpose: Purpose = TARGETING) -> str:
    """Publish the commitment to a day's key, before anything is drawn with it; gives it (64 hexadecimal characters).

    Raises:
        NotForYou: The officer may not. BadRequest: Not an ISO date.
    """
    permit(officer, "commit", purpose, _subject(site, day), node)
    return _publish(officer, site, day, node, purpose)


def _publish(officer: Officer, site: str, day: str, node: Working, purpose: Purpose) -> str:
    day_start(day)
    told = commitment(day_key(_master(node), site, day), site, day)
    known = node.store.selections.commitment(site, day)
    if known is not None and known.revealed:
        raise BadRequest(reason="the-key-of-this-day-is-revealed-nothing-can-be-drawn-with-it", day=day)
    if node.store.selections.publish(site, day, told, node.now()):
        leave(officer, purpose, "commit", _subject(site, day), node, commitment=told)
    return told


def reveal(officer: Officer, site: str, day: str, node: Working, purpose: Purpose = TARGETING) -> str:
    """Reveal a day's key once the day is over, so that anybody can draw again; gives it (hexadecimal).

    Raises:
        NotForYou: The officer may not. NotFound: Nothing was committed to. BadRequest: The day is not over.
    """
    permit(officer, "reveal", purpose, _subject(site, day), node)
    if node.store.selections.commitment(site, day) is None:
        raise NotFound(kind="commitment")
    if node.now() < day_start(day) + DAY:
        raise BadRequest(reason="the-day-is-not-over", day=day)
    key = day_key(_master(node), site, day)
    node.store.selections.reveal(site, day, key)
    leave(officer, purpose, "reveal", _subject(site, day), node)
    return key.hex()


def verify(
    officer: Officer, site: str, day: str, node: Working, purpose: Purpose = TARGETING
) -> tuple[ChainCheck, ...]:
    """Prove a day's draws: the revealed key is the one committed to, and every plan draws again to the same boxes.

    Raises:
        NotForYou: The officer may not. NotFound: The key of the day is not revealed.
    """
    permit(officer, "see-plan", purpose, _subject(site, day), node)
    published = node.store.selections.commitment(site, day)
    if published is None or not published.revealed:
        raise NotFound(kind="revealed key")
    key = bytes.fromhex(published.revealed)
    checks = [ChainCheck("commitment", 1, fits(key, site, day, published.commitment), None, published.commitment)]
    for name, shift, at, body in node.store.selections.plans(site, day):
        act = act_of(body)
        if isinstance(act, Planned):
            whole = at >= published.published and _draws_again(act, key)
            checks.append(ChainCheck(f"{shift} {act.draw}", len(act.plan.selections), whole, None, name))
    leave(officer, purpose, "verify", _subject(site, day), node, whole=all(check.whole for check in checks))
    return tuple(checks)


def _draws_again(act: Planned, key: bytes) -> bool:
    made = act.plan
    drawn = {(one.visit, one.stratum, one.propensity) for one in made.selections
             if one.stratum in (Stratum.TILTED, Stratum.UNIFORM)}  # fmt: skip
    by_percent = {one.visit for one in made.selections if one.stratum is Stratum.PERCENT}
    if by_percent != draw_percent(made.criteria, key):
        return False
    return draw_again(made, key, act.draw) == drawn

