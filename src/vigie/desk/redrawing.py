"""Selections of a box made again: the day's key, the recorded pool, the draw with its propensity."""

from vigie.desk.acts import Planned, act_of
from vigie.desk.needs import Node
from vigie.desk.views.rederived import DrawView
from vigie.selection import Stratum, draw_again, fits
from vigie.terms import VisitId

_DRAWN = (Stratum.TILTED, Stratum.UNIFORM)


def draws_of(visit: VisitId, node: Node) -> tuple[DrawView, ...]:
    """Make every selection of a box again, newest first; a sealed day stays sealed."""
    return tuple(_again(one, visit, node) for one in node.store.selections.of(visit))


def _again(draw: object, visit: VisitId, node: Node) -> DrawView:
    plan, stratum = draw.plan, draw.stratum  # type: ignore[attr-defined]
    chance, rank = draw.propensity, draw.rank  # type: ignore[attr-defined]
    entry = node.store.log.get(int(plan))
    if entry is None or entry.body is None:
        return DrawView(plan, "", stratum, chance, rank, "erased")
    act = act_of(entry.body)
    if not isinstance(act, Planned):
        return DrawView(plan, "", stratum, chance, rank, "different")
    verdict = _verdict(act, visit, (stratum, chance, rank), node)
    return DrawView(plan, act.plan.shift.name, stratum, chance, rank, verdict)


def _verdict(act: Planned, visit: VisitId, kept: tuple[str, float, int], node: Node) -> str:
    """Compare what the table of draws holds with the plan in the log, and that with a new draw from its pool."""
    own = next((one for one in act.plan.selections if one.visit == visit), None)
    if own is None or (own.stratum.value, own.propensity, own.rank) != kept:
        return "different"
    if own.stratum not in _DRAWN:
        return "not-drawn" if own.propensity == 1.0 else "different"
    published = node.store.selections.commitment(act.site, act.day)
    if published is None:
        return "different"
    if not published.revealed:
        return "sealed"
    key = bytes.fromhex(published.revealed)
    if not fits(key, act.site, act.day, published.commitment):
        return "different"
    drawn = draw_again(act.plan, key, act.draw)
    return "equal" if (visit, own.stratum, own.propensity) in drawn else "different"
