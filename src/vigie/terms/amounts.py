"""Amounts: integers in the smallest unit, so that sums are the same in any order on any engine."""

from decimal import Decimal, InvalidOperation
from math import log2

from vigie.terms.errors import BadAmount

GRAMS_PER_KG = 1000
LARGEST_G = 1_000_000_000_000  # one million tonnes: heavier than any ship's whole cargo

_GRAMS = {
    "KGM": Decimal(1000),
    "KG": Decimal(1000),
    "KGS": Decimal(1000),
    "TNE": Decimal(1_000_000),
    "GRM": Decimal(1),
    "G": Decimal(1),
    "LBR": Decimal("453.59237"),
    "LBS": Decimal("453.59237"),
}


def read_grams(raw: str, unit: str = "KGM") -> int:
    """Read a mass as messages write it and turn it into grams.

    Args:
        raw: Digits with a point or a comma as decimal mark.
        unit: UN/ECE Recommendation 20 code: KGM, TNE, GRM or LBR (and KG, KGS, G, LBS as people write them).

    Raises:
        BadAmount: Not a number, negative, unknown unit, or more than a million tonnes.
    """
    factor = _GRAMS.get(unit.strip().upper())
    try:
        value = Decimal(raw.strip().replace(",", "."))
    except InvalidOperation:
        raise BadAmount(reason="not a number", length=len(raw)) from None
    if factor is None:
        raise BadAmount(reason="unknown unit", unit=unit[:3])
    if not value.is_finite() or value < 0 or value.adjusted() > 15 or value * factor > LARGEST_G:
        raise BadAmount(reason="out of range")
    return int((value * factor).to_integral_value())


def log_weight(grams: int) -> int:
    """Put a mass on a whole-number logarithmic scale: round(log2(kg) * 1024); 0 below one kilogram.

    Source: the declared measure `log_w` of the feature engine; fixed once at ingest, so all engines agree.
    """
    return round(log2(grams / GRAMS_PER_KG) * 1024) if grams >= GRAMS_PER_KG else 0


def tonnes(grams: int) -> float:
    """Turn grams into tonnes, for showing only."""
    return grams / 1_000_000
