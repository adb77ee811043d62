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
LISTED = (Box, JointOperation, Scan, Training)
"""Kinds that ask for an answer, or for their package to be fetched: each has a list of its own."""

_AT_BOX, _PACKED, _ABOUT_ONE = (Movement, Scan, Seizure), (Scan, Training), (Reply, Finding)
_GOODS, _ABOUT, _PACKAGE = "hs ", "about ", "package "


def containers_of(thing: Thing) -> tuple[str, ...]:
    """The numbers of the containers that a thing names."""
    if isinstance(thing, _AT_BOX):
        return (thing.container,) if thing.container else ()
    if isinstance(thing, Box):
        return (thing.number,)
    return thing.containers if isinstance(thing, JointOperation) else ()


def goods_of(thing: Thing) -> str:
    """The HS code (4 to 6 digits) of the goods in which a way of hiding was found; empty where it gives none."""
    found = _HS.match(thing.commodity.strip().replace(".", "")) if isinstance(thing, Concealment) else None
    return found[1][:6] if found else ""


def spoken_of(thing: Thing) -> tuple[str, ...]:
    """All terms of a thing: containers, ship, goods, what it is an answer to, its kind where that has a list."""
    terms = list(containers_of(thing))
    if isinstance(thing, LISTED):
        terms.append(kind_term(type(thing)))
    if isinstance(thing, _PACKED) and thing.sha256:
        terms.append(package_term(thing.sha256))
    if isinstance(thing, Movement) and thing.vessel:
        terms.append(thing.vessel)
    goods = goods_of(thing)
    if goods:
        terms.append(_GOODS + goods)
    if isinstance(thing, _ABOUT_ONE):
        terms.append(about(thing.about))
    return tuple(dict.fromkeys(terms))


def kind_term(kind: type[Thing]) -> str:
    """The term of all things of a kind that has a list."""
    return f"kind {kind.__name__.lower()}"


def package_term(sha256: str) -> str:
    """The term of things that name a package."""
    return _PACKAGE + sha256


def package_of(term: str) -> str:
    """The package that a term names; empty for other terms."""
    return term.removeprefix(_PACKAGE) if term.startswith(_PACKAGE) else ""


def about(id: str) -> str:
    """The term of whatever speaks of a thing."""
    return _ABOUT + id


def goods(hs: str) -> tuple[str, ...]:
    """The terms under which ways of hiding in goods of an HS code stand: of its heading, and of the code itself."""
    return tuple(_GOODS + hs[:digits] for digits in (4, 5, 6) if len(hs) >= digits)
