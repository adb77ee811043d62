"""From a visit before and after one entry to the history rows of that entry."""

from collections.abc import Callable, Iterator

from vigie.arrivals import Equipment, GoodsItem
from vigie.risk.families import ANNOUNCED_MASS, FAMILIES, LATE, Keys, container_key, size_number, stable_key
from vigie.risk.features import MEASURES
from vigie.risk.history_late import late_rows
from vigie.risk.rows import HistoryRow, Kind
from vigie.terms import LARGEST_G, Found, Outcome, Party, PartyRole, log_weight
from vigie.tracking import Line, Visit

KeyOf = Callable[[Party], int | None]
"""Gives a party its stable number (`key_number(party_key(...))`), or None where nothing identifies it."""

_PLACES = {name: place for place, name in enumerate(MEASURES)}
_BOXES, _CONSIGNMENTS, _VISITS, _AT, _GROSS, _LOG, _LOG_2, _PACKAGES, _BOX = map(
    MEASURES.index, ("boxes", "consignments", "visits", "at", "gross_g", "log_w", "log_w2", "packages", "box")
)
_LOG_V, _LOG_V_2, _WEIGHED = map(MEASURES.index, ("log_v", "log_v2", "weighed"))
_LATER: tuple[None, ...] = (None,) * (len(LATE) - len(ANNOUNCED_MASS))  # the last families: keys got on the way
_NO_FIND = (Found.NOTHING, Found.IRREGULARITY)
_THERMAL = "34R"  # third character of ISO 6346 size-type codes: 30-49 thermal (1984 edition), R refrigerated (1995)


def history_rows(
    before: Visit | None, after: Visit, hlc: int, key_of: KeyOf, leading: bool = True
) -> tuple[HistoryRow, ...]:
    """Tell what one entry adds to history, by comparing the visit before and after it.

    Args:
        before: The visit before the entry; None where the entry opened it.
        after: The visit after it.
        hlc: The entry.
        key_of: Gives a party its stable number.
        leading: False for every box of a consignment but the first, so that a consignment is counted once.

    Returns:
        Rows that the fold counts. Retractions are not resolved yet: the fold finds what was counted.
    """
    return tuple(_rows(before, after, hlc, key_of, leading))


def _rows(before: Visit | None, after: Visit, hlc: int, key_of: KeyOf, leading: bool) -> Iterator[HistoryRow]:
    opened = before is None
    said_anew = () if before is not None and before.lines is after.lines else after.lines  # an event leaves them alone
    known = {line.key: line for line in before.lines} if before is not None and said_anew else {}
    for line in said_anew:
        old = known.get(line.key)
        number = line_number(after, line)
        if line.cancelled is not None:
            if old is not None and old.cancelled is None:
                yield HistoryRow(hlc, number, Kind.RETRACTED, target=hlc - 1, of=Kind.ANNOUNCED)
        elif (old is None or old.cancelled is not None) and not _told_already(before, line):
            keys, said = line_keys(after, line, key_of), _announced(line, after, hlc, leading, opened)
            yield HistoryRow(hlc, number, Kind.ANNOUNCED, keys, said)
            yield from _further_seals(after, line, hlc)
            opened = False
        elif old is not None and line.amendments > old.amendments:
            yield HistoryRow(hlc, number, Kind.AMENDED, line_keys(after, line, key_of), _measures(amended=1))
    yield from _sightings(before, after, hlc, opened)
    for told in after.controlled[len(before.controlled) if before else 0 :]:
        yield from _outcome(after, told.outcome, hlc, key_of)
    yield from late_rows(before, after, hlc, key_of)


def _told_already(before: Visit | None, line: Line) -> bool:
    """The declaration and the manifest of one transport document announce the box once."""
    if before is None or not line.document:
        return False
    return any(one.document == line.document and one.key != line.key for one in before.standing)


def line_number(visit: Visit, line: Line | None = None) -> int:
    """The stable number of a box line; of the visit itself where no consignment names the box."""
    return stable_key("line", visit.id, line.key if line else "")


def line_keys(visit: Visit, line: Line | None, key_of: KeyOf) -> Keys:
    """The keys of a box line, one per family; of a box that no consignment names, what its stowage tells.

    Returns:
        Keys for a vector or a history row; None where the messages do not say.
    """
    route = line.route if line else visit.plans[-1].stowed.route if visit.plans else None
    roles: dict[PartyRole, Party] = {}
    for party in line.parties if line else ():
        roles.setdefault(party.role, party)
    consignee = _party_key(roles.get(PartyRole.CONSIGNEE), key_of)
    consignor = _party_key(roles.get(PartyRole.CONSIGNOR), key_of)
    lane = (route.loading, route.unloading) if route and route.loading and route.unloading else None
    hs4 = _main_hs4(line.goods) if line else ""
    seals = [seal.number for seal in line.equipment.seals] if line and line.equipment else _plan_seals(visit)
    address = address_key(roles.get(PartyRole.CONSIGNEE), key_of)
    currency = value_per_tonne(line)[1] if line and lane and hs4 else ""
    mass = announced_mass_g(line) if consignor is not None else None
    return (  # in the order of FAMILIES
        consignee,
        consignor,
        None if consignor is None or consignee is None else stable_key("pair", consignor, consignee),
        _party_key(roles.get(PartyRole.NOTIFY), key_of),
        stable_key("lane", *lane) if lane else None,
        stable_key("lane_hs4", *lane, hs4) if lane and hs4 else None,
        stable_key("consignee_hs4", consignee, hs4) if consignee is not None and hs4 else None,
        container_key(visit.container),
        stable_key("seal", seals[0]) if seals else None,
        address,
        stable_key("address_trader", address, consignee) if address is not None and consignee is not None else None,
        stable_key("goods_value", *lane, hs4, currency) if lane and currency else None,
        None if consignor is None or mass is None else stable_key("consignor_vgm", consignor, mass),
        None if mass is None else consignor,
        *_LATER,
    )


def address_key(party: Party | None, key_of: KeyOf) -> int | None:
    """The pseudonym of an address, made as that of a party is; None where the street or the town is not told."""
    if party is None or not party.street.strip() or not (party.city.strip() or party.postcode.strip()):
        return None
    return key_of(Party(party.role, f"ADDRESS {party.street}", "", "", party.city, party.postcode, party.country))


def announced_mass_g(line: Line | None) -> int | None:
    """The verified gross mass of the box in grams, where the announcement itself tells it."""
    mass = line.equipment.vgm_g if line is not None and line.equipment is not None else None
    return mass if mass is not None and 0 < mass <= LARGEST_G else None


def value_per_tonne(line: Line) -> tuple[int, str]:
    """What a tonne of the goods in the box is worth by the line, in minor units, and the currency.

    Returns:
        0 and an empty text where an item has no value or mass, or two currencies are told: nothing is converted.
    """
    told = [item for item in line.goods if item.value_minor]
    if not told or len({item.currency for item in told}) > 1 or not told[0].currency:
        return 0, ""
    grams = sum([item.gross_g or 0 for item in told])
    if grams <= 0 or any(not item.gross_g for item in told):
        return 0, ""
    return min(sum([item.value_minor or 0 for item in told]) * 1_000_000 // grams, LARGEST_G), told[0].currency


def _party_key(party: Party | None, key_of: KeyOf) -> int | None:
    return None if party is None else key_of(party)


def _main_hs4(goods: tuple[GoodsItem, ...]) -> str:
    """The heading of the heaviest item that has one; the first of equals."""
    coded = [item for item in goods if len(item.hs) >= 4]
    if len(coded) == 1:
        return coded[0].hs[:4]
    return max(coded, key=lambda item: item.gross_g or 0).hs[:4] if coded else ""


def _plan_seals(visit: Visit) -> list[str]:
    return [seal.number for plan in visit.plans[-1:] for seal in plan.stowed.equipment.seals]


def _measures(**said: int) -> tuple[int, ...]:
    values = [0] * len(MEASURES)
    for name, value in said.items():
        values[_PLACES[name]] = value
    return tuple(values)


def _announced(line: Line, visit: Visit, hlc: int, leading: bool, opened: bool) -> tuple[int, ...]:
    gross = goods_gross_g(line)
    logarithm = log_weight(gross)
    said = [0] * len(MEASURES)
    said[_BOXES], said[_CONSIGNMENTS], said[_VISITS], said[_AT] = 1, int(leading), int(opened), hlc
    said[_GROSS], said[_LOG], said[_LOG_2] = gross, logarithm, logarithm * logarithm
    said[_PACKAGES] = sum([(item.packages or 0) // _shared_by(item, line) for item in line.goods])
    said[_BOX] = container_key(visit.container) or 0
    said[_WEIGHED] = int(opened and announced_mass_g(line) is not None)  # told later, it has a row of its own
    if line.equipment:
        for name, value in _equipment(line.equipment).items():
            said[_PLACES[name]] = value
    value = value_per_tonne(line)[0]
    if value:
        said[_LOG_V] = log_weight(value)
        said[_LOG_V_2] = said[_LOG_V] * said[_LOG_V]
    return tuple(said)


def goods_gross_g(line: Line) -> int:
    """Grams of the goods in the box: an item spread over several boxes counts in equal parts; 0 where not said."""
    told = sum([(item.gross_g or 0) // _shared_by(item, line) for item in line.goods])
    if told or line.equipment is None:
        return told
    return max(0, (line.equipment.gross_g or 0) - (line.equipment.tare_g or 0))


def _shared_by(item: GoodsItem, line: Line) -> int:
    return max(1, len(item.containers) if item.containers else line.boxes)


def _equipment(box: Equipment) -> dict[str, int]:
    thermal = len(box.size_type) == 4 and box.size_type[2] in _THERMAL
    return {
        "empties": int(box.empty is True),
        "reefers": int(thermal or box.setpoint_dc is not None),
        "size_type": size_number(box.size_type),
        "tare_g": box.tare_g or 0,
    }


def _further_seals(visit: Visit, line: Line, hlc: int) -> Iterator[HistoryRow]:
    """A line looks up its first seal only; the others are counted so that other boxes find them."""
    for seal in line.equipment.seals[1:] if line.equipment else ():
        yield _sealed(visit, seal.number, hlc)


def _sealed(visit: Visit, seal: str, hlc: int) -> HistoryRow:
    keys = tuple(stable_key("seal", seal) if family.name == "seal" else None for family in FAMILIES)
    number = stable_key("line", visit.id, "seal", seal)
    return HistoryRow(hlc, number, Kind.MOVED, keys, _measures(box=container_key(visit.container) or 0))


def _sightings(before: Visit | None, after: Visit, hlc: int, opened: bool) -> Iterator[HistoryRow]:
    """A first stowage plan states size, tare and seals; a movement may show a seal that nobody announced."""
    if not after.plans and not after.moves:
        return
    if after.plans and (before is None or not before.plans):
        stowed = after.plans[-1].stowed
        container = container_key(after.container)
        keys = tuple(container if family.name == "container" else None for family in FAMILIES)
        said = _measures(visits=int(opened), **_equipment(stowed.equipment))
        yield HistoryRow(hlc, line_number(after), Kind.MOVED, keys, said)
    planned = () if before is not None and before.plans is after.plans else after.plans
    shown = [seal.number for plan in planned for seal in plan.stowed.equipment.seals]
    shown += [seal.number for move in after.moves[len(before.moves) if before else 0 :] for seal in move.movement.seals]
    if not shown:
        return  # an entry only adds to moves: what they showed before is known
    seals = _known_seals(before)
    announced = {seal.number for line in after.lines if line.equipment for seal in line.equipment.seals}
    for number in dict.fromkeys(shown):
        if number not in seals and number not in announced:
            yield _sealed(after, number, hlc)


def _known_seals(visit: Visit | None) -> set[str]:
    if visit is None:
        return set()
    found = {seal.number for line in visit.lines if line.equipment for seal in line.equipment.seals}
    found |= {seal.number for plan in visit.plans for seal in plan.stowed.equipment.seals}
    return found | {seal.number for move in visit.moves for seal in move.movement.seals}


def _outcome(visit: Visit, told: Outcome, hlc: int, key_of: KeyOf) -> Iterator[HistoryRow]:
    """An outcome counts for every line of the box; a corrected one is taken back first."""
    found = told.found not in _NO_FIND
    said = _measures(inspected=1, found=int(found), irregular=int(told.found is Found.IRREGULARITY))
    for line in visit.standing or (None,):
        number = line_number(visit, line)
        if told.replaces is not None:
            yield HistoryRow(hlc, number, Kind.RETRACTED, target=told.replaces, of=Kind.OUTCOME)
        yield HistoryRow(hlc, number, Kind.OUTCOME, line_keys(visit, line, key_of), said)
