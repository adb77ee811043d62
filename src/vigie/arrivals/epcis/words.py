"""EPCIS business steps and DCSA event codes; identifiers of containers and places.

Source: GS1 CBV 2.0 (business steps), DCSA Track & Trace 3.0 (codes). A step that fits none keeps its own name.
"""

import re
from urllib.parse import quote, unquote

STEPS = {
    "loading": "LOAD", "unloading": "DISC", "arriving": "ARRI", "departing": "DEPA", "entering_exiting": "CROS",
    "shipping": "GTOT", "receiving": "GTIN", "packing": "STUF", "unpacking": "STRP", "picking": "PICK",
    "inspecting": "INSP", "removing": "RMVD", "staging_outbound": "AVPU", "sensor_reporting": "MEAS",
}
"""Business step to event code."""

BASE = "https://vigie.example/"
"""Steps and document types that the CBV lacks (customs holds, bookings) are URIs below it, as the CBV allows."""

OWN_EVENT = "urn:vigie:event:"
OWN_DOCUMENT = "urn:epcglobal:cbv:bt:0000000000000:"
CODES = {code: step for step, code in STEPS.items()}
"""Event code to business step, for writing."""

DOCUMENTS = {"bol": "BL", "po": "PO", "inv": "IN", "desadv": "DES", "recadv": "REC", "prodorder": "PRO", "rma": "RMA",
             "pedigree": "PED", "cert": "CER", "testres": "TST", "testprd": "TPR", "upevt": "UPE"}
DOCUMENT_TYPES = {prefix: name for name, prefix in DOCUMENTS.items()}

_NUMBER = re.compile(r"(?<![A-Z0-9])([A-Z]{4}[0-9]{7})(?![A-Z0-9])")
_LINK = re.compile(r"^https?://[^/]+(?:/.*)?/(?:8003|00|8004|414|417|254)/", re.IGNORECASE)
_LOCODE = re.compile(r"(?:^|[:/])([A-Z]{2}[A-Z2-9]{3})(?:$|[.:/?])")


def step_of(written: str) -> str:
    """The bare name of a business step, disposition or document type: without URN, web vocabulary or prefix."""
    return re.split(r"[:/#\-]", written)[-1].lower() if "://" in written or ":" in written else written.lower()


def equipment(written: str) -> str:
    """The container number that an EPC carries (BIC, digital link, own URN), or the EPC itself.

    >>> equipment("urn:epc:id:bic:CSQU3054383")
    'CSQU3054383'
    """
    text = unquote(written).upper()
    found = _NUMBER.search(text)
    return found.group(1) if found else written


def is_returnable(written: str) -> bool:
    """Whether an EPC names something that carries goods: a BIC container, a GRAI, a GIAI, an SSCC, or their links."""
    low = written.lower()
    return low.startswith(("urn:epc:id:bic:", "urn:epc:id:grai:", "urn:epc:id:giai:", "urn:epc:id:sscc:")) or bool(
        _LINK.match(written)
    ) or bool(_NUMBER.search(unquote(written).upper()))


def place(written: str) -> tuple[str, str]:
    """UN/LOCODE and facility of a location identifier; what carries no UN/LOCODE is a facility by itself.

    >>> place("https://vigie.example/place/BEANR/K1742"), place("urn:epc:id:sgln:0614141.00888.0")
    (('BEANR', 'K1742'), ('', 'urn:epc:id:sgln:0614141.00888.0'))
    """
    if written.startswith(BASE + "place/"):
        code, _, facility = written.removeprefix(BASE + "place/").partition("/")
        return unquote(code), unquote(facility)
    found = None if written.lower().startswith("urn:epc:id:sgln:") else _LOCODE.search(written)
    return (found.group(1) if found else ""), written


def place_uri(code: str, facility: str) -> str:
    """The location identifier that `place` reads back; empty where nothing is known."""
    if not code:
        return facility if ":" in facility else (BASE + "place//" + quote(facility, "") if facility else "")
    return BASE + "place/" + quote(code, "") + ("/" + quote(facility, "") if facility else "")
