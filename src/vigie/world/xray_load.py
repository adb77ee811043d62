"""One load in one box: everything that a scan of it depends on, and no pixel; any scanner can look at it again."""

from typing import TYPE_CHECKING

import msgspec

from vigie.world.xray_goods import TRAVELS
from vigie.world.xray_settings import XrayParameters, xray_parameters

if TYPE_CHECKING:
    from numpy.random import Generator


class HiddenLot(msgspec.Struct, frozen=True):
    """Bricks hidden in a box.

    Attributes:
        concealment: A name of `threats.weights`. kg: Mass of the bricks. seed: Fixes place and make of bags and bricks.
    """

    concealment: str
    kg: float
    seed: int


class Block(msgspec.Struct, frozen=True):
    """A dense thing that is no threat. place: As a concealment. kind: organic, water, mineral, metal. kg: Mass."""

    place: str
    kind: str
    kg: float
    seed: int


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """A box with what is in it.

    Attributes:
        seed: Fixes the goods, the shell and the clutter.
        size_type: ISO 6346 code. doors_first: Whether the picture begins at the doors.
        vehicle: What carries it: `none`, `chassis`, `cab`.
        commodity: A class of `xray_goods.DRAWN`. kg: Net mass of the goods.
        make, unit: Refrigerating unit (make from 0, and which one); -1 for dry boxes.
        cluttered: Whether things lie about.
        hidden: Lots. blocks: Dense things that are no threat.
    """

    seed: int
    size_type: str
    commodity: str
    kg: float
    doors_first: bool = True
    vehicle: str = "chassis"
    make: int = -1
    unit: int = -1
    cluttered: bool = True
    hidden: tuple[HiddenLot, ...] = ()
    blocks: tuple[Block, ...] = ()

    def cleaned(self) -> "Load":
        """The same load before anything was hidden; benign blocks stay."""
        return msgspec.structs.replace(self, hidden=())

    def emptied(self) -> "Load":
        """The same box and unit, empty."""
        return msgspec.structs.replace(self, commodity="empty", kg=0.0, cluttered=False, hidden=(), blocks=())

    def other_unit(self, unit: int) -> "Load":
        """The same make of unit on another box, empty: a reference of the make."""
        return msgspec.structs.replace(self.emptied(), unit=unit, seed=unit)


def rng(*names: int) -> "Generator":
    """A stream of draws that belongs to numbers; quick, and the same on every machine with the same numpy."""
    import numpy as np

    return np.random.Generator(np.random.SFC64(list(names)))


def draw_load(
    seed: int,
    *,
    positive: bool = False,
    hard: bool = False,
    only: str = "",
    makes: tuple[int, ...] = (),
    size_type: str = "",
    commodity: str = "",
) -> Load:
    """Draw a load.

    Args:
        seed: The same seed gives the same load.
        positive: Whether something is hidden. hard: Whether a load without threat holds benign dense blocks.
        only: `reefer` (refrigerated boxes, the threat in the unit), `bag` (one bag behind the doors, in the load or on
            top), or a concealment's name.
        makes: Makes of units to draw from; all but the held ones when empty.
        size_type, commodity: Where they are known.
    """
    given, chance = xray_parameters(), rng(seed, 1)
    code = size_type or ("45R1" if only == "reefer" else _box_for(given, commodity, chance))
    goods = commodity or _goods_for(given, code, chance)
    reefer = code[2] == "R"
    low, high = TRAVELS[goods][1]
    vehicles = given.boxes["vehicle"]
    assert isinstance(vehicles, dict)
    base = Load(
        seed=seed,
        size_type=code,
        commodity=goods,
        kg=float(chance.uniform(low, high)),
        doors_first=bool(chance.random() < float(given.boxes["doors_first"])),  # type: ignore[arg-type]
        vehicle=_pick(vehicles, chance),
        make=_make(given, makes, chance) if reefer else -1,
        unit=seed if reefer else -1,
        cluttered=bool(chance.random() < given.clutter.share),
    )
    if positive:
        blocks = _blocks(given, base, chance, 1) if hard and chance.random() < given.negatives.hard_positives else ()
        return msgspec.structs.replace(base, hidden=(_lot(given, base, only, chance),), blocks=blocks)
    return msgspec.structs.replace(base, blocks=_blocks(given, base, chance, given.negatives.blocks[0]) if hard else ())


def _box_for(given: XrayParameters, commodity: str, chance: "Generator") -> str:
    fit = TRAVELS[commodity][0] if commodity else tuple(given.boxes)
    return _pick(
        {
            code: share
            for code, share in given.boxes.items()
            if code in fit and isinstance(share, float) and code[0].isdigit()
        },
        chance,
    )


def _goods_for(given: XrayParameters, code: str, chance: "Generator") -> str:
    fit = {name: share for name, share in given.commodities.items() if code in TRAVELS[name][0]}
    return _pick(fit, chance)


def _make(given: XrayParameters, makes: tuple[int, ...], chance: "Generator") -> int:
    known = makes or tuple(range(given.reefers.makes - given.reefers.held_makes))
    return known[int(chance.integers(len(known)))]


def _pick(weights: dict[str, float], chance: "Generator") -> str:
    names, shares = list(weights), list(weights.values())
    return names[int(chance.choice(len(names), p=[share / sum(shares) for share in shares]))]


def places_in(load: Load) -> tuple[str, ...]:
    """Concealments that a box offers."""
    unfit = {"false-floor"} if load.size_type[2] == "R" else {"reefer"}
    if load.commodity == "empty":
        unfit |= {"in-boxes", "in-load", "top"}
    if load.commodity in ("logs", "timber", "scrap", "machines", "flexitank"):
        unfit |= {"in-boxes"}
    return tuple(name for name in xray_parameters().threats.weights if name not in unfit)


def _lot(given: XrayParameters, load: Load, only: str, chance: "Generator") -> HiddenLot:
    places = places_in(load)
    wanted = {"": places, "bag": tuple(p for p in places if p in ("rip-off", "in-load", "top"))}.get(only, (only,))
    place = _pick({name: given.threats.weights[name] for name in wanted}, chance)
    low, high = (15.0, 34.0) if only == "bag" else given.threats.kg[place]
    return HiddenLot(place, float(low * (high / low) ** chance.random()), int(chance.integers(2**31)))


def _blocks(given: XrayParameters, load: Load, chance: "Generator", least: int) -> tuple[Block, ...]:
    low, high = given.negatives.block_kg
    told = []
    for _ in range(int(chance.integers(least, given.negatives.blocks[1] + 1))):
        place = _pick({name: given.threats.weights[name] for name in places_in(load)}, chance)
        most = min(high, given.threats.kg[place][1])
        told.append(
            Block(
                place,
                _pick(given.negatives.block_kinds, chance),
                float(low * (most / low) ** chance.random()),
                int(chance.integers(2**31)),
            )
        )
    return tuple(told)


CROWD = (2, 4)
"""Threats of a crowded load; each lies in a place of its own (own)."""
EVEN = 0.05
"""Share that is added to how often each place is drawn, so that rare ones are learnt, too (own)."""
FEW_BLOCKS = 0.4
"""Share of crowded loads with at most one harmless block (own)."""


def crowded(seed: int) -> Load:
    """Draw a load for lessons: several threats at once, harmless blocks beside them. `cleaned` is the same without.

    A picture costs a tenth of a second, whether it holds one threat or four.
    """
    given, chance = xray_parameters(), rng(seed, 61)
    load = draw_load(seed, hard=True)
    places = places_in(load)
    often = [given.threats.weights[place] + EVEN for place in places]
    many = min(len(places), int(chance.integers(CROWD[0], CROWD[1] + 1)))
    drawn = chance.choice(places, many, replace=False, p=[share / sum(often) for share in often])
    lots = []
    for place in map(str, drawn):
        low, high = given.threats.kg[place]
        lots.append(HiddenLot(place, float(low * (high / low) ** chance.random()), int(chance.integers(2**31))))
    few = int(chance.integers(0, 2)) if chance.random() < FEW_BLOCKS else len(load.blocks)
    return msgspec.structs.replace(load, hidden=tuple(lots), blocks=load.blocks[:few])
