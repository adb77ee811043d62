"""Columns about the box itself: number, size and type, seals, whether it is empty or cooled."""

from vigie.arrivals import Equipment, Quantity
from vigie.risk.columns_declared import DOCUMENTS, Declared, Origin, Unit, count, flag, text
from vigie.risk.columns_seen import Seen
from vigie.risk.columns_tables import type_group
from vigie.risk.families import container_key, size_number
from vigie.risk.language import Type
from vigie.risk.language_python import Value
from vigie.risk.language_types import LARGEST_INT
from vigie.terms import number_fault, remainder
from vigie.tracking import Move

_SEALED = ("STUF", "GTIN", "LOAD", "DISC", "GTOT", "RSEA", "INSP")
_SHOWN = ("STUF", "GTIN", "LOAD", "DISC", "GTOT")
_WARMTH = 1_000_000  # tenths of a degree: more is no temperature

DECLARED = (
    flag("number_shape_wrong", *DOCUMENTS, Origin.MOVE), flag("number_check_wrong", *DOCUMENTS, Origin.MOVE),
    flag("number_remainder_ten", *DOCUMENTS, Origin.MOVE),
    text("owner_code", *DOCUMENTS, Origin.MOVE),
    Declared("container_key", Type.INT, Unit.KEY, (*DOCUMENTS, Origin.MOVE), (), "", 0, LARGEST_INT),
    text("size_type", *DOCUMENTS, Origin.MOVE),
    Declared("size_type_number", Type.INT, Unit.KEY, (*DOCUMENTS, Origin.MOVE), (), "", 0, 36**4),
    flag("size_types_disagree", *DOCUMENTS, Origin.MOVE),
    flag("reefer", *DOCUMENTS), flag("empty", *DOCUMENTS, Origin.MOVE), flag("empty_disagrees", *DOCUMENTS),
    count("seals", *DOCUMENTS), flag("seals_disagree", *DOCUMENTS),
    flag("seal_changed", *DOCUMENTS, Origin.MOVE, events=_SEALED),
    flag("resealed", Origin.MOVE, events=("RSEA", "INSP")),
    Declared("setpoint_dc", Type.INT, Unit.DECIDEGREE, DOCUMENTS, (), "", -_WARMTH, _WARMTH),
    Declared("warmest_dc", Type.INT, Unit.DECIDEGREE, (Origin.MEASURED,), (), "", -_WARMTH, _WARMTH),
    count("door_openings", Origin.MOVE, Origin.MEASURED, events=("DRO",)),
    Declared("own_visit_counted", Type.INT, Unit.COUNT, DOCUMENTS, (), "", 0, 1),
)  # fmt: skip


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`."""
    number = seen.visit.container
    fault = number_fault(number)
    size = seen.size_type
    changed, resealed = _seal_changed(seen)
    return (
        fault == "shape", None if fault == "shape" else fault == "check-digit", _remainder_ten(number, fault),
        number[:3] if fault != "shape" else None, container_key(number), size or None, size_number(size) or None,
        _sizes_disagree(seen),
        seen.reefer, seen.empty,
        len(seen.boxes) > 1 and len({box.empty for box in seen.boxes if box.empty is not None}) > 1,
        _seals(seen), _seals_disagree(seen), changed, resealed,
        _warmth(_setpoint(seen.boxes)), _warmth(_warmest(seen)), _openings(seen),
        int(seen.line is not None and seen.plan is not None and seen.visit.opened < seen.line.first),
    )  # fmt: skip


def _remainder_ten(number: str, fault: str | None) -> bool | None:
    """Whether the check digit stands for the remainder 10, which owners avoid (ISO 6346, annex A)."""
    if fault is not None:
        return None
    return number[10] == "0" and remainder(number[:10]) == 10


def _sizes_disagree(seen: Seen) -> bool:
    """Whether two messages give the box another length or another type group."""
    codes = {box.size_type for box in seen.boxes}
    if seen.events:
        codes.update([move.movement.size_type for moves in seen.events.values() for move in moves])
    codes.discard("")
    return len(codes) > 1 and len({group for code in codes if len(group := type_group(code)) == 2}) > 1


def _seals(seen: Seen) -> int | None:
    """How many seals the documents name; a bay plan that names none says nothing, for few plans name any."""
    most = max([len(box.seals) for box in seen.boxes], default=0)
    return most if most or any(line.equipment is not None for line in seen.lines) else None


def _numbers(box: Equipment) -> set[str]:
    return {seal.number for seal in box.seals if seal.number} if box.seals else set()


def _seals_disagree(seen: Seen) -> bool | None:
    """Whether documents and plans name seals that have none in common; None where fewer than two name any."""
    if len(seen.boxes) < 2:
        return None
    told = [numbers for box in seen.boxes if (numbers := _numbers(box))]
    if len(told) < 2:
        return None
    return any(not told[0] & other for other in told[1:])


def _seal_changed(seen: Seen) -> tuple[bool | None, bool | None]:
    """Whether the seals at and after discharge have none in common with those before, and whether it was resealed."""
    if not seen.events:
        return None, False
    resealed = "RSEA" in seen.events or "INSP" in seen.events
    before: set[str] = set()
    after: set[str] = set()
    for code in _SHOWN:
        for move in seen.events.get(code, ()):
            if move.movement.seals:
                (before if seen.before_sea(move) else after).update(_of(move))
    before = before or {number for box in seen.boxes for number in _numbers(box)}
    if not before or not after:
        return None, resealed
    return not before & after and not resealed, resealed


def _of(move: Move) -> set[str]:
    return {seal.number for seal in move.movement.seals if seal.number}


def _warmth(value: int | None) -> int | None:
    return value if value is not None and -_WARMTH <= value <= _WARMTH else None


def _setpoint(boxes: tuple[Equipment, ...]) -> int | None:
    for box in boxes:
        if box.setpoint_dc is not None:
            return box.setpoint_dc
    return None


def _warmest(seen: Seen) -> int | None:
    told = [each.measurement for each in seen.visit.measured]
    return max([one.value for one in told if one.quantity is Quantity.TEMPERATURE], default=None) if told else None


def _openings(seen: Seen) -> int | None:
    """How often the door opened between loading and leaving the port; None where nothing reports doors."""
    doors = [(each.measurement.at, each.measurement.value) for each in seen.visit.measured
             if each.measurement.quantity is Quantity.DOOR]
    doors += [(move.movement.at, 1) for move in seen.moves("DRO")]
    if not doors and "DRC" not in seen.events:
        return None
    start, end = seen.loaded_at or 0, seen.left_at or seen.now
    return sum(1 for at, open_ in doors if open_ == 1 and at is not None and start <= at <= end)
