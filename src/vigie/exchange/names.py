"""Names of files in a package: a name, never a road to somewhere else on the receiver's disk."""

import re
import unicodedata

from vigie.exchange.refusals import Why, refuse

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)))
)  # fmt: skip
"""Names that mean a device on Windows, whatever follows their dot."""


def safe_name(name: str) -> str:
    """A file name that is safe on every system, as it is.

    Raises:
        ExchangeRefused: It holds a slash, a drive, a control character, a letter of another script, starts with a
        dot or dash, ends with a dot, is a device, or is longer than 120.
    """
    good = _NAME.fullmatch(name) is not None and unicodedata.is_normalized("NFC", name)
    if not good or name.endswith(".") or ".." in name or name.partition(".")[0].lower() in _DEVICES:
        refuse(Why.BAD_NAME)
    return name
