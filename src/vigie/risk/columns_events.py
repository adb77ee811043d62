"""Columns about what happened: dwell, release, gate, selection, order of events, controls."""

from collections.abc import Iterable
from itertools import pairwise

from vigie.risk.columns_declared import Origin, Unit, count, flag, hours, moment
from vigie.risk.columns_seen import Seen
from vigie.risk.language_python import Value
from vigie.terms import HOUR, MINUTE, Found, Moment, datetime_of
from vigie.tracking import Move

_GATE = ("DISC", "GTOT")
_RELEASE = ("CUSR", "CRO", "GTOT")
_CHOSEN = ("CUSS", "CUSI", "CUSR", "INSP", "GTOT")
_LIFE = ("STUF", "GTIN", "LOAD", "DISC", "GTOT", "STRP")
_MOVE = Origin.MOVE

DECLARED = (
    moment("discharged_at", _MOVE, events=("DISC",)), moment("gate_out_at", _MOVE, events=("GTOT",)),
    hours("dwell_h", _MOVE, events=_GATE), hours("origin_yard_h", _MOVE, events=("GTIN", "LOAD")),
    flag("gone", _MOVE, events=("GTOT",)), hours("gate_out_hour_utc", _MOVE, unit=Unit.CLOCK, events=("GTOT",)),
    flag("gate_out_before_release", _MOVE, events=_RELEASE),
    hours("gate_out_after_release_min", _MOVE, unit=Unit.MINUTE, events=_RELEASE),
    flag("selected", _MOVE, events=("CUSS", "CUSI")), flag("gate_out_while_selected", _MOVE, events=_CHOSEN),
    hours("gate_out_after_selection_h", _MOVE, events=_CHOSEN), count("pick_ups", _MOVE, events=("GTOT",)),
    flag("discharged_twice", _MOVE, events=("DISC",)), flag("gate_out_before_discharge", _MOVE, events=_GATE),
    flag("gate_out_without_discharge", _MOVE, events=_GATE), flag("stripped_before_gate_out", _MOVE, events=_LIFE),
    flag("returned_full", _MOVE, events=("GTIN", "GTOT")), hours("empty_return_h", _MOVE, events=("GTIN", "GTOT")),
    hours("two_places_min", _MOVE, unit=Unit.MINUTE, events=_LIFE),
    count("retracted_events", _MOVE), count("controls", Origin.CONTROL), flag("found_before", Origin.CONTROL),
)  # fmt: skip

_QUIET = {"gone": False, "selected": False, "pick_ups": 0, "retracted_events": 0, "controls": 0, "found_before": False}
_NOTHING: tuple[Value, ...] = tuple(_QUIET.get(column.name) for column in DECLARED)  # a box nobody has seen yet


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`."""
    if not seen.visit.moves and not seen.visit.controlled:
        return _NOTHING
    landed, left = seen.discharged_at, seen.left_at
    released = min((move.movement.at for move in seen.releases if move.movement.at is not None), default=None)
    back = _returns(seen)
    return (
        landed, left, None if landed is None else ((left or seen.now) - landed) // HOUR, _origin_yard(seen),
        left is not None, None if left is None else datetime_of(left).hour,
        _before_release(seen, released), None if left is None or released is None else (left - released) // MINUTE,
        seen.selected is not None, *_while_selected(seen), len(seen.moves("GTOT")),
        *_order(seen), *back, _two_places(seen),
        sum(1 for move in seen.visit.moves if move.retracted is not None), len(seen.visit.controlled),
        any(each.outcome.found not in (Found.NOTHING, Found.IRREGULARITY) for each in seen.visit.controlled),
    )  # fmt: skip


def _origin_yard(seen: Seen) -> int | None:
    """Hours between the gate and the ship at the port of loading."""
    came = [move.movement.at for move in seen.moves("GTIN") if seen.before_sea(move) and move.movement.at is not None]
    if not came or not seen.moves("LOAD") or seen.loaded_at is None:
        return None
    return (seen.loaded_at - min(came)) // HOUR


def _before_release(seen: Seen, released: Moment | None) -> bool | None:
    """Whether it left before it was released; None where it has not left, or nobody reports releases."""
    if seen.left_at is None or released is None:
        return None
    return seen.left_at < released


def _while_selected(seen: Seen) -> tuple[bool | None, int | None]:
    """Whether it left after customs chose it and before control or release, and how soon."""
    if seen.selected is None or seen.left_at is None:
        return None, None
    start = seen.selected.movement.at if seen.selected.movement.at is not None else seen.selected.hlc
    if seen.left_at < start:
        return False, None
    done = [move.movement.at for move in seen.moves("CUSR", "INSP")]
    freed = any(at is not None and start <= at <= seen.left_at for at in done) or bool(seen.visit.controlled)
    return not freed, (seen.left_at - start) // HOUR


def _order(seen: Seen) -> tuple[bool | None, ...]:
    """Discharged twice, out before discharge, out without discharge, stripped before out."""
    port = seen.route.unloading
    landed = _times(move for move in seen.moves("DISC") if move.movement.place in (port, ""))
    out = _times(move for move in seen.moves("GTOT") if port and move.movement.place == port)
    stripped = _times(seen.moves("STRP"))
    return (
        len(landed) > 1 and max(landed) - min(landed) > HOUR if landed else None,
        max(out) < min(landed) if out and landed else None,
        not seen.moves("DISC") if out else None,
        min(stripped) < min(out) if out and stripped else None,
    )


def _times(moves: Iterable[Move]) -> list[Moment]:
    return [move.movement.at for move in moves if move.movement.at is not None]


def _returns(seen: Seen) -> tuple[bool | None, int | None]:
    """Whether it came back full after it left, and after how many hours it came back empty."""
    if seen.left_at is None:
        return None, None
    later = [move for move in seen.moves("GTIN")
             if move.movement.at is not None and move.movement.at > seen.left_at]
    empty = [move.movement.at for move in later if move.movement.empty and move.movement.at is not None]
    full = any(move.movement.empty is False for move in later)
    return full, (min(empty) - seen.left_at) // HOUR if empty else None


def _two_places(seen: Seen) -> int | None:
    """The fewest minutes between two events of the box in two different places."""
    told = sorted(
        (move.movement.at, move.movement.place) for code in _LIFE for move in seen.moves(code)
        if move.movement.at is not None and move.movement.place
    )  # fmt: skip
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(told) if earlier[1] != later[1]]
    return min(gaps) // MINUTE if gaps else None
