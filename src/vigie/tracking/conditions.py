"""What a reefer was set to and what befell it; and empty boxes that weigh too much or wander."""

from collections.abc import Iterator, Sequence

import msgspec

from vigie.arrivals import Quantity
from vigie.terms import DAY, Moment
from vigie.tracking.summary import is_empty, is_reefer, size_type_of
from vigie.tracking.visit import Visit

OFF_BY_DC = 30
"""A temperature this far from the set-point (tenths of a degree) is told.

Source: ATP agreement (UNECE), annex 2: a rise of at most 3 °C is tolerated for a short time.
"""

SURPLUS_G = 500_000
"""An empty box that weighs so much more than its tare is not empty. Source: indicator W1, 500 kg tolerance."""

HEAVIEST_EMPTY_KG = {"2": (2_400, 3_300), "4": (4_200, 5_300), "L": (5_000, 5_700), "9": (5_000, 5_700)}
"""First character of the size code to the heaviest usual tare, dry and refrigerated, kg.

Source: own reading of manufacturers' plates (20 ft dry 2,200 to 2,400, reefer 2,900 to 3,300; 40 ft dry 3,600 to 4,200,
reefer 4,400 to 5,300; 45 ft to 5,000).
"""

WANDERS = 3
"""So many facilities within `WANDER_TIME` while empty. Source: own; an empty goes depot, terminal, ship."""

WANDER_TIME = 30 * DAY
"""See `WANDERS`."""


class Condition(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something told of the state of a box.

    Attributes:
        hlc: Log entry. at: When; None where the source does not say. code: `set-point`, `set-point-changed`,
            `temperature`, `temperature-off`, `power-off`, `power-on`, `door-open`, `door-closed`, `empty-heavy`,
            `empty-wanders`. place: UN/LOCODE. form: Who says so. value: Tenths of a degree, or grams; None elsewhere.
        wanted: What the value is measured against, same unit. odd: Worth an officer's look.
    """

    hlc: Moment
    at: Moment | None
    code: str
    place: str = ""
    form: str = ""
    value: int | None = None
    wanted: int | None = None
    odd: bool = False


def conditions_of(visit: Visit) -> tuple[Condition, ...]:
    """All that is told of set-points, temperatures, power, doors and of an empty box's weight and way, by moment."""
    settings = _settings(visit)
    states = [*settings, *_temperatures(visit, settings), *_events(visit), *_doors(visit)]
    return tuple(sorted([*states, *_heavy(visit), *_wanders(visit)], key=_order))


def _order(one: Condition) -> tuple[int, str, int, str]:
    return one.at if one.at is not None else one.hlc, one.code, one.value or 0, one.form


def _settings(visit: Visit) -> list[Condition]:
    told = [(line.latest, line.filed_at, line.form, line.route.loading, line.equipment.setpoint_dc)
            for line in visit.standing if line.equipment is not None]
    told += [(plan.hlc, plan.stowed.at, plan.stowed.form, plan.stowed.route.loading, plan.stowed.equipment.setpoint_dc)
             for plan in visit.plans]  # fmt: skip
    known = sorted((one for one in told if one[4] is not None), key=lambda one: (one[1] or one[0], one[2], one[4] or 0))
    found: list[Condition] = []
    for hlc, at, form, place, value in known:
        changed = bool(found) and found[-1].value != value
        code = "set-point-changed" if changed else "set-point"
        found.append(Condition(hlc, at, code, place, form, value, found[-1].value if changed else None, changed))
    return found


def _temperatures(visit: Visit, settings: Sequence[Condition]) -> Iterator[Condition]:
    wanted = settings[-1].value if settings else None
    for one in visit.measured:
        said = one.measurement
        if said.quantity is Quantity.TEMPERATURE:
            off = wanted is not None and abs(said.value - wanted) > OFF_BY_DC
            code = "temperature-off" if off else "temperature"
            yield Condition(one.hlc, said.at, code, said.place, said.method, said.value, wanted, off)


def _events(visit: Visit) -> Iterator[Condition]:
    for move in visit.happened("DRO", "DRC", "DETC"):
        said = move.movement
        words = " ".join((*said.remarks, said.reason)).upper()
        if said.code == "DETC":
            if "POWER" in words:
                off = "OFF" in words
                yield Condition(move.hlc, said.at, "power-off" if off else "power-on", said.place, said.code, odd=off)
        else:
            yield _door(move.hlc, said.at, said.place, said.code, is_open=said.code == "DRO")


def _doors(visit: Visit) -> Iterator[Condition]:
    for one in visit.measured:
        said = one.measurement
        if said.quantity is Quantity.DOOR:
            yield _door(one.hlc, said.at, said.place, said.method, is_open=said.value == 1)


def _door(hlc: Moment, at: Moment | None, place: str, form: str, *, is_open: bool) -> Condition:
    return Condition(hlc, at, "door-open" if is_open else "door-closed", place, form, odd=is_open)


def heaviest_empty(visit: Visit) -> int | None:
    """What the empty box may weigh at most, grams: the tare that sources name, else the usual one of its size."""
    plates = [line.equipment.tare_g for line in visit.standing if line.equipment is not None]
    plates += [one.measurement.value for one in visit.measured if one.measurement.quantity is Quantity.TARE]
    known = [tare for tare in plates if tare]
    if known:
        return max(known) + SURPLUS_G
    usual = HEAVIEST_EMPTY_KG.get(size_type_of(visit)[:1])
    return None if usual is None else usual[bool(is_reefer(visit))] * 1_000 + SURPLUS_G


def _heavy(visit: Visit) -> Iterator[Condition]:
    most = heaviest_empty(visit)
    if most is None:
        return
    for move in visit.moves:
        said = move.movement
        if move.retracted is None and said.empty and said.gross_g is not None and said.gross_g > most:
            yield Condition(move.hlc, said.at, "empty-heavy", said.place, said.code, said.gross_g, most, True)
    if is_empty(visit):
        for one in visit.measured:
            told = one.measurement
            if told.quantity in (Quantity.VGM, Quantity.GROSS) and told.value > most:
                yield Condition(one.hlc, told.at, "empty-heavy", told.place, told.method, told.value, most, True)


def _wanders(visit: Visit) -> Iterator[Condition]:
    moves = [move for move in visit.happened("GTIN") if move.movement.empty and move.movement.facility]
    moves.sort(key=lambda move: move.movement.at or move.hlc)
    for place, move in enumerate(moves):
        at = move.movement.at or move.hlc
        since = [one for one in moves[: place + 1] if at - (one.movement.at or one.hlc) <= WANDER_TIME]
        if len({one.movement.facility for one in since}) >= WANDERS:
            yield Condition(move.hlc, move.movement.at, "empty-wanders", move.movement.place, move.movement.facility,
                            len(since), WANDERS, True)  # fmt: skip
            return
