"""The classes of goods of the simulated scans: how each is packed, in variants, and into which boxes it goes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from vigie.world.xray_bulk import bales, flexitank, furniture, logs, machines, scrap, timber
from vigie.world.xray_canvas import Canvas
from vigie.world.xray_stacks import Pack, Room, stack

if TYPE_CHECKING:
    from numpy.random import Generator

Drawn = Callable[[Canvas, Room, "Generator"], None]

TRAVELS: dict[str, tuple[tuple[str, ...], tuple[int, int]]] = {
    "fruit-cartons": (("45R1",), (17_000, 23_500)),
    "frozen-cartons": (("45R1",), (20_000, 27_000)),
    "drums": (("45R1", "22G1"), (15_000, 23_000)),
    "sacks": (("22G1", "42G1"), (17_000, 26_000)),
    "big-bags": (("22G1",), (18_000, 25_000)),
    "logs": (("42G1", "22G1"), (20_000, 27_000)),
    "timber": (("42G1", "45G1"), (20_000, 27_000)),
    "scrap": (("22G1",), (20_000, 27_000)),
    "bales": (("42G1", "45G1"), (20_000, 26_000)),
    "flexitank": (("22G1",), (20_000, 24_500)),
    "machines": (("22G1", "42G1", "45G1"), (6_000, 20_000)),
    "furniture": (("45G1", "42G1"), (5_000, 11_000)),
    "textiles": (("45G1", "42G1"), (7_000, 13_000)),
    "tyres": (("45G1", "42G1"), (11_000, 17_000)),
    "electronics": (("45G1", "42G1"), (8_000, 14_000)),
    "tiles": (("22G1",), (22_000, 27_000)),
    "bottles": (("22G1", "42G1"), (15_000, 24_000)),
    "empty": (("22G1", "42G1", "45G1", "45R1"), (0, 0)),
}
"""Class to the boxes it travels in and its net mass in kg (from, to); own, from the masses of `goods.py`."""

CLASS_OF = {
    "banana": "fruit-cartons",
    "melon": "fruit-cartons",
    "pineapple": "fruit-cartons",
    "mango": "fruit-cartons",
    "avocado": "fruit-cartons",
    "pulp": "drums",
    "juice": "drums",
    "limejuice": "drums",
    "poultry": "frozen-cartons",
    "squid": "frozen-cartons",
    "shrimp": "frozen-cartons",
    "coffee": "sacks",
    "soluble": "textiles",
    "cocoa": "sacks",
    "sugar": "sacks",
    "peanuts": "big-bags",
    "logs": "logs",
    "timber": "timber",
    "scrap": "scrap",
    "pulpwood": "bales",
    "molasses": "flexitank",
    "fertiliser": "big-bags",
    "charcoal": "sacks",
    "cement": "sacks",
    "machines": "machines",
    "furniture": "furniture",
    "tyres": "tyres",
    "electronics": "electronics",
    "textiles": "textiles",
    "ceramics": "tiles",
}
"""Goods of the simulated world (`goods.GOODS`) to the class their scan is drawn by."""


def _packed(chance: "Generator", *packs: Pack) -> Pack:
    return packs[int(chance.integers(len(packs)))]


def _fruit(canvas: Canvas, room: Room, chance: "Generator") -> None:
    high = float(chance.uniform(0.82, 0.95))
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack("fruit", (500, 240, 390), 0.42, pallet=1010, high=high, gap=3, spread=0.05),
            Pack("fruit", (400, 200, 300), 0.45, pallet=1210, high=high, gap=3, spread=0.05),
            Pack("fruit", (400, 110, 300), 0.40, pallet=1200, high=high, gap=2, spread=0.07),
            Pack("fruit", (590, 170, 390), 0.38, pallet=1200, high=high, gap=8, spread=0.09),
        ),
        chance,
    )


def _frozen(canvas: Canvas, room: Room, chance: "Generator") -> None:
    high = float(chance.uniform(0.7, 0.92))
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack("meat", (600, 150, 400), 0.62, high=high, gap=2, spread=0.03),
            Pack("meat", (400, 120, 300), 0.70, high=high, gap=2, spread=0.03, bond=True),
            Pack("meat", (500, 170, 330), 0.60, high=high, gap=4, pallet=1010, spread=0.04),
        ),
        chance,
    )


def _drums(canvas: Canvas, room: Room, chance: "Generator") -> None:
    pallets = float(chance.choice([0, 1200]))
    stack(
        canvas,
        room,
        Pack(
            "fruit",
            (585, 860, 585),
            0.98,
            ("round", "box"),
            gap=10,
            pallet=pallets,
            high=0.88,
            spread=0.03,
            wrap=("steel", 1.1),
            ragged=0.02,
        ),
        chance,
    )


def _sacks(canvas: Canvas, room: Room, chance: "Generator") -> None:
    high = float(chance.uniform(0.5, 0.85))
    pillow = ("pillow", "pillow")
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack("dry-goods", (750, 210, 500), 0.66, pillow, gap=2, high=high, bond=True, spread=0.05),
            Pack("dry-goods", (600, 150, 400), 0.75, pillow, gap=4, high=high, bond=True, spread=0.04),
            Pack("dry-goods", (580, 130, 400), 0.72, pillow, gap=6, high=high, bond=True, pallet=1200, spread=0.04),
            Pack("charcoal", (480, 170, 330), 0.30, pillow, gap=8, high=0.93, spread=0.10),
        ),
        chance,
    )


def _big_bags(canvas: Canvas, room: Room, chance: "Generator") -> None:
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack(
                "dry-goods", (970, 1020, 1000), 0.68, ("pillow", "pillow"), gap=25, high=0.97, spread=0.05, ragged=0.05
            ),
            Pack(
                "salts",
                (930, 900, 950),
                0.95,
                ("pillow", "pillow"),
                gap=40,
                high=0.9,
                pallet=1010,
                spread=0.05,
                ragged=0.1,
            ),
        ),
        chance,
    )


def _textiles(canvas: Canvas, room: Room, chance: "Generator") -> None:
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack("textile", (600, 400, 400), 0.24, gap=6, high=0.95, spread=0.14),
            Pack("paper", (390, 300, 290), 0.30, gap=5, high=0.92, pallet=1200, spread=0.08),
            Pack("textile", (520, 350, 600), 0.20, gap=10, high=0.9, spread=0.2, shape=("pillow", "pillow")),
        ),
        chance,
    )


def _tyres(canvas: Canvas, room: Room, chance: "Generator") -> None:
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack("rubber", (1040, 290, 1040), 0.42, ("ring", "pillow"), gap=15, high=0.96, spread=0.03, ragged=0.2),
            Pack("rubber", (650, 210, 650), 0.34, ("ring", "pillow"), gap=8, high=0.96, spread=0.04, ragged=0.2),
        ),
        chance,
    )


def _electronics(canvas: Canvas, room: Room, chance: "Generator") -> None:
    length = float(chance.uniform(900, 1400))
    pack = Pack("paper", (length, 700, 160), 0.10, gap=10, high=0.95, spread=0.02, ragged=0.1)
    state = chance.bit_generator.state
    stack(canvas, room, pack, chance)
    chance.bit_generator.state = state  # the set stands in the carton that was just drawn
    inner = Pack("glass", (length, 700, 160), 0.10, ("pillow", "pillow"), gap=10, high=0.95, spread=0.02, ragged=0.1)
    stack(canvas, room, inner, chance)


def _tiles(canvas: Canvas, room: Room, chance: "Generator") -> None:
    stack(
        canvas,
        room,
        _packed(
            chance,
            Pack("ceramic", (330, 300, 330), 1.75, gap=5, pallet=1010, high=0.36, spread=0.02, ragged=0.2),
            Pack("ceramic", (605, 610, 120), 1.80, gap=8, pallet=1230, high=0.38, spread=0.02, ragged=0.1),
        ),
        chance,
    )


def _bottles(canvas: Canvas, room: Room, chance: "Generator") -> None:
    pallet = 1200.0
    high = float(chance.uniform(0.6, 0.85))
    chosen = Pack(
        "water",
        (80, 215, 80),
        0.72,
        ("round", "box"),
        gap=4,
        pallet=pallet,
        high=high,
        spread=0.01,
        wrap=("glass", 2.5),
        ragged=0.0,
    )
    tall = Pack(
        "glass", (80, 215, 80), 0.22, ("round", "box"), gap=4, pallet=pallet, high=high, spread=0.01, ragged=0.0
    )
    stack(canvas, room, _packed(chance, chosen, chosen, tall), chance)


def _empty(canvas: Canvas, room: Room, chance: "Generator") -> None:
    """Nothing."""


DRAWN: dict[str, Drawn] = {
    "fruit-cartons": _fruit,
    "frozen-cartons": _frozen,
    "drums": _drums,
    "sacks": _sacks,
    "big-bags": _big_bags,
    "logs": logs,
    "timber": timber,
    "scrap": scrap,
    "bales": bales,
    "flexitank": flexitank,
    "machines": machines,
    "furniture": furniture,
    "textiles": _textiles,
    "tyres": _tyres,
    "electronics": _electronics,
    "tiles": _tiles,
    "bottles": _bottles,
    "empty": _empty,
}
