"""Parties as NAD segments name them.

Source: UN/EDIFACT 3035 (party function); NAD layout of D.95B and later.
"""

from vigie.arrivals.edifact.envelope import one
from vigie.arrivals.edifact.syntax import Elements
from vigie.terms import Party, PartyRole

ROLES = {
    "CZ": PartyRole.CONSIGNOR, "SH": PartyRole.CONSIGNOR, "OS": PartyRole.CONSIGNOR, "EX": PartyRole.CONSIGNOR,
    "CN": PartyRole.CONSIGNEE, "UC": PartyRole.CONSIGNEE, "IM": PartyRole.CONSIGNEE,
    "NI": PartyRole.NOTIFY, "N1": PartyRole.NOTIFY, "N2": PartyRole.NOTIFY,
    "BY": PartyRole.BUYER, "SE": PartyRole.SELLER, "CA": PartyRole.CARRIER, "DT": PartyRole.DECLARANT,
    "FW": PartyRole.FORWARDER, "SF": PartyRole.STUFFER, "AM": PartyRole.AUTHORISED, "SPC": PartyRole.AUTHORISED,
}  # fmt: skip


def _lines(elements: Elements, index: int) -> list[str]:
    told = elements[index] if index < len(elements) else ""
    if isinstance(told, str):
        return [told.strip()] if told and not told.isspace() else []
    return [line for part in told if (line := part.strip())]


def read_party(elements: Elements) -> Party | None:
    """Read one party; None for a function that has no role here, or a party that is only a code of a carrier."""
    role = ROLES.get(one(elements, 1).strip().upper())
    if role is None:
        return None
    code = one(elements, 2).strip().upper()
    loose, names, street = _lines(elements, 3), _lines(elements, 4), _lines(elements, 5)
    if loose and not names:
        names, street = loose[:1], street or loose[1:]
    if role is PartyRole.CARRIER and not names:
        return None
    return Party(
        role=role, name=" ".join(names), eori=code, street=" ".join(street), city=one(elements, 6).strip(),
        postcode=one(elements, 8).strip(), country=one(elements, 9).strip().upper()[:2],
    )  # fmt: skip
