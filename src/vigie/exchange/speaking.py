"""What a thing speaks of: the terms by which it is found again, and by which it concerns boxes."""

import re

from vigie.exchange.things import (
    Box,
    Concealment,
    Finding,
    JointOperation,
    Movement,
    Reply,
    Scan,
    Seizure,
    Thing,
    Training,
)

_HS = re.compile(r"([0-9]{4,10})\b")
LISTED = (Box, JointOperation, Training)
"""Kinds that ask for an answer: each has a list of its own."""

_GOODS, _ABOUT = "hs ", "about "


def containers_of(thing: Thing) -> tuple[str, ...]:
    """The numbers of the containers that a thing names."""
    match thing:
        case Box():
            return (thing.number,)
        case JointOperation():
            return thing.containers
        case Movement() | Scan() | Seizure():
            return (thing.container,) if thing.container else ()
        case _:
            return ()


def goods_of(thing: Thing) -> str:
    """The HS code (4 to 6 digits) of the goods in which a way of hiding was found; empty where it gives none."""
    found = _HS.match(thing.commodity.strip().replace(".", "")) if isinstance(thing, Concealment) else None
    return found[1][:6] if found else ""


def spoken_of(thing: Thing) -> tuple[str, ...]:
    """All terms of a thing: containers, ship, goods, what it is an answer to, its kind where that has a list."""
    terms = list(containers_of(thing))
    if isinstance(thing, LISTED):
        terms.append(f"kind {type(thing).__name__.lower()}")
    if isinstance(thing, Movement) and thing.vessel:
        terms.append(thing.vessel)
    goods = goods_of(thing)
    if goods:
        terms.append(_GOODS + goods)
    if isinstance(thing, Reply | Finding):
        terms.append(about(thing.about))
    return tuple(dict.fromkeys(terms))


def about(id: str) -> str:
    """The term of whatever speaks of a thing."""
    return _ABOUT + id


def goods(hs: str) -> tuple[str, ...]:
    """The terms under which ways of hiding in goods of an HS code stand: of its heading, and of the code itself."""
    return tuple(_GOODS + hs[:digits] for digits in (4, 5, 6) if len(hs) >= digits)
