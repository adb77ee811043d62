"""The gate: the only way for an officer to a container, a list or an act. Permission is asked before existence.

A refusal does not tell whether the thing exists, and is written into the trail like a yes. Lists do not pass row by
row: the gate turns officer and purpose into a `Reach` that the store compiles, and every listed row would pass.
"""

from collections.abc import Iterable, Mapping

from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.terms import Erased, NotForYou, Officer, OfficerId, OwnWork, Purpose, Role, VisitId, write_moment
from vigie.tracking import Kept, Listed, Reach

_T, _S, _I, _A, _D = Role.TARGETING, Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR, Role.ADMINISTRATOR

ACTS: Mapping[str, frozenset[Role]] = {
    "see": frozenset((_T, _S, _I, _A)),
    "list": frozenset((_T, _S, _I, _A)),
    "search": frozenset((_T, _S, _I, _A)),
    "see-raw": frozenset((_S, _A)),
    "import": frozenset((_T, _S, _D)),
    "claim": frozenset((_T, _S, _I)),
    "override": frozenset((_T, _S)),
    "release": frozenset((_S,)),
    "assess": frozenset((_T, _S)),
    "see-indicators": frozenset((_T, _S, _I, _A)),
    "see-rule": frozenset((_T, _S, _A)),
    "draft-rules": frozenset((_T, _S)),
    "step-rules": frozenset((_T, _S)),
    "see-watch-lists": frozenset((_T, _S, _A)),
    "change-watch-lists": frozenset((_T, _S)),
    "see-plan": frozenset((_T, _S, _I, _A)),
    "plan": frozenset((_T, _S)),
    "change-capacity": frozenset((_S, _D)),
    "commit": frozenset((_T, _S)),
    "reveal": frozenset((_S, _A)),
    "order": frozenset((_T, _S)),
    "see-orders": frozenset((_T, _S, _I, _A)),
    "acknowledge": frozenset((_T, _S, _I)),
    "record": frozenset((_T, _S, _I)),
    "see-trail": frozenset((_A, _D)),
    "verify": frozenset((_A, _D, _S)),
    "rederive": frozenset((_S, _A)),
    "see-analysts": frozenset((_S, _A)),
    "see-drift": frozenset((_T, _S, _A)),
    "see-officers": frozenset((_D, _A)),
    "change-officers": frozenset((_D,)),
    "erase": frozenset((_D,)),
    "copy-store": frozenset((_D,)),
    "archive-months": frozenset((_D,)),
    "rescore": frozenset((_T, _S, _A)),
    "see-skew": frozenset((_S, _A, _D)),
    "see-parties": frozenset((_T, _S, _I, _A)),
    "merge-parties": frozenset((_T, _S)),
    "backtest": frozenset((_T, _S, _A)),
    "simulate": frozenset((_T, _S)),
    "see-models": frozenset((_T, _S, _A)),
    "see-policy": frozenset((_T, _S, _A)),
    "train-models": frozenset((_T, _S)),
    "plant": frozenset((_S, _A)),
    "see-readers": frozenset((_S, _A)),
    "see-terminal": frozenset((Role.PORT,)),
    "see-releases": frozenset((_T, _S, _I, _A)),
    "issue-releases": frozenset((_T, _S)),
    "override-releases": frozenset((_T, _S)),
    "change-release-senders": frozenset((_D,)),
    "present": frozenset((_S, _I, Role.PORT)),
    "import-access": frozenset((_S, _A, _D)),
    "see-insiders": frozenset((_S, _A)),
    "open-identity": frozenset((_S, _A)),
    "see-port-figures": frozenset((_S, _A, Role.PORT)),
    "see-register": frozenset((_T, _S, _I, _A)),
    "record-seizures": frozenset((_T, _S, _I)),
    "merge-seizures": frozenset((_T, _S)),
    "see-figures": frozenset((_T, _S, _I, _A)),
    "tell-figures": frozenset((_T, _S)),
    "bulletin": frozenset((_T, _S, _A)),
    "export-dossier": frozenset((_S, _A)),
    "see-priorities": frozenset((_T, _S, _I, _A)),
    "change-priorities": frozenset((_S, _A)),
    "see-exchange": frozenset((_T, _S, _I, _A, _D)),
    "send-exchange": frozenset((_T, _S)),
    "receive-exchange": frozenset((_T, _S, _D)),
    "hold-exchange": frozenset((_S,)),
    "change-federation": frozenset((_D,)),
    "see-scans": frozenset((_T, _S, _I, _A)),
    "import-scans": frozenset((_T, _S, _I, _D)),
    "assign-scans": frozenset((_T, _S, _I)),
    "export-scans": frozenset((_S,)),
    "see-scanners": frozenset((_T, _S, _I, _A, _D)),
    "change-scanners": frozenset((_S, _D)),
    "read-scans": frozenset((_T, _S, _I)),
    "read-kept-scans": frozenset((_S, _D)),
    "change-reading-room": frozenset((_S, _D)),
    "see-agreement": frozenset((_S, _A)),
    "train-reading": frozenset((_T, _S, _I)),
    "see-health": frozenset((_T, _S, _I, _A, _D)),
}
"""Act to the roles that may do it; releasing a box, revealing a key, reading raw messages need a supervisor."""

_PERSONAL = frozenset((Purpose.TARGETING, Purpose.INSPECTION, Purpose.INVESTIGATION, Purpose.OVERSIGHT))
"""Purposes for which single containers are looked at; statistics and administration never see one."""

_ABOUT_BOXES = frozenset((
    "see", "list", "search", "see-raw", "claim", "override", "release", "assess", "see-plan", "plan", "order",
    "see-orders", "acknowledge", "record", "see-parties", "merge-parties", "see-releases", "issue-releases",
    "override-releases", "present", "see-register", "record-seizures", "merge-seizures", "export-dossier",
    "assign-scans", "export-scans", "see-scans", "read-scans",
))  # fmt: skip

_ADMINISTRATION = frozenset(("erase",))
"""What is done for data protection alone, never while targeting: two of that role are needed for each."""


_ABOUT_PEOPLE = frozenset(("import-access", "see-insiders", "open-identity"))
"""What concerns the port's own people: for oversight or an investigation alone, never while targeting boxes."""


_OPERATORS = frozenset(("see-terminal", "present", "see-port-figures"))
"""What a port operator may do, at the own terminals."""


def may(officer: Officer, act: str, purpose: Purpose) -> bool:
    """Tell whether an officer may do an act for a purpose at all; asks the officer's attributes alone.

    Who has a terminal is its operator, and may see and answer for that terminal alone, whatever other role somebody
    gave by mistake.
    """
    if officer.terminals and act not in _OPERATORS:
        return False
    if not officer.active or purpose not in officer.purposes or ACTS[act].isdisjoint(officer.roles):
        return False
    if act in _ABOUT_PEOPLE and purpose not in (Purpose.OVERSIGHT, Purpose.INVESTIGATION):
        return False
    if act in _ADMINISTRATION and purpose is not Purpose.ADMINISTRATION:
        return False
    return purpose in _PERSONAL or act not in _ABOUT_BOXES


def may_know(officer: Officer, handling: int) -> bool:
    """Tell whether a reason that is held so closely may be named to an officer."""
    purpose = officer.purposes[0] if officer.purposes else Purpose.TARGETING
    return handling <= officer.clearance and may(officer, "see-indicators", purpose)


def permit(officer: Officer, act: str, purpose: Purpose, subject: str, node: Node) -> None:
    """Let an officer do an act, or refuse and write that down; the act itself is written by who does it.

    Raises:
        NotForYou: Role, purpose or state of the officer does not allow it.
    """
    if not may(officer, act, purpose):
        leave(officer, purpose, act, subject, node, refused=True)
        raise NotForYou(purpose=purpose.value)


TAKEN_BACK = "withdrawn"
"""The one decision that is for who asked; every other one is for somebody else."""


def four_eyes(
    officer: Officer, asked_by: OfficerId | str, decision: str, act: str, purpose: Purpose, subject: str, node: Node
) -> None:
    """Let who asked only withdraw, and everybody else only decide; a refusal is written down.

    Raises:
        OwnWork: Who asked decides, or another officer withdraws.
    """
    if (officer.id == asked_by) is not (decision == TAKEN_BACK):
        leave(officer, purpose, act, subject, node, refused=True, step=decision)
        raise OwnWork(purpose=purpose.value)


def reach(officer: Officer, purpose: Purpose, act: str = "list") -> Reach:
    """Tell how far an officer sees for a purpose; lists, counts, sort and search all use it."""
    if not may(officer, act, purpose):
        return Reach(none=True)
    return Reach(officer.clearance.value, officer.sites)


def visit_for(officer: Officer, wanted: VisitId, purpose: Purpose, node: Node, act: str = "see") -> Kept:
    """Get one visit for an officer; the look or act is written into the trail, allowed or not.

    Raises:
        NotForYou: Not allowed, or there is no such visit. Erased: It was, and the officer could have seen it.
    """
    return visits_for(officer, (wanted,), purpose, node, act)[wanted]


def visits_for(
    officer: Officer, wanted: Iterable[VisitId], purpose: Purpose, node: Node, act: str = "see"
) -> dict[VisitId, Kept]:
    """Get several visits for an officer, all or none.

    Raises:
        NotForYou: One of them is not allowed, or does not exist. Erased: One of them was erased.
    """
    asked = tuple(dict.fromkeys(wanted))
    found, refused = sift(officer, asked, purpose, node, act)
    if refused:
        tell_erased(officer, refused, purpose, node, act)
        raise NotForYou(purpose=purpose.value)
    return found


def tell_erased(officer: Officer, refused: Iterable[VisitId], purpose: Purpose, node: Node, act: str) -> None:
    """Say that a box was erased, to who could have seen it.

    Raises:
        Erased: One of the boxes was erased, and the officer could have seen it.
    """
    if not may(officer, act, purpose):
        return
    within = reach(officer, purpose, act)
    for visit in refused:
        stone = node.store.erasures.stone(visit)
        if stone is not None and within.covers(Listed(visit, "", site=stone.site, handling=stone.handling)):
            raise Erased(visit=visit, at=write_moment(stone.at), erasure=int(stone.erasure))


def sift(
    officer: Officer, wanted: Iterable[VisitId], purpose: Purpose, node: Node, act: str
) -> tuple[dict[VisitId, Kept], tuple[VisitId, ...]]:
    """Part what an officer may have from what not; each of both is written into the trail."""
    asked = tuple(dict.fromkeys(wanted))
    allowed = may(officer, act, purpose)
    within = reach(officer, purpose, act)
    known = node.store.visits.get(asked) if allowed else {}
    found = {visit: kept for visit, kept in known.items() if within.covers(kept.listed)}
    refused = tuple(visit for visit in asked if visit not in found)
    for visit in asked:
        leave(officer, purpose, act, visit, node, refused=visit not in found)
    return found, refused


def covered(officer: Officer, rows: Iterable[Listed], purpose: Purpose) -> tuple[Listed, ...]:
    """Keep the rows an officer may see, of rows that came another way than by a list."""
    within = reach(officer, purpose)
    return tuple(row for row in rows if within.covers(row))
