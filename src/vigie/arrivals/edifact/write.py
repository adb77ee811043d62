"""Write EDIFACT: segments with their release characters, messages with their counts, interchanges in their envelope.

Source: ISO 9735 version 3 (UNB, UNH, UNT, UNZ; release character); syntax identifiers UNOC and UNOW.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vigie.arrivals.cargo import Call, Route, Seal
from vigie.arrivals.edifact.dates import write_date
from vigie.terms import GRAMS_PER_KG, MINUTE, Moment

_RELEASED = str.maketrans({"?": "??", "+": "?+", ":": "?:", "'": "?'"})

Element = str | Sequence[str]
"""One element: text, or the components of a composite."""


class Sending(NamedTuple):
    """Who sends an interchange. sender, recipient: Codes (an..35). reference: Control reference (an..14). at: Now."""

    sender: str
    recipient: str
    reference: str
    at: Moment


def segment(tag: str, *elements: Element) -> str:
    """Write one segment with its terminator; empty elements and components at the end are left out.

    >>> segment("FTX", "AAA", "", "", ("5+5", "it's"))
    "FTX+AAA+++5?+5:it?'s'"
    """
    told = [tag, *(_element(element) for element in elements)]
    while len(told) > 1 and not told[-1]:
        told.pop()
    return "+".join(told) + "'"


def _element(element: Element) -> str:
    if isinstance(element, str):
        return element if element.isalnum() else _plain(element)
    told = [part if part.isalnum() else _plain(part) for part in element]
    while told and not told[-1]:
        told.pop()
    return ":".join(told)


def _plain(part: str) -> str:
    return " ".join(part.split()).translate(_RELEASED)


def message(reference: str, kind: tuple[str, ...], body: Sequence[str]) -> str:
    """Put UNH and UNT around the segments of a message. kind: `("BAPLIE", "D", "95B", "UN", "SMDG22")`."""
    return (
        segment("UNH", reference, kind) + "".join(body) + segment("UNT", str(len(body) + 2), reference)
    )


def interchange(sending: Sending, messages: Sequence[str]) -> bytes:
    """Put UNA, UNB and UNZ around messages; what Latin-1 cannot write goes out as UTF-8 (UNOW)."""
    text = "".join(messages)
    try:
        text.encode("iso8859-1")
        level, encoding = "UNOC", "iso8859-1"
    except UnicodeEncodeError:
        level, encoding = "UNOW", "utf-8"
    stamp = write_date(sending.at)
    head = segment("UNB", (level, "3"), sending.sender, sending.recipient, (stamp[2:8], stamp[8:]), sending.reference)
    tail = segment("UNZ", str(len(messages)), sending.reference)
    return ("UNA:+.? '" + head + text + tail).encode(encoding, "replace")


def lines(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break text at its blanks into components of a width; what is left over stays in the last, so nothing is lost."""
    told: list[str] = []
    for word in text.split():
        if told and (len(told) == most or len(told[-1]) + 1 + len(word) <= width):
            told[-1] += f" {word}"
        else:
            told.append(word)
    return tuple(told)


def dtm(qualifier: str, at: Moment | None, *, zoned: bool = False) -> list[str]:
    """Write a date; in whole minutes as 203, with zone as 205, finer as 204; nothing where it is not known."""
    if at is None:
        return []
    form = "205" if zoned and at % MINUTE == 0 else "203" if at % MINUTE == 0 else "204"
    return [segment("DTM", (qualifier, write_date(at, form), form))]


def loc(qualifier: str, place: str, facility: str = "") -> list[str]:
    """Write a place (UN/LOCODE) and a terminal; nothing where neither is known."""
    if not place and not facility:
        return []
    terminal = (facility, "TER", "ZZZ") if facility else ""
    return [segment("LOC", qualifier, (place, "139", "6") if place else "", terminal)]


def mea(qualifier: str, grams: int | None) -> list[str]:
    """Write a mass in kilograms, to the gram."""
    if grams is None:
        return []
    kilograms, rest = divmod(grams, GRAMS_PER_KG)
    value = f"{kilograms}.{rest:03d}".rstrip("0") if rest else str(kilograms)
    return [segment("MEA", "AAE", qualifier, ("KGM", value))]


def tdt(call: Call, mode: str = "1") -> list[str]:
    """Write the main transport; beside an IMO number, the call sign is a reference. mode: As 8067 has it."""
    if call == Call():
        return []
    ship: tuple[str, ...] = (call.imo, "146", "11", call.name) if call.imo else (call.call_sign, "103", "", call.name)
    if not call.imo and not call.call_sign:
        ship = ("", "", "", call.name)
    carrier = (call.carrier, "172", "20") if call.carrier else ""
    told = [segment("TDT", "20", call.voyage, mode, "", carrier, "", "", ship)]
    if call.imo and call.call_sign:
        told.append(segment("RFF", ("VM", call.call_sign)))
    return told


def route(told: Route, acceptance: str, delivery: str) -> list[str]:
    """Write the places of a route; `acceptance` and `delivery` are the qualifiers of the message for the outer two."""
    return [
        *loc(acceptance, told.acceptance), *loc("9", told.loading),
        *(one for place in told.transhipment for one in loc("13", place)),
        *loc("11", told.unloading, told.terminal), *loc(delivery, told.delivery),
    ]  # fmt: skip


def ftx(remark: str) -> list[str]:
    """Write a remark `QUALIFIER:text` (five lines of 512 characters at most in one segment)."""
    qualifier, _, text = remark.partition(":")
    return [segment("FTX", qualifier, "", "", lines(text, 512, 5))] if text.strip() else []


def rff(documents: Sequence[str]) -> list[str]:
    """Write transport documents (`BL:number`, `BN:number`) as references."""
    kinds = {"BL": "BM", "BN": "BN"}
    told = (document.partition(":") for document in documents)
    return [segment("RFF", (kinds[kind], number)) for kind, _, number in told if kind in kinds]


def sel(seals: Sequence[Seal]) -> list[str]:
    """Write seals with who put them on."""
    return [segment("SEL", seal.number, seal.issuer) for seal in seals]


def eqd(number: str, size_type: str, *, empty: bool | None) -> str:
    """Write a container: number, ISO 6346 size and type, empty or full."""
    fill = "" if empty is None else "4" if empty else "5"
    return segment("EQD", "CN", number, (size_type, "102", "5") if size_type else "", "", "", fill)
