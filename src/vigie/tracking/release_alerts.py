"""What officers are told at once about release rights; each code has its text among the warnings."""

from collections.abc import Sequence

from vigie.terms import Moment
from vigie.tracking.release import ReleaseRight, ReleaseState, ReleaseVerb, ReleaseWish, advance
from vigie.tracking.release_gate import Alert

ALERTS = (
    "release-replay", "release-stolen", "release-early", "release-off-hours", "release-new-vehicle",
    "release-second-attempt", "release-revoked-tried", "release-reissued", "release-wrong-keys", "release-held",
    "release-own-key", "release-no-presentation", "release-override",
)  # fmt: skip
"""Codes of alerts. Source: reference page trade, indicators I1 to I9; issue 7, point 4."""

LEFT = "gate"
"""By whom a pick-up is said, in the chain: the terminal's own message (CODECO, GTOT)."""


def wish_alerts(right: ReleaseRight, wish: ReleaseWish) -> tuple[Alert, ...]:
    """What a step tells: an override asked for, a right issued anew, a key replaced."""
    if wish.verb in {ReleaseVerb.ASK, ReleaseVerb.CONFIRM}:
        return (Alert("release-override", right.id, {"officer": wish.by}),)
    if wish.verb is ReleaseVerb.ISSUE and wish.replaces:
        return (Alert("release-reissued", right.id, {"before": wish.replaces}),)
    if wish.verb is ReleaseVerb.KEY and len(right.keys) > 1:
        return (Alert("release-reissued", right.id),)
    return ()


def left_terminal(rights: Sequence[ReleaseRight], at: Moment) -> tuple[ReleaseRight | None, tuple[Alert, ...]]:
    """Judge that a box left the terminal (GTOT): the right that was presented is used up, else nobody let it out.

    Args:
        rights: The rights for the box at that terminal, oldest first; none of them means that it needed none.
        at: When the message of it came.

    Returns:
        The right as it stands now, where it moved; and the alerts.
    """
    shown = next((right for right in reversed(rights) if right.state is ReleaseState.PRESENTED), None)
    if shown is not None:
        return advance(shown, ReleaseWish(shown.id, ReleaseVerb.PICK_UP, LEFT, at)), ()
    if not rights or rights[-1].state is ReleaseState.PICKED_UP:
        return None, ()
    return None, (Alert("release-no-presentation", rights[-1].id, {"state": rights[-1].at(at).value}),)
