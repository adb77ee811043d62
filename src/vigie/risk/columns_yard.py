"""Columns about where the box was put: its cell on the ship, its place in the yard; and who fetched it."""

from vigie.risk.beside import place_in_yard
from vigie.risk.columns_declared import Origin, count, flag, hours, text
from vigie.risk.columns_seen import Seen
from vigie.risk.history import value_per_tonne
from vigie.risk.history_late import haulier_of
from vigie.risk.language_python import Value
from vigie.terms import HOUR, log_weight
from vigie.tracking import Move

_MOVE = Origin.MOVE
_YARD = ("PICK", "DROP", "LOC", "MOVE")
"""Events by which a terminal tells a move in its yard: DCSA picked up, dropped off and located; `MOVE` as terminals
write it in tables."""
_CHOSEN = ("CUSS", "CUSI")
_GATES = ("GTOT", "PICK")
_LOWEST = 2
"""Tiers 02 on deck are numbered 82 and above it, in the hold from 02; the lowest of each can be reached standing.

Source: ISO 9711-1: tiers in the hold from 02, on deck from 72 or 82, the lowest first."""

DECLARED = (
    text("haulier", _MOVE, events=_GATES), count("hauliers", _MOVE, events=_GATES),
    count("restows", Origin.PLAN), flag("restowed_low", Origin.PLAN),
    flag("in_yard_place", _MOVE, events=_YARD), count("yard_moves", _MOVE, events=_YARD),
    count("yard_moves_after_selection", _MOVE, events=(*_YARD, *_CHOSEN)),
    hours("yard_move_after_selection_h", _MOVE, events=(*_YARD, *_CHOSEN)),
    count("goods_log_v", Origin.LINE), text("value_currency", Origin.LINE),
)  # fmt: skip


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`."""
    value, currency = value_per_tonne(seen.line) if seen.line is not None else (0, "")
    return (
        *_hauliers(seen), *_restows(seen), *_yard(seen),
        log_weight(value) or None, currency[:3] or None,
    )  # fmt: skip


def _hauliers(seen: Seen) -> tuple[str | None, int | None]:
    """Who fetched it last, and how many different ones were named at gates."""
    told = [move.movement.haulier for code in _GATES if code in seen.events for move in seen.events[code]]
    named = set(filter(None, told)) if told else None
    if not named:
        return None, None
    return haulier_of(seen.visit)[:64] or None, len(named)


def _restows(seen: Seen) -> tuple[int | None, bool | None]:
    """How often a later plan of one voyage moved the box, and whether it lies in a lowest tier since."""
    plan = seen.plan
    if plan is None or not plan.stowed.equipment.stow:
        return None, None
    moved = len(plan.earlier)
    tier = plan.stowed.equipment.stow[-2:]
    low = tier.isdecimal() and int(tier) in (_LOWEST, 72, 82)
    return moved, bool(moved) and low


def _yard(seen: Seen) -> tuple[Value, ...]:
    """Moves inside the terminal after discharge: all, those after customs chose the box, how soon the first came."""
    if not seen.events:
        return None, None, None, None
    if seen.events.keys().isdisjoint(_YARD):
        return False, 0, None if seen.selected is None else 0, None
    told = [move for move in seen.moves(*_YARD) if _inside(seen, move)]
    placed = any(place_in_yard(move.movement.slot) is not None for move in told)
    if seen.selected is None:
        return placed, len(told), None, None
    chosen = seen.selected.movement.at if seen.selected.movement.at is not None else seen.selected.hlc
    later = [at for move in told if (at := move.movement.at) is not None and at > chosen]
    return placed, len(told), len(later), (min(later) - chosen) // HOUR if later else None


def _inside(seen: Seen, move: Move) -> bool:
    """Whether an event tells a move in the yard of the port of discharge, before the box left."""
    said = move.movement
    if said.at is None or (seen.left_at is not None and said.at >= seen.left_at):
        return False
    if seen.discharged_at is not None and said.at < seen.discharged_at:
        return False
    return bool(said.slot) or (said.place == seen.route.unloading and bool(said.place) and said.code != "LOC")
