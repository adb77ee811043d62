"""What in an account of a seizure cannot be, and what is to be asked: grams typed as kilos, a place nobody knows."""

import re

from vigie.registry.seizure import Seized
from vigie.terms import BadIdentifier, Doubt, Locode, Moment, Place

HEAVIEST_BOX_G = 30_480_000
"""Largest gross mass of an ISO 668 series 1 container (30,480 kg): what one box can hold."""

HEAVIEST_CARRIED_G = 100_000
"""What a person carries in a bag or wears: 100 kg. Source: own; airlines lift no piece above 32 kg (IATA), two bags and
a margin."""

HEAVIEST_PACKAGE_G = 60_000
"""One package of a drug: bricks of 1 kg are packed into bales of 25 to 40 kg. Source: own, with a margin of a half."""

LIGHTEST_PACKAGE_G = 1
"""A package of less than a gram of a load of kilos: kilos typed as grams."""

_CARRIED = re.compile(
    r"\b(backpack|rucksack|suitcase|luggage|handbag|sports? bag|body|sac à dos|valise|bagage|corps|rugzak|koffer|"
    r"tas|lichaam|mochila|maleta|equipaje|cuerpo|mala|bagagem|corpo)\b", re.IGNORECASE
)  # fmt: skip


def seizure_faults(seized: Seized, now: Moment) -> tuple[Doubt, ...]:
    """Name what cannot be; an account with a fault is refused, with the field."""
    found = []
    if not seized.substances:
        found.append(_doubt("seizure-without-substance", "substance"))
    try:
        Locode.read(seized.place)
    except BadIdentifier:
        found.append(_doubt("seizure-place", "place"))
    if seized.at > now:
        found.append(_doubt("seizure-in-the-future", "at"))
    for one in seized.substances:
        if any(grams is not None and grams < 0 for grams in (one.net_g, one.gross_g)):
            found.append(_doubt("seizure-negative", "net"))
    if seized.cover_hs and not re.fullmatch(r"[0-9]{2,10}", seized.cover_hs):
        found.append(_doubt("seizure-hs", "cover_hs"))
    return tuple(found)


def seizure_questions(seized: Seized) -> tuple[Doubt, ...]:
    """Name what is to be asked before it counts; whoever has looked may answer that it is so."""
    found = []
    total = seized.grams or 0
    words = f"{seized.modus} {seized.note} {seized.cover}"
    if total > HEAVIEST_BOX_G:
        found.append(_doubt("seizure-heavier-than-a-box", "net", kg=total // 1000))
    elif total > HEAVIEST_CARRIED_G and not seized.container and _CARRIED.search(words):
        found.append(_doubt("seizure-heavier-than-carried", "net", kg=total // 1000))
    for one in seized.substances:
        grams = one.grams
        if one.net_g is not None and one.gross_g is not None and one.net_g > one.gross_g:
            found.append(_doubt("seizure-net-above-gross", "net"))
        if grams and one.packages and grams / one.packages > HEAVIEST_PACKAGE_G:
            found.append(_doubt("seizure-package-heavy", "net", kg=grams // one.packages // 1000))
        if grams and one.packages and grams < one.packages * LIGHTEST_PACKAGE_G:
            found.append(_doubt("seizure-package-light", "net"))
    return tuple(found)


def _doubt(code: str, field: str, **facts: int) -> Doubt:
    return Doubt(code, Place(path=field), dict(facts))
