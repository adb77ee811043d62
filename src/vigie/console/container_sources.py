"""What each source says about one box, side by side, and where they differ."""

from collections import Counter
from dataclasses import dataclass

from vigie.arrivals import Equipment, Quantity
from vigie.terms import GRAMS_PER_KG, Moment
from vigie.tracking import Visit

COLUMNS = ("size_type", "empty", "gross_kg", "tare_kg", "vgm_kg", "seals", "loading", "unloading", "vessel", "voyage")


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    Attributes:
        kind: `document`, `plan`, `event`, `measurement`. form: Message or event code. name: Its number or place.
        hlc: Log entry. says: Column to value, as text; empty means the source does not say.
        odd: Columns in which it stands against most of the others.
    """

    kind: str
    form: str
    name: str
    hlc: Moment
    says: dict[str, str]
    odd: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources. columns: Those any source fills. differing: Columns in which the sources disagree."""

    rows: tuple[Source, ...]
    columns: tuple[str, ...]
    differing: frozenset[str]


def _kg(grams: int | None) -> str:
    return "" if grams is None else f"{grams / GRAMS_PER_KG:.0f}"


def _box(box: Equipment | None) -> dict[str, str]:
    if box is None:
        return {}
    return {
        "size_type": box.size_type,
        "empty": "" if box.empty is None else ("empty" if box.empty else "full"),
        "gross_kg": _kg(box.gross_g),
        "tare_kg": _kg(box.tare_g),
        "vgm_kg": _kg(box.vgm_g),
        "seals": ", ".join(sorted(seal.number for seal in box.seals)),
    }


def told(visit: Visit) -> list[Source]:
    """Every source of a visit, in the order the node learned of them."""
    found = [
        Source(
            "document", line.form, line.document or line.mrn or str(line.consignment), line.latest,
            _box(line.equipment)
            | {"loading": line.route.loading, "unloading": line.route.unloading,
               "vessel": line.call.name or line.call.imo, "voyage": line.call.voyage},
        )
        for line in visit.standing
    ]
    found += [
        Source(
            "plan", plan.stowed.form, plan.stowed.equipment.stow, plan.hlc,
            _box(plan.stowed.equipment)
            | {"loading": plan.stowed.route.loading, "unloading": plan.stowed.route.unloading,
               "vessel": plan.stowed.call.name or plan.stowed.call.imo, "voyage": plan.stowed.call.voyage},
        )
        for plan in visit.plans
    ]
    found += [
        Source(
            "event", move.movement.code, move.movement.place, move.hlc,
            {"size_type": move.movement.size_type, "gross_kg": _kg(move.movement.gross_g),
             "empty": "" if move.movement.empty is None else ("empty" if move.movement.empty else "full"),
             "seals": ", ".join(sorted(seal.number for seal in move.movement.seals))},
        )
        for move in visit.moves
        if move.retracted is None and (move.movement.seals or move.movement.gross_g is not None)
    ]
    columns = {Quantity.VGM: "vgm_kg", Quantity.GROSS: "gross_kg", Quantity.TARE: "tare_kg"}
    found += [
        Source("measurement", str(one.measurement.quantity), one.measurement.method or one.measurement.place, one.hlc,
               {columns[one.measurement.quantity]: _kg(one.measurement.value)})
        for one in visit.measured
        if one.measurement.quantity in columns
    ]
    return sorted(found, key=lambda source: source.hlc)


def side_by_side(visit: Visit) -> Sources:
    """Compare what the sources say; a value that most others do not share is odd, and so is each of two that differ."""
    rows = told(visit)
    values = {column: Counter(row.says[column] for row in rows if row.says.get(column)) for column in COLUMNS}
    differing = frozenset(column for column, counted in values.items() if len(counted) > 1)
    marked = []
    for row in rows:
        odd = set()
        for column in differing:
            most = max(values[column].values())
            alone = sum(1 for count in values[column].values() if count == most) == 1
            said = row.says.get(column)
            if said and not (alone and values[column][said] == most):
                odd.add(column)
        marked.append(Source(row.kind, row.form, row.name, row.hlc, row.says, frozenset(odd)))
    return Sources(tuple(marked), tuple(column for column in COLUMNS if values[column]), differing)
