"""Release rights in the sequencer: where a step is taken and a gate answered, in the order of the log."""

from collections.abc import Iterable

from vigie.desk.acts import Presenting, ReleaseSaid, Releasing
from vigie.desk.ledger import Ledger
from vigie.desk.needs import Node
from vigie.terms import Moment, VisitId
from vigie.tracking import (
    LIVE,
    WRONG_SPAN,
    Alert,
    Notice,
    ReleaseAttempt,
    ReleaseRight,
    ReleaseState,
    Seen,
    advance,
    left_terminal,
    mirror,
    present,
    wish_alerts,
)


def write_step(unit: int, act: Releasing, node: Node) -> None:
    """Take a step with a right, at its turn.

    Raises:
        Conflict, BadRequest, OwnWork: Not possible any more; who asked gets to know.
    """
    store = node.store
    after = advance(store.releases.get(act.wish.right), act.wish)
    store.releases.put(after, unit)
    store.notices.add(_notices(wish_alerts(after, act.wish), after.visit, after.site, act.at))


def write_said(unit: int, act: ReleaseSaid, node: Node) -> None:
    """Keep what another system told, once for each id of an event."""
    told, store = act.told, node.store
    if not store.releases.first_time(told.source, told.event, told.at):
        return
    after, alerts = mirror(store.releases.get(told.right), told)
    store.releases.put(after, unit)
    store.notices.add(_notices(alerts, after.visit, after.site, node.now()))


def write_presentation(hlc: Moment, unit: int, act: Presenting, node: Node) -> None:
    """Answer a key at a gate, at its turn: of two that come at once the second finds it used."""
    told, store = act.told, node.store
    known = store.visits.of_containers([told.container]).get(told.container, [])
    rights = store.releases.of_containers([told.container]).get(told.container, [])
    answer = present(rights, told, Seen(
        tuple(one.listed.status for one in known),
        store.releases.wrong_at(told.terminal, told.gate, Moment(told.at - WRONG_SPAN)),
        store.releases.collected(told.terminal, told.vehicle),
    ))  # fmt: skip
    if answer.changed is not None:
        store.releases.put(answer.changed, unit)
    right = answer.right
    store.releases.attempted(hlc, ReleaseAttempt(
        told.nonce, told.container, told.terminal, told.gate, right.id if right else "", answer.code, told.vehicle,
        act.officer, told.at,
    ), unit)  # fmt: skip
    visit, site = (right.visit, right.site) if right else (told.visit, known[0].listed.site if known else "")
    store.notices.add(_notices(answer.alerts, visit, site, told.at))


def _notices(alerts: Iterable[Alert], visit: VisitId, site: str, at: Moment) -> list[Notice]:
    """Alerts as warnings to all officers of the site who may see the box."""
    return [
        Notice(visit, one.code, at, "", site, {"container": visit.rpartition("-")[0], "right": one.right, **one.facts})
        for one in alerts if visit
    ]  # fmt: skip


def departures(ledger: Ledger, node: Node) -> list[Notice]:
    """Judge the boxes that left a terminal in a batch: a presented right is used up, else officers are warned.

    Asks the store only where a box left, and the node keeps rights at all.
    """
    if not ledger.entries or not ledger.is_live:
        return []
    first = ledger.entries[0].hlc
    gone = {
        visit: move for visit in ledger.touched.values() for move in visit.happened("GTOT") if move.hlc >= first
    }  # fmt: skip
    if not gone or not node.store.releases.any():
        return []
    rights = node.store.releases.of_containers([visit.container for visit in gone])
    units = {entry.hlc: entry.unit for entry in ledger.entries}
    made = []
    for visit, move in gone.items():
        mine = [one for one in rights.get(visit.container, ()) if _concerns(one, visit.id, move.movement.facility)]
        after, alerts = left_terminal(mine, move.hlc)
        if after is not None:
            node.store.releases.put(after, units[move.hlc])
        made += _notices(alerts, visit.id, mine[-1].site if mine else "", move.hlc)
    return made


def _concerns(right: ReleaseRight, visit: VisitId, terminal: str) -> bool:
    """Whether a right is about a box that left: of the box itself, or still open under its number; at that terminal."""
    open_still = right.state in LIVE or right.state is ReleaseState.PRESENTED
    return (right.visit == visit or open_still) and terminal in ("", right.terminal)
