"""What may become of a seizure: recorded, reported again, joined, parted, withdrawn.

Each step is a new log entry; nothing is overwritten, and everything can be taken back.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from vigie.registry.seizure import Report, Seizure, State
from vigie.terms import BadRequest, Conflict, Moment, NotFound, OfficerId


class Verb(StrEnum):
    """A step with a seizure."""

    RECORD = "record"
    REPORT = "report"
    LEAD = "lead"
    MERGE = "merge"
    SPLIT = "split"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


REASONED = frozenset((Verb.LEAD, Verb.MERGE, Verb.SPLIT, Verb.WITHDRAW, Verb.RESTORE))
"""Steps that say why."""


class SeizureStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step.

    Attributes:
        seizure: Which. report: The account that is recorded or added. leads: It is the one that counts from now on.
        into: The other seizure: what it is merged into, or what its parted reports become.
        parts: Report ids: those that are parted, or the one that leads. reason: Why.
    """

    seizure: str
    verb: Verb
    officer: OfficerId
    at: Moment
    report: Report | None = None
    leads: bool = False
    into: str = ""
    parts: tuple[Moment, ...] = ()
    reason: str = ""


def stepped(step: SeizureStep, hlc: Moment, known: Mapping[str, Seizure]) -> tuple[Seizure, ...]:
    """Take a step; gives the seizures that change, as they stand then.

    Args:
        hlc: Log entry of the step. known: The seizures that it names, as far as there are any.

    Raises:
        Conflict: Not possible from where they stand. NotFound: There is none. BadRequest: Reason or account is missing.
    """
    if step.verb in REASONED and not step.reason.strip():
        raise BadRequest(reason="seizure-needs-reason", field="reason")
    if step.verb is Verb.RECORD:
        return (_recorded(step, hlc, known),)
    found = known.get(step.seizure)
    if found is None:
        raise NotFound(kind="seizure")
    if (found.state is State.WITHDRAWN) != (step.verb is Verb.RESTORE) or found.state is State.MERGED:
        raise Conflict(reason="seizure-does-not-stand", state=found.state.value)
    match step.verb:
        case Verb.REPORT:
            return (_reported(step, found, hlc),)
        case Verb.LEAD:
            return (_led(step, found, hlc),)
        case Verb.MERGE:
            return _merged(step, found, hlc, known.get(step.into))
        case Verb.SPLIT:
            return _split(step, found, hlc, known)
        case _:
            state = State.STANDING if step.verb is Verb.RESTORE else State.WITHDRAWN
            return (msgspec.structs.replace(found, state=state, changed=hlc),)


def _recorded(step: SeizureStep, hlc: Moment, known: Mapping[str, Seizure]) -> Seizure:
    if step.seizure in known:
        raise Conflict(reason="seizure-is-known")
    return Seizure(step.seizure, (_account(step, hlc),), hlc, recorded=hlc, changed=hlc)


def _account(step: SeizureStep, hlc: Moment) -> Report:
    if step.report is None:
        raise BadRequest(reason="seizure-needs-report", field="report")
    return msgspec.structs.replace(step.report, id=hlc, first=step.seizure)


def _reported(step: SeizureStep, found: Seizure, hlc: Moment) -> Seizure:
    reports = (*found.reports, _account(step, hlc))
    return msgspec.structs.replace(found, reports=reports, lead=hlc if step.leads else found.lead, changed=hlc)


def _led(step: SeizureStep, found: Seizure, hlc: Moment) -> Seizure:
    if len(step.parts) != 1 or step.parts[0] not in {one.id for one in found.reports}:
        raise BadRequest(reason="seizure-has-no-such-report", field="parts")
    return msgspec.structs.replace(found, lead=step.parts[0], changed=hlc)


def _merged(step: SeizureStep, found: Seizure, hlc: Moment, into: Seizure | None) -> tuple[Seizure, ...]:
    if into is None:
        raise NotFound(kind="seizure")
    if into.id == found.id or into.state is not State.STANDING:
        raise Conflict(reason="seizure-does-not-stand", state=into.state.value)
    reports = tuple(sorted((*into.reports, *found.reports), key=_id))
    return (
        msgspec.structs.replace(found, state=State.MERGED, into=into.id, changed=hlc),
        msgspec.structs.replace(into, reports=reports, recorded=min(into.recorded, found.recorded), changed=hlc),
    )


def _id(one: Report) -> int:
    return one.id


def _split(step: SeizureStep, found: Seizure, hlc: Moment, known: Mapping[str, Seizure]) -> tuple[Seizure, ...]:
    gone = tuple(one for one in found.reports if one.id in step.parts)
    left = tuple(one for one in found.reports if one.id not in step.parts)
    if not gone or not left or len(gone) != len(set(step.parts)):
        raise BadRequest(reason="seizure-has-no-such-report", field="parts")
    into = known.get(step.into)
    if not step.into or (into is not None and (into.state is not State.MERGED or into.into != found.id)):
        raise Conflict(reason="seizure-is-known")
    ids = {one.id for one in left}
    lead = found.lead if found.lead in ids else left[0].id
    part = Seizure(step.into, gone, gone[0].id, recorded=gone[0].id, changed=hlc)
    if into is not None and into.lead in step.parts:
        part = msgspec.structs.replace(part, lead=into.lead)
    return msgspec.structs.replace(found, reports=left, lead=lead, recorded=left[0].id, changed=hlc), part


def parted_name(found: Seizure, parts: tuple[Moment, ...], taken: frozenset[str]) -> str:
    """The name of what parted reports become: the one they were first recorded under, else a new one.

    Args:
        taken: Seizures that there are under names that begin like this one.
    """
    firsts = {one.first for one in found.reports if one.id in parts}
    if len(firsts) == 1 and (first := firsts.pop()) != found.id:
        return first
    number = 2
    while f"{found.id}-{number}" in taken:
        number += 1
    return f"{found.id}-{number}"
