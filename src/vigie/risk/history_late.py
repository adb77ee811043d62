"""Keys that a box gets on its way, and the history rows they give: masses, hauliers, places, rights, its ship.

A row says nothing of the box line that was announced, so none is taken back with it; a corrected outcome is.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from operator import is_

from vigie.arrivals import Classifier, Quantity
from vigie.risk.beside import Place, cells_beside, place_in_yard, places_beside
from vigie.risk.families import FAMILIES, Keys, stable_key
from vigie.risk.features import BY_THEN, FEATURES, MEASURES
from vigie.risk.rows import HistoryRow, Kind
from vigie.terms import LARGEST_G, Found, Outcome, Party, PartyRole, plain_name
from vigie.tracking import Move, ReleaseMark, Visit, main_line, ship_of

KeyOf = Callable[[Party], int | None]

_AT = {family.name: number for number, family in enumerate(FAMILIES)}
_NONE: tuple[int | None, ...] = (None,) * len(FAMILIES)
_BY_THEN = tuple(place for place, feature in enumerate(FEATURES) if feature.name in BY_THEN)
_NO_FIND = (Found.NOTHING, Found.IRREGULARITY)
_CHOSEN = ("CUSS", "CUSI")
_GATES = ("GTOT", "PICK")


def late_keys(visit: Visit, key_of: KeyOf, ships: Container[str] = ()) -> Keys | None:
    """The keys of the families in `LATE`, as known now; None where the box got none of them on its way yet.

    Args:
        ships: Ships that lost hours at sea, as `ship_of` names them; of all others nothing is asked.
    """
    ship = ship_on(visit) if ships else ""
    is_lost = bool(ship) and ship in ships
    if not (visit.measured or visit.plans or visit.moves or visit.release or is_lost):
        # a mass that the announcement tells stands as announced, whatever ships other boxes of a batch are on
        return None
    told: dict[str, int] = {}
    mass, haulier = verified_g(visit), haulier_of(visit)
    consignor, consignee = _parties(visit, key_of) if mass is not None or haulier else (None, None)
    if consignor is not None and mass is not None:
        told["consignor_vgm"] = stable_key("consignor_vgm", consignor, mass)
        told["weighed"] = consignor
    if consignee is not None and haulier:
        told["haulier"] = stable_key("haulier", consignee, haulier)
        told["collected"] = consignee
    if (cell := _cell(visit)) is not None:
        told["cell"] = stable_key("cell", *cell)
    if (place := yard_place(visit)) is not None:
        told["slot"] = _slot_key(*place)
    if visit.release is not None:
        told |= _release_keys(visit.release.mark)
    if is_lost:
        told["ship"] = stable_key("ship", ship)
    return _keys(**told) if told else None


def late_rows(before: Visit | None, after: Visit, hlc: int, key_of: KeyOf) -> Iterator[HistoryRow]:
    """What one entry adds to the families in `LATE`, by comparing the visit before and after it."""
    same = before is not None and before.lines is after.lines  # an entry keeps what it does not change
    if not (same and before is not None and before.measured is after.measured and before.plans is after.plans):
        yield from _weighed(before, after, hlc, key_of)
    if after.moves and not (same and before is not None and before.moves is after.moves):
        if not (same and before is not None and _fetches_nothing(before, after)):
            yield from _collected(before, after, hlc, key_of)
        yield from _targets(before, after, hlc)
    if after.release is not None and (before is None or before.release is not after.release):
        yield from _rights(before, after, hlc)
    for told in after.controlled[len(before.controlled) if before else 0 :]:
        yield from _hits(after, told.outcome, hlc)


def sailing_row(ship: str, at: int, lost_h: int, hlc: int) -> HistoryRow:
    """The row of a ship that lost hours at sea. ship: As `ship_of` names it. at: When it was seen again."""
    keys = _keys(ship=stable_key("ship", ship))
    return HistoryRow(hlc, stable_key("line", ship, "lost", at), Kind.MOVED, keys, _counted(lost_h=lost_h))


def ship_on(visit: Visit) -> str:
    """The ship that brings the box, by its latest plan, else by its main line; empty where nobody names one."""
    for plan in reversed(visit.plans):
        if ship := ship_of(plan.stowed.call):
            return ship
    line = main_line(visit)
    return ship_of(line.call) if line is not None else ""


def overlaid(vector: Sequence[int | None], late: Sequence[int | None]) -> tuple[int | None, ...]:
    """A vector with what the families in `LATE` say now."""
    told = list(vector)
    for place in _BY_THEN:
        told[place] = late[place]
    return tuple(told)


def verified_g(visit: Visit) -> int | None:
    """The latest verified gross mass in grams: measured, else as documents and plans tell it."""
    for measured in reversed(visit.measured):
        if measured.measurement.quantity is Quantity.VGM and 0 < measured.measurement.value <= LARGEST_G:
            return measured.measurement.value
    told = [(line.latest, line.equipment.vgm_g) for line in visit.standing if line.equipment and line.equipment.vgm_g]
    told += [(plan.hlc, plan.stowed.equipment.vgm_g) for plan in visit.plans if plan.stowed.equipment.vgm_g]
    mass = max(told)[1] if told else None
    return mass if mass is not None and 0 < mass <= LARGEST_G else None


def haulier_of(visit: Visit) -> str:
    """The haulier who last fetched the box by what gates told, folded; empty where none is named."""
    return next((_folded(move) for move in reversed(visit.moves) if _fetched(move)), "")


def _fetched(move: Move) -> bool:
    said = move.movement
    if not said.haulier or move.retracted is not None:
        return False
    return said.code in _GATES and said.classifier is Classifier.ACTUAL


def _folded(move: Move) -> str:
    return plain_name(move.movement.haulier)


def yard_place(visit: Visit) -> tuple[str, Place] | None:
    """Terminal and place where the box stands in the yard; None where nobody tells, or it has left."""
    for move in reversed(visit.moves):
        if move.retracted is None and move.movement.classifier is Classifier.ACTUAL:
            if move.movement.code in ("GTOT", "LOAD"):
                return None
            if move.movement.slot and (place := place_in_yard(move.movement.slot)) is not None:
                return move.movement.facility or move.movement.place, place
    return None


def _keys(**told: int) -> Keys:
    keys = list(_NONE)
    for name, key in told.items():
        keys[_AT[name]] = key
    return tuple(keys)


def _counted(**said: int) -> tuple[int, ...]:
    return tuple(said.get(name, 0) for name in MEASURES)


def _parties(visit: Visit, key_of: KeyOf) -> tuple[int | None, int | None]:
    line = main_line(visit)
    if line is None:
        return None, None
    consignor, consignee = line.party(PartyRole.CONSIGNOR), line.party(PartyRole.CONSIGNEE)
    return None if consignor is None else key_of(consignor), None if consignee is None else key_of(consignee)


def _cell(visit: Visit) -> tuple[str, str, str] | None:
    """Ship, voyage and cell of the latest plan that names them."""
    for plan in reversed(visit.plans):
        ship = ship_of(plan.stowed.call)
        if ship and plan.stowed.equipment.stow:
            return ship, plan.stowed.call.voyage.strip().upper(), plan.stowed.equipment.stow
    return None


def _slot_key(facility: str, place: Place) -> int:
    return stable_key("slot", facility, *place)


def _weighed(before: Visit | None, after: Visit, hlc: int, key_of: KeyOf) -> Iterator[HistoryRow]:
    if before is None:  # the announced row counts what the announcement tells
        return
    mass = verified_g(after)
    consignor = None if mass is None else _parties(after, key_of)[0]
    if mass is None or consignor is None:
        return
    if verified_g(before) == mass and _parties(before, key_of)[0] == consignor:
        return
    keys = _keys(consignor_vgm=stable_key("consignor_vgm", consignor, mass), weighed=consignor)
    yield HistoryRow(hlc, stable_key("line", after.id, "weighed"), Kind.MOVED, keys, _WEIGHED)


def _collected(before: Visit | None, after: Visit, hlc: int, key_of: KeyOf) -> Iterator[HistoryRow]:
    haulier = haulier_of(after)
    consignee = _parties(after, key_of)[1] if haulier else None
    if consignee is None:
        return
    if before is None or haulier_of(before) != haulier or _parties(before, key_of)[1] != consignee:
        keys = _keys(haulier=stable_key("haulier", consignee, haulier), collected=consignee)
        yield HistoryRow(hlc, stable_key("line", after.id, "collected"), Kind.MOVED, keys, _COLLECTED)


def _fetches_nothing(before: Visit, after: Visit) -> bool:
    """Whether moves were only added, and none of them is a haulier's: who fetched the box is who did before."""
    added = after.moves[len(before.moves) :]
    return all(map(is_, before.moves, after.moves)) and not any(map(_fetched, added))


def _target(visit: Visit | None) -> tuple[str, Place] | None:
    if visit is None or not any(move.movement.code in _CHOSEN for move in visit.moves):
        return None
    if not visit.happened(*_CHOSEN):
        return None
    return yard_place(visit)


def _targets(before: Visit | None, after: Visit, hlc: int) -> Iterator[HistoryRow]:
    target = _target(after)
    if target is None or target == _target(before):
        return
    for place in places_beside(target[1]):
        key = _slot_key(target[0], place)
        yield HistoryRow(hlc, stable_key("line", after.id, "target", key), Kind.MOVED, _keys(slot=key), _TARGETS)


def _release_keys(mark: ReleaseMark) -> dict[str, int]:
    told: dict[str, int] = {}
    if mark.terminal:
        told["terminal"] = stable_key("terminal", mark.terminal)
    if mark.party:
        told["release_party"] = stable_key("release_party", mark.party)
    if mark.vehicle:
        told["vehicle"] = stable_key("vehicle", mark.vehicle)
        if mark.carrier:
            told["vehicle_carrier"] = stable_key("vehicle_carrier", mark.vehicle, mark.carrier)
    return told


def _rights(before: Visit | None, after: Visit, hlc: int) -> Iterator[HistoryRow]:
    """A party that got the right counts once a box and party; a vehicle when it is let through."""
    mark = after.release.mark if after.release else ReleaseMark()
    known = before.release.mark if before is not None and before.release else ReleaseMark()
    keys = _release_keys(mark)
    if mark.party and mark.party != known.party:
        held = {name: key for name, key in keys.items() if name in ("terminal", "release_party")}
        line = stable_key("line", after.id, "held", mark.party)
        yield HistoryRow(hlc, line, Kind.MOVED, _keys(**held), _counted(held=1))
    if mark.vehicle and mark.vehicle != known.vehicle:
        let = {name: key for name, key in keys.items() if name != "release_party"}
        line = stable_key("line", after.id, "presented", mark.vehicle)
        yield HistoryRow(hlc, line, Kind.MOVED, _keys(**let), _counted(presented=1))


def _hits(visit: Visit, told: Outcome, hlc: int) -> Iterator[HistoryRow]:
    """A find counts for the cells beside it; a corrected outcome is taken back first."""
    where = _cell(visit)
    if where is None:
        return
    ship, voyage, cell = where
    for near in cells_beside(cell):
        key = stable_key("cell", ship, voyage, near)
        line = stable_key("line", visit.id, "beside", key)
        if told.replaces is not None:
            yield HistoryRow(hlc, line, Kind.RETRACTED, target=told.replaces, of=Kind.OUTCOME)
        if told.found not in _NO_FIND:
            yield HistoryRow(hlc, line, Kind.OUTCOME, _keys(cell=key), _HITS)


_WEIGHED, _COLLECTED, _TARGETS, _HITS = (
    _counted(weighed=1), _counted(collected=1), _counted(targets=1), _counted(hits=1)
)
