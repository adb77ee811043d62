"""How tests of EDIFACT messages look at what comes back."""

import io
import warnings

from pydifact.parser import Parser
from tests.arrivals.edifact import canon

from vigie.arrivals import Row
from vigie.arrivals.edifact import Sending, read_all, segments, split

SENDING = Sending(canon.SENDER, "VIGIE", "7", canon.NOW)


def back(raw: bytes) -> tuple[list[Row], list[str]]:
    """The rows and the doubt codes of a file."""
    readings = list(read_all(split(io.BytesIO(raw))))
    return (
        [row for reading in readings for row in reading.rows],
        [doubt.code for reading in readings for doubt in reading.doubts],
    )


def message(form: str, *body: str) -> bytes:
    """A message of one form, in its envelope, with right counts."""
    told = "".join(f"{segment}'" for segment in body)
    return (
        f"UNB+UNOC:3+BEANRTERM+VIGIE+260120:1200+7'UNH+1+{form}:D:00B:UN'{told}UNT+{len(body) + 2}+1'UNZ+1+7'"
    ).encode()


def oracle(text: str) -> list[list[str | list[str]]]:
    """The segments as pydifact reads them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [[one.tag, *(trimmed(element) for element in one.elements)] for one in Parser().parse(text)]


def ours(raw: bytes) -> list[list[str | list[str]]]:
    """The segments as we read them, in the shape of pydifact."""
    return [[trimmed(element) for element in elements] for _, _, elements in segments(io.BytesIO(raw))]


def judged(raw: bytes) -> None:
    """pydifact reads the same segments from what we write."""
    assert ours(raw) == oracle(raw.decode("utf-8" if b"UNOW" in raw[:20] else "latin-1"))


def trimmed(element: str | list[str]) -> str | list[str]:
    """An element without empty components at its end: pydifact drops them, though they are written."""
    kept = [element] if isinstance(element, str) else list(element)
    while kept and not kept[-1]:
        kept.pop()
    return "" if not kept else kept[0] if len(kept) == 1 else kept
