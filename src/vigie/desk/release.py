"""Release rights as officers handle them: issue, pass on, accept, key, revoke, override by two, look with a reason.

Every act takes the road gate, log, sequencer, and is in the trail; so is every refusal. Source: issue 7, point 4.
"""

import secrets
from functools import cache

from vigie.desk.acts import Releasing, item_of
from vigie.desk.gate import may, permit, reach, visit_for
from vigie.desk.shown import tell
from vigie.desk.timeline import worded
from vigie.desk.trail import leave
from vigie.desk.views.release import (
    ReleaseAlertView,
    ReleaseAttemptView,
    ReleaseKeyMade,
    ReleaseKeyView,
    ReleasePage,
    ReleaseRow,
    ReleaseStepView,
    ReleaseView,
)
from vigie.desk.work import Working, hand_in
from vigie.terms import BadRequest, Conflict, Moment, NotForYou, Officer, Purpose, SecondNeeded, Texts, VisitId
from vigie.tracking import (
    ALERTS,
    KEY_BYTES,
    ReleaseRight,
    ReleaseState,
    ReleaseStep,
    ReleaseVerb,
    ReleaseWish,
    advance,
    commitment_of,
    party_code,
    plate_of,
    possible_steps,
    seal_of,
    write_key,
)

TARGETING = Purpose.TARGETING
MOST = 200
SHORTEST_REASON = 3
"""Letters of a reason; what is shorter says nothing."""

ACTS = {
    ReleaseVerb.ASK: "override-releases", ReleaseVerb.CONFIRM: "override-releases",
}  # fmt: skip
"""What an override asks of the gate; every other step is `issue-releases`."""

BY_HAND = (
    ReleaseVerb.TRANSFER, ReleaseVerb.ACCEPT, ReleaseVerb.REFUSE, ReleaseVerb.REVOKE, ReleaseVerb.ASK,
    ReleaseVerb.CONFIRM,
)  # fmt: skip
"""Steps that an officer takes; a key has its own act, and the gate does the rest."""


@cache
def texts() -> Texts:
    """The answers of the gate and the alerts, in five languages."""
    return Texts.load("vigie.desk.texts", "release", "notices")


def secret_of(node: Working) -> bytes:
    """The node's secret for keys and plates."""
    return node.store.secret("release")


def _reason(told: str) -> str:
    text = told.strip()[:400]
    if len(text) < SHORTEST_REASON:
        raise BadRequest(reason="say why: a word of at least three letters", field="reason")
    return text


def issue(
    officer: Officer, visit: VisitId, node: Working, *, terminal: str, to: str, role: str, end: Moment,
    start: Moment | None = None, reason: str = "", replaces: str = "", purpose: Purpose = TARGETING,
) -> ReleaseRow:
    """Issue the right to collect a box to the first party of its chain; gives the right.

    Args:
        terminal: Facility that hands out. to, role: Code of the party, and what it is. end: When the right expires.
        replaces: The revoked or expired right that it comes after.

    Raises:
        NotForYou: The officer may not, or there is no such box. BadRequest: A field has no meaning. Conflict: There is
        a live right for the box.
    """
    kept = visit_for(officer, visit, purpose, node, "issue-releases")
    now, known = node.now(), node.store.releases.of_containers([kept.visit.container]).get(kept.visit.container, [])
    if any(one.at(now) not in _OVER for one in known if one.visit == visit):
        raise Conflict(reason="release-there-is-one")
    before = replaces or next((one.id for one in reversed(known) if one.state is ReleaseState.REVOKED), "")
    number = sum(one.visit == visit for one in known) + 1
    wish = ReleaseWish(
        f"{visit}-R{number}", ReleaseVerb.ISSUE, officer.id, now, to=to, role=role, reason=reason.strip()[:400],
        visit=visit, container=kept.visit.container, site=kept.listed.site, terminal=terminal.strip(), start=start,
        end=end, replaces=before,
    )  # fmt: skip
    return row_of(_taken(officer, None, wish, node, purpose), now)


_OVER = frozenset((ReleaseState.PICKED_UP, ReleaseState.REVOKED, ReleaseState.EXPIRED))


def step(
    officer: Officer, right: str, verb: str, node: Working, *, party: str = "", to: str = "", role: str = "",
    reason: str = "", purpose: Purpose = TARGETING,
) -> ReleaseRow:
    """Take a step with a right: `transfer`, `accept`, `refuse`, `revoke`, `ask-override`, `confirm-override`.

    Args:
        party: Code of the party that acts: the holder, or who was offered it. to, role: Who gets it.

    Raises:
        NotForYou: The officer may not, or there is none. SecondNeeded: It takes two officers. Conflict: Not legal from
        where the right stands. BadRequest: A field is missing.
    """
    wanted = next((one for one in BY_HAND if one.value == verb), None)
    if wanted is None:
        raise BadRequest(reason="unknown-choice", field="verb")
    act = ACTS.get(wanted, "issue-releases")
    found = _found(officer, right, node, purpose, act)
    now = node.now()
    wish = ReleaseWish(
        right, wanted, officer.id, now, party=party_code(party), to=party_code(to), role=role,
        reason=reason.strip()[:400],
    )  # fmt: skip
    return row_of(_taken(officer, found, wish, node, purpose, act), now)


def key(
    officer: Officer, right: str, node: Working, *, party: str, plate: str, start: Moment, end: Moment,
    commitment: str = "", purpose: Purpose = TARGETING,
) -> ReleaseKeyMade:
    """Make the one-time key of a right; it is told in this answer and nowhere else, ever.

    Args:
        party: Code of the carrier that holds the right. plate: Of the vehicle; only its pseudonym is kept.
        commitment: SHA-256 of a key that the holder made (64 hexadecimal letters): then nobody here learns the key.

    Raises:
        NotForYou: The officer may not, or there is none. SecondNeeded: One officer alone took the whole chain there.
        Conflict: The right was not accepted by a carrier. BadRequest: The window is too long, or no plate.
    """
    found = _found(officer, right, node, purpose, "issue-releases")
    made = "" if commitment else write_key(secrets.token_bytes(KEY_BYTES))
    seal = seal_of(commitment or commitment_of(made), secret_of(node))
    wish = ReleaseWish(
        right, ReleaseVerb.KEY, officer.id, node.now(), party=party_code(party), seal=seal,
        vehicle=plate_of(plate, secret_of(node)), start=start, end=end,
    )  # fmt: skip
    after = _taken(officer, found, wish, node, purpose)
    return ReleaseKeyMade(right, made, after.keys[-1].carrier, after.keys[-1].start, after.keys[-1].end)


def _taken(
    officer: Officer, found: ReleaseRight | None, wish: ReleaseWish, node: Working, purpose: Purpose,
    act: str = "issue-releases",
) -> ReleaseRight:
    """Try the step, hand it in, and give the right as it stands then."""
    try:
        after = advance(found, wish)
    except SecondNeeded:
        leave(officer, purpose, act, wish.right, node, refused=True, verb=wish.verb.value, why="alone")
        raise
    hand_in([item_of(Releasing(wish, after.visit, officer.id, wish.at), officer.id, wish.at)], node)
    leave(officer, purpose, act, wish.right, node, verb=wish.verb.value, state=after.state.value)
    return node.store.releases.get(wish.right) or after


def _found(officer: Officer, right: str, node: Working, purpose: Purpose, act: str) -> ReleaseRight:
    """One right whose box the officer may see; a refusal does not tell whether there is one."""
    permit(officer, act, purpose, right[:40], node)
    found = node.store.releases.get(right)
    known = node.store.visits.get([found.visit]) if found is not None else {}
    within = reach(officer, purpose, act)
    if found is None or found.visit not in known or not within.covers(known[found.visit].listed):
        leave(officer, purpose, act, right[:40], node, refused=True)
        raise NotForYou(purpose=purpose.value)
    return found


def listed(
    officer: Officer, node: Working, state: str = "", before: int | None = None, limit: int = 50,
    purpose: Purpose = TARGETING,
) -> ReleasePage:
    """List the rights in the officer's reach, without their parties.

    Args:
        state: Keep those alone. before: Where the page before ended. limit: 1 to `MOST`.

    Raises:
        NotForYou: The officer may not. BadRequest: A limit outside.
    """
    permit(officer, "see-releases", purpose, "releases", node)
    if not 1 <= limit <= MOST:
        raise BadRequest(reason="page-size", most=MOST)
    wanted = "" if state == ReleaseState.EXPIRED else state
    found = node.store.releases.page(officer.sites, wanted, before, limit)
    known = node.store.visits.get([one.visit for one in found])
    within, now = reach(officer, purpose, "see-releases"), node.now()
    rows = tuple(
        row_of(one, now) for one in found
        if one.visit in known and within.covers(known[one.visit].listed) and state in ("", one.at(now))
    )  # fmt: skip
    leave(officer, purpose, "see-releases", "releases", node, shown=len(rows))
    return ReleasePage(rows, found[-1].changed if len(found) == limit else None)


def admit(officer: Officer, right: str, node: Working, purpose: Purpose = TARGETING) -> None:
    """Let an officer to the question why a right is looked at; whether there is such a right is not told yet.

    Raises:
        NotForYou: The officer may see no rights.
    """
    permit(officer, "see-releases", purpose, right[:40], node)


def show(officer: Officer, right: str, reason: str, node: Working, purpose: Purpose = TARGETING) -> ReleaseView:
    """Show one right with its chain, its keys (never what they are) and what was presented for it.

    Args:
        reason: Why the officer looks; mandatory, and kept in the trail.

    Raises:
        NotForYou: The officer may not, or there is none. BadRequest: No reason.
    """
    permit(officer, "see-releases", purpose, right[:40], node)
    why = _reason(reason)
    found = _found(officer, right, node, purpose, "see-releases")
    leave(officer, purpose, "see-releases", right, node, why=why)
    attempts = [one for one in node.store.releases.attempts(found.container) if one.right in ("", right)]
    return ReleaseView(
        row_of(found, node.now()), found.holder, found.role, found.offered, found.offered_role, found.start,
        tuple(_step(one) for one in found.steps),
        tuple(ReleaseKeyView(one.carrier, one.vehicle, one.start, one.end, one.by, one.used, one.void)
              for one in found.keys),
        tuple(ReleaseAttemptView(one.at, one.terminal, one.gate, one.right, one.code,
                                 tell(texts(), f"gate-{one.code}", officer.language, {}), one.vehicle, one.officer)
              for one in attempts),
        None if found.pending is None else _step(found.pending),
        tuple(one.value for one in possible_steps(found, node.now())
              if may(officer, ACTS.get(one, "issue-releases"), purpose) and not found.source),
        found.replaces,
    )  # fmt: skip


def _step(one: ReleaseStep) -> ReleaseStepView:
    return ReleaseStepView(one.verb.value, one.state.value, one.by, one.at, one.party, one.to, one.role, one.reason)


def row_of(right: ReleaseRight, now: Moment) -> ReleaseRow:
    """A right as a list shows it."""
    return ReleaseRow(
        right.id, right.container, right.visit, right.site, right.terminal, right.at(now).value, right.end,
        right.changed, len(right.steps), right.pending is not None, right.source,
    )


def alerts(
    officer: Officer, node: Working, limit: int = 20, purpose: Purpose = TARGETING
) -> tuple[ReleaseAlertView, ...]:
    """The latest alerts about rights of boxes in the officer's reach, newest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-releases", purpose, "alerts", node)
    found = [one for one in node.store.notices.page(officer.id, officer.sites, None, 1000) if one.code in ALERTS]
    known = node.store.visits.get(list({one.visit for one in found}))
    within = reach(officer, purpose, "see-releases")
    leave(officer, purpose, "see-releases", "alerts", node)
    return tuple(
        ReleaseAlertView(
            one.at, one.code, str(one.facts.get("right", "")), one.visit.rpartition("-")[0],
            tell(texts(), one.code, officer.language, worded(one.facts, officer.language)), one.seen is not None,
        )
        for one in found if one.visit in known and within.covers(known[one.visit].listed)
    )[:limit]  # fmt: skip
