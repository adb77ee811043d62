"""How the release right of a box fared, counted from its steps and from what was presented at the gate."""

from collections.abc import Callable, Iterable, Sequence

from vigie.terms import VisitId
from vigie.tracking.marks import ReleaseMark
from vigie.tracking.release import ReleaseRight, ReleaseState, ReleaseStep, ReleaseVerb
from vigie.tracking.release_gate import ReleaseAttempt

KeyOfCode = Callable[[str, str], int]
"""Gives a kind (`party`, `vehicle`) and a code a number that names nobody; the same on one node for ever."""

MISUSED = frozenset((
    "other-carrier", "other-vehicle", "used-key", "refused-before", "revoked", "replaced-key", "own-key", "no-right",
))  # fmt: skip
"""Answers that a lawful driver with the own key does not get. Source: docs/explanation/release-rights.md."""

_PASSED_ON = frozenset((ReleaseVerb.TRANSFER, ReleaseVerb.CONFIRM))


def release_mark(
    visit: VisitId, rights: Sequence[ReleaseRight], attempts: Iterable[ReleaseAttempt], key_of: KeyOfCode
) -> ReleaseMark | None:
    """Count how the right of a box fared; None where it has none.

    Args:
        rights: All rights under its number, oldest first. attempts: All presentations for its number.
    """
    mine = [right for right in rights if right.visit == visit]
    if not mine:
        return None
    names = {right.id for right in mine}
    opened = min(right.steps[0].at for right in mine if right.steps)
    tried = [one for one in attempts if one.right in names or (not one.right and one.at >= opened)]
    steps = [step for right in mine for step in right.steps]
    last, (vehicle, carrier) = mine[-1], _let_through(mine, tried)
    return ReleaseMark(
        len(steps) + len(tried), sum(step.verb in _PASSED_ON for step in steps), _reissued(mine),
        sum(one.code in MISUSED for one in tried) + sum(_told_refused(right) for right in mine),
        sum(one.code == "wrong-key" for one in tried), key_of("party", last.holder) if last.holder else 0,
        last.terminal, key_of("vehicle", vehicle) if vehicle else 0,
        key_of("party", carrier) if vehicle and carrier else 0,
    )  # fmt: skip


def _let_through(rights: Sequence[ReleaseRight], tried: Sequence[ReleaseAttempt]) -> tuple[str, str]:
    """The vehicle that was let through last and whom it came for (the carrier that its key was bound to)."""
    found = [(one.at, one.vehicle, _presenter(rights, one)) for one in tried if one.code == "allowed"]
    found += [(step.at, step.vehicle, step.party) for right in rights if right.source for step in right.steps
              if step.state is ReleaseState.PRESENTED and step.vehicle]  # fmt: skip
    return max(found)[1:] if found else ("", "")


def _presenter(rights: Sequence[ReleaseRight], let: ReleaseAttempt) -> str:
    told = [step.party for right in rights if right.id == let.right for step in right.steps
            if step.verb is ReleaseVerb.PRESENT]  # fmt: skip
    return told[-1] if told else ""


def _reissued(rights: Sequence[ReleaseRight]) -> int:
    """Rights that came after a revoked one, and those of other systems that lived on after they had been revoked."""
    revoked = {right.id for right in rights if right.state is ReleaseState.REVOKED}
    again = sum(right.replaces in revoked for right in rights if right.replaces)
    return again + sum(_revived(right.steps) for right in rights if right.source)


def _revived(steps: Sequence[ReleaseStep]) -> int:
    count, over = 0, False
    for step in steps:
        if over and step.state is not ReleaseState.REVOKED:
            count += 1
        over = step.state is ReleaseState.REVOKED
    return count


def _told_refused(right: ReleaseRight) -> int:
    """Refusals that another system told; those of the own gate are counted by their answers."""
    return sum(step.state is ReleaseState.REFUSED for step in right.steps) if right.source else 0
