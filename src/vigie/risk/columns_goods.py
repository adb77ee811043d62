"""Columns about what is in the box: goods, packages, masses; and what the box should weigh."""

from collections.abc import Iterable

from vigie.arrivals import Equipment, GoodsItem, Level, Quantity
from vigie.risk.columns_declared import DOCUMENTS, Origin, Unit, count, flag, grams, hours, moment, text
from vigie.risk.columns_seen import Seen
from vigie.risk.columns_tables import (
    CHEMICAL_CARRIERS,
    COVER_LOADS,
    FILLERS,
    VAGUE_WORDS,
    longest_match,
    usual_tare_g,
)
from vigie.risk.history import goods_gross_g
from vigie.risk.language_python import Value
from vigie.terms import HOUR, LARGEST_G, Moment, log_weight, plain_name
from vigie.tracking import Line

_MEASURED = (Origin.LINE, Origin.PLAN, Origin.MEASURED)
_LONGEST = 400  # characters of goods text kept for searching
_MOST_TOLD = 8  # descriptions that are looked at

DECLARED = (
    text("hs2"), text("hs4"), text("hs6"), count("headings"), text("goods_text"),
    count("goods_text_length", unit=Unit.CHARACTER), flag("goods_vague"), text("cover_load"), text("chemical_carrier"),
    count("packages"), count("containers"), flag("dangerous", *DOCUMENTS),
    grams("goods_gross_g"), count("goods_log_w", unit=Unit.NONE), grams("master_gross_g"), grams("houses_gross_g"),
    flag("headings_disagree"),
    grams("tare_g", *DOCUMENTS), flag("tare_stated", *DOCUMENTS), grams("vgm_g", *_MEASURED),
    text("vgm_method", *_MEASURED), moment("vgm_at", *_MEASURED), hours("vgm_lead_h", *_MEASURED, Origin.MOVE),
    flag("vgm_round", *_MEASURED), grams("plan_gross_g", Origin.PLAN),
    grams("weighed_g", Origin.MOVE, Origin.MEASURED, events=("GTIN", "LOAD", "DISC", "GTOT", "PICK", "DROP")),
)  # fmt: skip

_ROUND_G = 1_000_000  # a verified mass of whole tonnes: scales of container terminals show 10 or 20 kg steps (OIML R76)


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`."""
    return (*_goods(seen), *_weights(seen))


def _goods(seen: Seen) -> tuple[Value, ...]:
    if seen.line is None:
        return (None,) * 11 + (_dangerous(seen.boxes), None, None, None, None, None)
    lines = seen.goods_lines
    items = [item for line in lines for item in line.goods]
    coded = [item for item in items if len(item.hs) >= 2]
    hs = max(coded, key=_gross).hs if coded else ""
    told = [item.description for item in items if item.description.strip()]
    names = [plain_name(each[:_LONGEST]) for each in told[:_MOST_TOLD]]
    folded = " / ".join(names)[:_LONGEST]
    gross = sum([goods_gross_g(line) for line in lines])
    return (
        hs[:2] or None, hs[:4] if len(hs) >= 4 else None, hs[:6] if len(hs) >= 6 else None,
        len({item.hs[:4] for item in coded if len(item.hs) >= 4}), folded or None, len(folded),
        all(map(_vague, names)) if names else None,
        longest_match(hs, COVER_LOADS), longest_match(hs, CHEMICAL_CARRIERS),
        _packages(lines), max([line.boxes for line in lines]), _dangerous(seen.boxes),
        _mass(gross) if gross else None, log_weight(gross) if 0 < gross <= LARGEST_G else None,
        *_levels(seen.lines), _headings_disagree(seen.lines),
    )  # fmt: skip


def _gross(item: GoodsItem) -> int:
    return item.gross_g or 0


def _vague(plain: str) -> bool:
    """Whether a folded description names no goods: a stop word alone, or fillers and numbers around one."""
    if plain in VAGUE_WORDS or len(plain) < 3:
        return True
    left = " ".join([word for word in plain.split() if word not in FILLERS and not word.isdigit()])
    return not left or left in VAGUE_WORDS


def _packages(lines: tuple[Line, ...]) -> int | None:
    told = [(item.packages, item, line) for line in lines for item in line.goods if item.packages is not None]
    if not told:
        return None
    total = sum([many // max(1, len(item.containers) if item.containers else line.boxes) for many, item, line in told])
    return total if total <= 1_000_000_000 else None


def _dangerous(boxes: tuple[Equipment, ...]) -> bool | None:
    return any(box.dangerous for box in boxes) if boxes else None


def _levels(lines: tuple[Line, ...]) -> tuple[int | None, int | None]:
    """What the master bill and what its house bills say the goods weigh; both only where both exist."""
    if len(lines) == 1 and lines[0].level is Level.STRAIGHT:
        return None, None
    masters = [goods_gross_g(line) for line in lines if line.level is Level.MASTER]
    houses = [goods_gross_g(line) for line in lines if line.level is Level.HOUSE]
    return _mass(sum(masters)) if any(masters) else None, _mass(sum(houses)) if any(houses) else None


def _headings_disagree(lines: tuple[Line, ...]) -> bool:
    """Whether two documents of one transport document number name goods of no common chapter."""
    told: dict[str, set[str]] = {}
    for line in lines if len(lines) > 1 else ():
        chapters = {item.hs[:2] for item in line.goods if len(item.hs) >= 2}
        if line.document and chapters and not told.setdefault(line.document, chapters) & chapters:
            return True
    return False


def _mass(value: int | None) -> int | None:
    """A mass that a column may hold; what is heavier than any ship's cargo is unknown."""
    return value if value is not None and 0 < value <= LARGEST_G else None


def _first_mass(values: Iterable[int | None]) -> int | None:
    for value in values:
        if value is not None and 0 < value <= LARGEST_G:
            return value
    return None


def _weights(seen: Seen) -> tuple[Value, ...]:
    boxes = seen.boxes
    stated = _first_mass([box.tare_g for box in boxes])
    vgm, method, at = _verified(seen)
    lead = (seen.loaded_at - at) // HOUR if at is not None and seen.loaded_at is not None else None
    return (
        stated if stated is not None else usual_tare_g(seen.size_type), None if not boxes else stated is not None,
        vgm, method or None, at, lead, None if vgm is None else vgm % _ROUND_G == 0,
        _mass(seen.plan.stowed.equipment.gross_g) if seen.plan is not None else None, _weighed(seen),
    )  # fmt: skip


def _verified(seen: Seen) -> tuple[int | None, str, Moment | None]:
    """The latest verified gross mass, its method and its moment: measured, else as documents and plans give it."""
    told = [each.measurement for each in seen.visit.measured if each.measurement.quantity is Quantity.VGM]
    for one in reversed(told):
        if _mass(one.value) is not None:
            return one.value, one.method, one.at
    for box in seen.boxes:
        if _mass(box.vgm_g) is not None:
            return box.vgm_g, box.vgm_method, box.vgm_at
    return None, "", None


def _weighed(seen: Seen) -> int | None:
    """The latest weight seen at a gate, crane or weighbridge after loading."""
    told = [(each.hlc, each.measurement.value) for each in seen.visit.measured
            if each.measurement.quantity is Quantity.GROSS]
    if seen.events:
        told += [(move.hlc, move.movement.gross_g or 0) for moves in seen.events.values() for move in moves
                 if move.movement.gross_g is not None and not move.movement.empty]
    return _mass(max(told)[1]) if told else None


