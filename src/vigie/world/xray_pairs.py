"""The same load before two scanners, with and without one more bag: what a comparison learns from and is judged by.

Seeds are the caller's; those of the splits `ports` and `reefer` belong to the benchmark alone.
"""

import msgspec

from vigie.world.xray import View, view
from vigie.world.xray_load import HiddenLot, Load, draw_load, places_in, rng
from vigie.world.xray_settings import xray_parameters

BAG = ("rip-off", "in-load", "top")
"""Where one bag is laid by somebody who opens a box on its way: behind the doors, in the load or on top of it."""
LIGHT, HEAVY = 10.0, 75.0
"""Kilograms of one to three bags. Source: issue 4 (10 to 25 kg, 25 to 75 kg)."""
BARE = 0.15
"""Share of loads without a benign dense block (own)."""
HOME = ("A", "C")
"""Scanner of arrival and of departure in four of five pairs; the others are drawn from all."""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures of one load.

    Attributes:
        load: Without a bag. later, earlier: Its pictures at arrival and departure.
        bagged: As `later`, each with one more lot.
        references: Further earlier pictures; of reefers others of its make, empty.
    """

    load: Load
    later: View
    earlier: View
    bagged: tuple[View, ...]
    references: tuple[View, ...] = ()


def draw_pair(seed: int, bags: int = 1, *, home: bool = False) -> Pair:
    """Draw a load and look at it twice.

    Args:
        seed: The same seed gives the same pair. bags: How many pictures with one more lot.
        home: Only the scanners `HOME`, always with blocks, lots as in the split `ports`.
    """
    chance = rng(seed, 77)
    load = draw_load(seed, hard=home or chance.random() >= BARE)
    arrival, departure = HOME
    if not home and chance.random() < 0.2:
        names = list(xray_parameters().scanners)
        arrival, departure = (str(one) for one in chance.choice(names, 2, replace=False))
    bagged = []
    for _ in range(bags):
        share = chance.random()
        near = home or chance.random() < 0.75
        low, high = (15.0, 34.0) if home or chance.random() < 0.5 else (LIGHT, HEAVY)
        lot = _lot(load, BAG if near else (), float(low * (high / low) ** share), int(chance.integers(2**31)))
        bagged.append(view(msgspec.structs.replace(load, hidden=(lot,)), arrival, 0))
    return Pair(load=load, later=view(load, arrival, 0), earlier=view(load, departure, 1), bagged=tuple(bagged))


def draw_unit_pair(seed: int, bags: int = 1, others: int = 1) -> Pair:
    """Draw a refrigerated box: its unit empty of other things, the same unit in an earlier picture, some of its make.

    Args:
        seed: The same seed gives the same pictures. bags: How many pictures with something in the unit.
        others: How many units of its make.
    """
    chance, given = rng(seed, 79), xray_parameters().threats.kg["reefer"]
    load = draw_load(seed, only="reefer")
    bagged = []
    for _ in range(bags):
        kg = float(given[0] * (given[1] / given[0]) ** chance.random())
        lot = HiddenLot("reefer", kg, int(chance.integers(2**31)))
        bagged.append(view(msgspec.structs.replace(load, hidden=(lot,)), "A", 0))
    return Pair(
        load=load, later=view(load, "A", 0), earlier=view(load.emptied(), "A", 7), bagged=tuple(bagged),
        references=tuple(view(load.other_unit(seed + 500_000 * (n + 1)), "A", 7) for n in range(others)),
    )  # fmt: skip


def _lot(load: Load, wanted: tuple[str, ...], kg: float, seed: int) -> HiddenLot:
    """A lot in one of the wanted places that the box offers; in any where none is wanted."""
    weights, chance = xray_parameters().threats.weights, rng(seed, 81)
    names = [name for name in places_in(load) if not wanted or name in wanted]
    shares = [weights[name] for name in names]
    return HiddenLot(names[int(chance.choice(len(names), p=[one / sum(shares) for one in shares]))], kg, seed)
