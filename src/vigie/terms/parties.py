"""Parties, and who is the same party: the EORI where it is given, else the normalised name and address."""

import hmac
import re
import unicodedata
from enum import StrEnum
from hashlib import sha256

import msgspec

from vigie.terms.identifiers import PartyKey


class PartyRole(StrEnum):
    """What a party is in a consignment (WCO data model; UN/EDIFACT 3035 in brackets)."""

    CONSIGNOR = "consignor"  # CZ
    CONSIGNEE = "consignee"  # CN
    NOTIFY = "notify"  # NI
    BUYER = "buyer"  # BY
    SELLER = "seller"  # SE
    CARRIER = "carrier"  # CA
    DECLARANT = "declarant"  # DT
    FORWARDER = "forwarder"  # FW
    STUFFER = "stuffer"  # place where the box was stuffed: SF
    AUTHORISED = "authorised"  # party that verified the gross mass: AM, SPC


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A party as one message names it.

    Attributes:
        role: What it is in this consignment.
        name: As written.
        eori: EORI or other registration number, upper case, as written.
        street, city, postcode, country: Address; the country as ISO 3166 alpha-2.
        person_type: `1` natural person, `2` legal person, `3` association (EU customs code list CL060).
    """

    role: PartyRole
    name: str = ""
    eori: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    person_type: str = ""


_LEGAL_FORMS = frozenset(
    (
        "SA",
        "NV",
        "BV",
        "BVBA",
        "SRL",
        "SPRL",
        "LTD",
        "LIMITED",
        "LLC",
        "INC",
        "CORP",
        "CO",
        "GMBH",
        "AG",
        "LTDA",
        "CIA",
        "SAS",
        "SARL",
        "EIRL",
        "SPA",
        "OY",
        "AB",
        "AS",
        "PLC",
        "CV",
        "VOF",
        "KG",
    )
)
_TO_ORDER = re.compile(r"^(TO (THE )?ORDER|A LA ORDEN|A ORDEM|A L ORDRE|AAN ORDER)\b")


def plain_name(raw: str) -> str:
    """Fold a name to what two clerks would write alike: no accents, no punctuation, no legal form, upper case.

    >>> plain_name("Fruta Ficticia, S.A.") == plain_name("FRUTA FICTICIA SA")
    True
    """
    folded = raw if raw.isascii() else unicodedata.normalize("NFKD", raw)
    letters = raw if raw.isascii() else "".join(char for char in folded if not unicodedata.combining(char))
    letters = letters.upper().replace(".", "")
    words = re.sub(r"[^A-Z0-9]+", " ", letters).split() or re.sub(r"\W+", " ", letters).split()
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


def is_to_order(party: Party) -> bool:
    """Tell whether the bill of lading is made out to order: no consignee is named."""
    return bool(_TO_ORDER.match(plain_name(party.name)))


def identity(party: Party) -> str | None:
    """Write down what makes the party itself: its EORI, else folded name, postcode or city, and country.

    Returns:
        A text for `party_key`, or None where nothing identifies the party (to order, or no name).
    """
    eori = re.sub(r"\W", "", party.eori).upper()
    if len(eori) >= 5:
        return f"eori|{eori}"
    name = plain_name(party.name)
    if not name or is_to_order(party):
        return None
    place = plain_name(party.postcode) or plain_name(party.city)
    return f"name|{name}|{place}|{party.country.strip().upper()}"


def party_key(party: Party, secret: bytes) -> PartyKey | None:
    """Give a party its stable pseudonym in this node.

    Args:
        party: As a message names it.
        secret: The node's own key, so that nobody outside can try names against pseudonyms.

    Returns:
        16 hexadecimal characters (63 bits, so that they fit a signed integer), or None where nothing identifies it.
    """
    told = identity(party)
    if told is None:
        return None
    digest = hmac.digest(secret, told.encode(), sha256)
    return PartyKey(f"{int.from_bytes(digest[:8], 'big') >> 1:016x}")


def key_number(key: PartyKey) -> int:
    """Turn a pseudonym into the integer the feature engine counts with (0 to 2**63 - 1)."""
    return int(key, 16)
