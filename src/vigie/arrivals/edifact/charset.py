"""Character sets of UN/EDIFACT interchanges, by the syntax identifier of UNB.

Source: ISO 9735-1, data element 0001 (syntax identifier) and annex A (repertoires of levels A and B).
"""

import re

_PRIVATE = re.compile("[\ue000-\uf8ff]")  # `syntax.guarded` needs them; they have no meaning between strangers
_ENCODINGS = {
    "UNOC": "iso8859-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5", "UNOF": "iso8859-7", "UNOG": "iso8859-3",
    "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8", "UNOK": "iso8859-9", "UNOW": "utf-8",
    "UNOY": "utf-8",
}
_LEVEL_A = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/=!\"%&*;<>'+:?\r\n"
_LEVEL_B = _LEVEL_A + b"abcdefghijklmnopqrstuvwxyz\x1c\x1d\x1f"
_ASCII = bytes(range(0x20, 0x7F)) + b"\r\n\x1c\x1d\x1f"
_LATIN = _ASCII + bytes(range(0xA0, 0x100))
_ANY = bytes(range(1, 0x100))
_REPERTOIRES = {"UNOA": _LEVEL_A, "UNOB": _LEVEL_B, "UNOC": _LATIN, "UNOW": _ANY, "UNOY": _ANY, "UNOX": _ANY}


def strange_bytes(raw: bytes, syntax: str) -> bytes:
    """Return the bytes that the syntax level does not allow, in their order; NUL bytes always among them."""
    return raw.translate(None, _REPERTOIRES.get(syntax, _LATIN))


def decode(raw: bytes, syntax: str) -> str:
    """Decode a segment or a part.

    Bytes beyond ASCII that form valid UTF-8 are read as UTF-8 under every Latin level, since real senders declare UNOA
    or UNOC and send UTF-8; a byte that stands for nothing becomes U+FFFD, and no byte is ever a reason to stop.
    """
    if raw.isascii():
        return raw.decode("ascii")
    encoding = _ENCODINGS.get(syntax, "iso8859-1")
    if encoding not in {"iso8859-1", "utf-8"}:
        return raw.decode(encoding, "replace")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
    return _PRIVATE.sub("\ufffd", text)
