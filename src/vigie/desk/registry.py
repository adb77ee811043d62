"""The register as officers keep it: recorded once, reported by many, joined and parted by a human."""

from hashlib import sha256

import msgspec

from vigie.desk.acts import SeizureTaken, act_of, item_of
from vigie.desk.gate import permit, reach, visit_for
from vigie.desk.registry_asked import check_choices, month_bounds, stood
from vigie.desk.registry_shown import change_of, line_of, report_view, row_line
from vigie.desk.trail import leave
from vigie.desk.views.registry import ProposalView, SeizureChange, SeizuresPage, SeizureView
from vigie.desk.work import Working, hand_in
from vigie.registry import (
    Proposal,
    Report,
    Seized,
    Seizure,
    SeizureStep,
    State,
    Substance,
    Verb,
    compared,
    parted_name,
    rows_of,
    seizure_faults,
    stepped,
)
from vigie.terms import (
    DAY,
    BadRequest,
    Found,
    Handling,
    Moment,
    NotForYou,
    Officer,
    Outcome,
    Purpose,
    VisitId,
    datetime_of,
)

MOST = 200
"""Rows of one page, at most."""

PROPOSED = 20
"""Seizures that may be the same are shown up to this many, the likeliest first; the rest is counted."""

_NEAR_DAYS = 3
_SUBSTANCES = {Found.COCAINE: "cocaine", Found.OTHER_DRUGS: "other-drugs", Found.CASH: "cash", Found.ARMS: "arms",
               Found.TOBACCO: "tobacco"}  # fmt: skip


def purpose_of(officer: Officer) -> Purpose:
    """What an officer looks at seizures for: targeting, else the first purpose of theirs that meets single cases."""
    for purpose in (Purpose.TARGETING, Purpose.INSPECTION, Purpose.INVESTIGATION, Purpose.OVERSIGHT):
        if purpose in officer.purposes:
            return purpose
    return officer.purposes[0] if officer.purposes else Purpose.TARGETING


def name_of(report: Report) -> str:
    """The name of a seizure that a report begins: the year, and what the account comes to; the same account, the same
    name.
    """
    plain = msgspec.structs.replace(report, id=Moment(0), first="", source="")
    told = sha256(msgspec.json.encode(plain)).hexdigest()
    return f"S{datetime_of(report.seized.at).year}-{told[:12].upper()}"


def record(officer: Officer, report: Report, node: Working, *, into: str = "", leads: bool = False) -> SeizureView:
    """Record a seizure, or another account of one.

    Args:
        into: The seizure that it is another account of; empty for a new one. leads: The new account counts.

    Raises:
        NotForYou: The officer may not, or there is no such seizure. BadRequest: The account cannot be: `field` names
        where. Conflict: The same account is there already.
    """
    purpose = purpose_of(officer)
    permit(officer, "record-seizures", purpose, into or "seizures", node)
    faults = seizure_faults(report.seized, node.now())
    if faults:
        raise BadRequest(reason=faults[0].code, field=faults[0].place.path)
    if report.seized.handling > officer.clearance:
        raise BadRequest(reason="handling-above-your-clearance", field="handling")
    if into:
        _found(officer, into, node, purpose, "record-seizures")
    verb = Verb.REPORT if into else Verb.RECORD
    name = into or name_of(report)
    _take(officer, SeizureStep(name, verb, officer.id, node.now(), report, leads), node, purpose, "record-seizures")
    return _view(officer, name, node)


def from_outcome(
    officer: Officer, visit: VisitId, node: Working, hlc: int | None = None, service: str = "customs"
) -> SeizureView:
    """Make a seizure of what a control showed: one act. Done twice it changes nothing, and shows what is there.

    A corrected outcome becomes another account of the seizure that was made of the first, and counts from then on.

    Args:
        hlc: The outcome's log entry; the last positive one of the box where it is None.

    Raises:
        NotForYou: The officer may not, or there is no such box. BadRequest: The box has no outcome that is a seizure.
    """
    purpose = purpose_of(officer)
    kept = visit_for(officer, visit, purpose, node, "record-seizures")
    told = [one for one in kept.visit.controlled if hlc is None or one.hlc == hlc]
    replaced = {one.outcome.replaces for one in kept.visit.controlled}
    told = [one for one in told if one.outcome.found in _SUBSTANCES and one.hlc not in replaced]
    if not told:
        raise BadRequest(reason="the-box-has-no-seizure", visit=visit)
    outcome = told[-1].outcome
    seized = _seized(outcome, kept.listed.site, kept.listed.loading, kept.listed.hs2)
    seized = msgspec.structs.replace(seized, handling=Handling(kept.listed.handling))
    report = Report(service, seized.place[:2], f"outcome:{told[-1].hlc}", seized)
    of_box = node.store.registry.of_visit(visit)
    for one in of_box:
        sources = {each.source for each in one.reports}
        if report.source in sources:
            return _view(officer, one.id, node)
        if f"outcome:{outcome.replaces}" in sources:  # a correction is another account of the same seizure
            step = SeizureStep(one.id, Verb.REPORT, officer.id, node.now(), report, leads=True)
            _take(officer, step, node, purpose, "record-seizures")
            return _view(officer, one.id, node)
    name = name_of(report)
    if node.store.registry.get(name) is None:
        _take(officer, SeizureStep(name, Verb.RECORD, officer.id, node.now(), report), node, purpose, "record-seizures")
    return _view(officer, name, node)


def _seized(outcome: Outcome, site: str, loading: str, hs2: str) -> Seized:
    return Seized(
        outcome.at, site, (Substance(_SUBSTANCES[outcome.found], net_g=outcome.quantity_g),),
        container=outcome.visit.rpartition("-")[0], visit=outcome.visit, cover_hs=hs2,
        concealment=outcome.concealment, services=outcome.team, countries=(site[:2],), provenance=loading[:2],
        loaded=loading, detector=outcome.detector, note=outcome.note, is_closed=False,
    )  # fmt: skip


def _take(officer: Officer, step: SeizureStep, node: Working, purpose: Purpose, act: str) -> None:
    """Try the step, so that who asked gets to know why not; then hand it in."""
    names = [name for name in (step.seizure, step.into) if name]
    stepped(step, Moment(node.store.log.last() + 1), node.store.registry.of(names))
    hand_in([item_of(SeizureTaken(step, officer.id, step.at), officer.id, step.at)], node)
    leave(officer, purpose, act, step.seizure, node, verb=step.verb.value, other=step.into)


def _found(officer: Officer, wanted: str, node: Working, purpose: Purpose, act: str) -> Seizure:
    """One seizure that the officer may know; a refusal does not tell whether there is one."""
    permit(officer, act, purpose, wanted[:40], node)
    found = node.store.registry.get(wanted)
    if found is None or not _covers(officer, found, purpose, act):
        leave(officer, purpose, act, wanted[:40], node, refused=True)
        raise NotForYou(purpose=purpose.value)
    return found


def _covers(officer: Officer, found: Seizure, purpose: Purpose, act: str) -> bool:
    """Every account of it must be within reach: who may not know one of them does not see the others either."""
    within = reach(officer, purpose, act)
    held = max(int(one.seized.handling) for one in found.reports)
    return not within.none and held <= officer.clearance and (not officer.sites or found.seized.place in officer.sites)


def listed(
    officer: Officer, node: Working, *, place: str = "", substance: str = "", state: str = "standing", since: int = 0,
    until: int = 1 << 61, provenance: str = "", cover_hs: str = "", area: str = "", month: str = "", lot: str = "",
    held: str = "", as_of: str = "", after: str = "", limit: int = 50,
) -> SeizuresPage:
    """List seizures in the officer's reach, the latest first.

    Args:
        place, provenance, cover_hs: One code or several with commas, `-` for seizures that tell none. substance: Of any
            part of a seizure; its weight is then that part's. since, until: Moments of seizure. month: `2026-03`.
            area: Of the vocabulary of scopes. lot: Class of the weight (`vigie.registry.LOTS`). held: `yes` for the
            code RED alone, `no` for all else. as_of: Day on whose evening the register counts. after: Where the page
            before ended.

    Raises:
        NotForYou: The officer may not. BadRequest: An unknown state or class, no such month or day, a limit outside 1
        to `MOST`.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-register", purpose, "register", node)
    if state not in set(State) or not 1 <= limit <= MOST:
        raise BadRequest(reason="unknown-choice", field="state" if state not in set(State) else "limit")
    check_choices(lot, held)
    first, end = month_bounds(month) if month else (since, until)
    moment, _, name = after.partition("~")
    before = (int(moment), name) if moment.isdecimal() else None
    found = node.store.registry.page(
        sites=officer.sites, clearance=int(officer.clearance), place=place, substance=substance, state=state,
        since=max(since, first), until=min(until, end), before=before, limit=limit, provenance=provenance,
        cover_hs=cover_hs, area=area, lot=lot, held=held, as_of=stood(as_of),
    )  # fmt: skip
    leave(officer, purpose, "see-register", "register", node, shown=len(found))
    last = f"{found[-1][0].at}~{found[-1][0].id}" if len(found) == limit and state == "standing" else ""
    return SeizuresPage(tuple(row_line(row, one) for row, one in found), last, node.store.registry.count())


def show(officer: Officer, wanted: str, node: Working) -> SeizureView:
    """Show one seizure with its reports, its steps, and what may be the same.

    Raises:
        NotForYou: The officer may not know it, or there is none.
    """
    purpose = purpose_of(officer)
    found = _found(officer, wanted, node, purpose, "see-register")
    leave(officer, purpose, "see-register", wanted, node)
    return _shown(officer, found, node, purpose)


def _view(officer: Officer, name: str, node: Working) -> SeizureView:
    found = node.store.registry.get(name)
    if found is None:
        raise NotForYou(purpose=purpose_of(officer).value)
    return _shown(officer, found, node, purpose_of(officer))


def _shown(officer: Officer, found: Seizure, node: Working, purpose: Purpose) -> SeizureView:
    maybe = _maybe(officer, found, node, purpose)
    return SeizureView(
        line_of(found), found.into, found.recorded, found.changed,
        tuple(report_view(one, one.id == found.lead) for one in found.reports), _steps(found, node),
        tuple(ProposalView(line_of(it), one.marks, one.score) for it, one in maybe[:PROPOSED]),
        max(len(maybe) - PROPOSED, 0),
    )  # fmt: skip


def _steps(found: Seizure, node: Working) -> tuple[SeizureChange, ...]:
    made = []
    for state in node.store.registry.history(found.id):
        entry = node.store.log.get(state.changed)
        act = act_of(entry.body) if entry is not None and entry.body is not None else None
        made.append(change_of(state, act.step if isinstance(act, SeizureTaken) else None, found.id))
    return tuple(made)


def _maybe(officer: Officer, found: Seizure, node: Working, purpose: Purpose) -> list[tuple[Seizure, Proposal]]:
    """What may be the same seizure: near in time, and the officer may know it."""
    if found.state is not State.STANDING:
        return []
    mine = next(rows_of(found))
    span = (mine.at - _NEAR_DAYS * DAY, mine.at + _NEAR_DAYS * DAY + 1)
    near = [told for row in node.store.registry.rows(*span, None, int(officer.clearance))
            if row.leads and row.id != found.id and (told := compared(mine, row)) is not None]  # fmt: skip
    near.sort(key=lambda told: (-told.score, told.other))
    known = node.store.registry.of([told.other for told in near])
    return [(known[told.other], told) for told in near
            if told.other in known and _covers(officer, known[told.other], purpose, "see-register")]  # fmt: skip


def merge(officer: Officer, wanted: str, into: str, reason: str, node: Working) -> SeizureView:
    """Say that one seizure is another: from now on it is counted once, with all reports; gives the one that stays.

    Raises:
        NotForYou: The officer may not, or does not know one of them. Conflict: One of them does not stand. BadRequest:
        No reason.
    """
    purpose = purpose_of(officer)
    for one in (wanted, into):
        _found(officer, one, node, purpose, "merge-seizures")
    step = SeizureStep(wanted, Verb.MERGE, officer.id, node.now(), into=into, reason=reason.strip()[:400])
    _take(officer, step, node, purpose, "merge-seizures")
    return _view(officer, into, node)


def split(officer: Officer, wanted: str, parts: tuple[int, ...], reason: str, node: Working) -> SeizureView:
    """Say that some reports tell of another seizure after all; what was merged before stands again under its own name.

    Args:
        parts: Ids of the reports that leave.

    Returns:
        The seizure that the reports became.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason, no such report, or all of them.
    """
    purpose = purpose_of(officer)
    found = _found(officer, wanted, node, purpose, "merge-seizures")
    ids = tuple(Moment(one) for one in parts)
    into = parted_name(found, ids, node.store.registry.names(found.id))
    known = node.store.registry.get(into)
    if known is not None and (known.state is not State.MERGED or known.into != found.id):
        into = parted_name(found, (), node.store.registry.names(found.id))
    step = SeizureStep(wanted, Verb.SPLIT, officer.id, node.now(), into=into, parts=ids, reason=reason.strip()[:400])
    _take(officer, step, node, purpose, "merge-seizures")
    return _view(officer, into, node)


def change(
    officer: Officer, wanted: str, verb: str, reason: str, node: Working, report: int | None = None
) -> SeizureView:
    """Withdraw a seizure that was none, restore it, or say which account counts (`lead`).

    Raises:
        NotForYou: The officer may not. BadRequest: An unknown verb, no reason. Conflict: Not from where it stands.
    """
    if verb not in (Verb.WITHDRAW, Verb.RESTORE, Verb.LEAD):
        raise BadRequest(reason="unknown-choice", field="verb")
    purpose = purpose_of(officer)
    _found(officer, wanted, node, purpose, "merge-seizures")
    parts = () if report is None else (Moment(report),)
    step = SeizureStep(wanted, Verb(verb), officer.id, node.now(), parts=parts, reason=reason.strip()[:400])
    _take(officer, step, node, purpose, "merge-seizures")
    return _view(officer, wanted, node)
