"""Goods: what travels from which country, in which box, how heavy; the cover loads that sources name are among them.

Source: cover loads and their Harmonized System codes by reference/trade.md and HS 2022 (PDDL); shares per country are
our own derivation, no public table was found.
"""

from dataclasses import dataclass
from functools import cache

from vigie.world.chance import Choice
from vigie.world.parameters import (
    BANANA_CARTONS,
    BANANA_SETPOINT_DC,
    BANANA_VGM_KG,
    BANANA_VGM_SD_KG,
    MELON_SETPOINT_DC,
    MELON_VGM_KG,
    REEFER_WEIGHT,
    TARE_KG,
    WEIGHT_SPREAD,
)


@dataclass(frozen=True, slots=True)
class Goods:
    """A kind of goods.

    Attributes:
        key: Name inside the world. hs: Harmonized System code. text: As bills word it.
        size_type: Box it travels in (ISO 6346). setpoint_dc: Set temperature, None for dry goods.
        cargo_kg: Mean gross mass of the goods in one box. sd_kg: Its spread.
        packages: Packages in one box. kind: UN/ECE Recommendation 21 code. value_kg: Value in US cents per kilogram.
    """

    key: str
    hs: str
    text: str
    size_type: str
    setpoint_dc: int | None
    cargo_kg: int
    sd_kg: float
    packages: int
    kind: str
    value_kg: int


def _reefer(key: str, hs: str, text: str, setpoint: int, cargo: int, packages: int, value: int) -> Goods:
    return Goods(key, hs, text, "45R1", setpoint, cargo, cargo * WEIGHT_SPREAD.value, packages, "CT", value)


def _dry(key: str, hs: str, text: str, box: str, cargo: int, packages: int, kind: str, value: int) -> Goods:
    return Goods(key, hs, text, box, None, cargo, cargo * WEIGHT_SPREAD.value, packages, kind, value)


_TARE = TARE_KG.value["45R1"]
GOODS = {
    goods.key: goods
    for goods in (
        Goods("banana", "080390", "FRESH BANANAS CAVENDISH IN CARTONS", "45R1", BANANA_SETPOINT_DC.value,
              BANANA_VGM_KG.value - _TARE, BANANA_VGM_SD_KG.value, BANANA_CARTONS.value, "CT", 55),
        Goods("melon", "080719", "FRESH MELONS IN CARTONS", "45R1", MELON_SETPOINT_DC.value,
              sum(MELON_VGM_KG.value) // 2 - _TARE, (MELON_VGM_KG.value[1] - MELON_VGM_KG.value[0]) / 3.3, 1_600, "CT",
              70),
        _reefer("pineapple", "080430", "FRESH PINEAPPLES MD2", 75, 20_200, 1_500, 65),
        _reefer("mango", "080450", "FRESH MANGOES IN CARTONS", 90, 21_500, 5_280, 120),
        _reefer("avocado", "080440", "FRESH AVOCADOS HASS", 55, 22_200, 5_280, 210),
        _reefer("pulp", "200899", "FROZEN FRUIT PULP IN DRUMS", -180, 23_800, 1_100, 160),
        _reefer("juice", "200911", "FROZEN CONCENTRATED ORANGE JUICE", -180, 22_900, 84, 190),
        _reefer("limejuice", "200931", "LIME JUICE NOT CONCENTRATED", 20, 22_100, 90, 170),
        _reefer("poultry", "020714", "FROZEN CHICKEN CUTS", -180, 25_600, 1_700, 210),
        _reefer("squid", "030743", "FROZEN SQUID", -180, 24_400, 1_220, 320),
        _reefer("shrimp", "030617", "FROZEN SHRIMPS AND PRAWNS", -200, 22_000, 1_800, 640),
        _dry("coffee", "090111", "GREEN COFFEE IN BAGS", "22G1", 19_400, 320, "BG", 390),
        _dry("soluble", "210111", "SOLUBLE COFFEE IN CARTONS", "42G1", 13_200, 900, "CT", 900),
        _dry("cocoa", "180100", "COCOA BEANS IN BAGS", "22G1", 20_100, 310, "BG", 520),
        _dry("sugar", "170114", "RAW CANE SUGAR IN BAGS", "22G1", 26_100, 520, "BG", 48),
        _dry("peanuts", "120242", "SHELLED GROUNDNUTS IN BIG BAGS", "22G1", 20_800, 20, "BG", 140),
        _dry("logs", "440349", "TROPICAL WOOD IN THE ROUGH", "42G1", 25_700, 60, "PK", 45),
        _dry("timber", "440729", "SAWN TROPICAL TIMBER", "42G1", 24_800, 24, "PK", 85),
        _dry("scrap", "720449", "FERROUS WASTE AND SCRAP", "22G1", 25_900, 1, "VO", 32),
        _dry("pulpwood", "470329", "BLEACHED EUCALYPTUS WOOD PULP IN BALES", "42G1", 25_200, 100, "BL", 60),
        _dry("molasses", "170310", "CANE MOLASSES IN FLEXITANK", "22G1", 23_900, 1, "VL", 25),
        _dry("fertiliser", "310520", "FERTILISERS NPK IN BIG BAGS", "22G1", 24_700, 24, "BG", 42),
        _dry("charcoal", "440290", "WOOD CHARCOAL IN BAGS", "42G1", 17_900, 1_700, "BG", 60),
        _dry("cement", "252329", "PORTLAND CEMENT IN BAGS", "22G1", 26_200, 520, "BG", 11),
        _dry("machines", "843149", "PARTS OF EARTH MOVING MACHINES", "22G1", 14_300, 40, "PK", 780),
        _dry("furniture", "940360", "WOODEN FURNITURE", "45G1", 9_200, 420, "CT", 340),
        _dry("tyres", "401120", "NEW PNEUMATIC TYRES FOR LORRIES", "45G1", 14_800, 260, "PK", 360),
        _dry("electronics", "852872", "TELEVISION RECEIVERS", "45G1", 11_400, 980, "CT", 1_450),
        _dry("textiles", "620342", "COTTON TROUSERS FOR MEN", "45G1", 10_300, 900, "CT", 1_700),
        _dry("ceramics", "690721", "CERAMIC TILES ON PALLETS", "22G1", 25_400, 24, "PX", 45),
    )
}

VAGUE = ("GENERAL CARGO", "SAID TO CONTAIN FOODSTUFF", "CONSOLIDATED CARGO", "VARIOUS GOODS", "PRODUCTS", "FAK")
"""Texts that say nothing; logisoft.io and carriers' lists of refused descriptions name their like."""

_SHARES: dict[str, dict[str, float]] = {
    "EC": {"banana": 62, "shrimp": 14, "cocoa": 12, "pineapple": 4, "soluble": 3, "timber": 3, "pulp": 2},
    "CO": {"banana": 50, "coffee": 22, "avocado": 10, "mango": 3, "sugar": 5, "scrap": 4, "pulp": 4, "charcoal": 2},
    "CR": {"banana": 48, "pineapple": 40, "melon": 6, "juice": 2, "pulp": 4},
    "PA": {"banana": 40, "pineapple": 14, "melon": 14, "scrap": 14, "timber": 10, "tyres": 8},
    "BR": {"coffee": 18, "juice": 9, "poultry": 14, "sugar": 8, "pulpwood": 12, "mango": 6, "melon": 7, "timber": 7,
           "soluble": 3, "peanuts": 5, "machines": 5, "fertiliser": 1, "ceramics": 5},
    "PE": {"avocado": 30, "mango": 16, "coffee": 18, "banana": 14, "squid": 12, "cocoa": 10},
    "UY": {"pulpwood": 40, "poultry": 12, "timber": 28, "sugar": 6, "furniture": 14},
    "AR": {"peanuts": 40, "limejuice": 14, "squid": 18, "timber": 12, "sugar": 4, "machines": 12},
    "PY": {"charcoal": 34, "sugar": 18, "timber": 16, "poultry": 14, "peanuts": 18},
    "DO": {"banana": 58, "cocoa": 22, "avocado": 14, "molasses": 6},
    "SR": {"logs": 44, "timber": 30, "banana": 14, "scrap": 12},
    "MA": {"furniture": 20, "textiles": 34, "fertiliser": 20, "squid": 14, "limejuice": 12},
    "TR": {"tyres": 26, "ceramics": 24, "textiles": 24, "machines": 14, "cement": 12},
    "PT": {"ceramics": 26, "furniture": 22, "pulpwood": 30, "tyres": 12, "textiles": 10},
    "CN": {"electronics": 36, "furniture": 24, "textiles": 22, "tyres": 8, "machines": 10},
    "SG": {"electronics": 52, "machines": 30, "furniture": 18},
    "US": {"machines": 32, "peanuts": 18, "pulpwood": 22, "electronics": 14, "scrap": 14},
    "IN": {"textiles": 36, "coffee": 12, "ceramics": 22, "machines": 14, "sugar": 16},
    "EG": {"textiles": 30, "fertiliser": 22, "ceramics": 26, "mango": 22},
    "CI": {"cocoa": 62, "banana": 14, "timber": 12, "coffee": 12},
    "GH": {"cocoa": 52, "pineapple": 18, "timber": 18, "mango": 12},
}


def goods_weights(country: str) -> dict[str, float]:
    """What a country sends, by weight of its shippers; fresh and frozen goods thinned to the published share."""
    return {
        key: share * (1.0 if GOODS[key].setpoint_dc is None else REEFER_WEIGHT.value)
        for key, share in _SHARES[country].items()
    }


@cache
def goods_of(country: str) -> Choice[Goods]:
    """What a country sends, to draw from."""
    shares = goods_weights(country)
    return Choice([GOODS[key] for key in shares], list(shares.values()))


@cache
def unusual_for(country: str) -> Choice[Goods]:
    """Goods that a country does not send as a rule, in the same two families of box."""
    rest = [goods for key, goods in GOODS.items() if key not in _SHARES[country] and key != "banana"]
    return Choice(rest, [1.0] * len(rest))
