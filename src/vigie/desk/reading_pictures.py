"""Pictures for the viewer: counts of 16 bits as the detectors gave them, addressed by their own hash."""

from collections.abc import Callable

from vigie.desk import scanning
from vigie.desk.work import Working
from vigie.scanning import ScanRecord
from vigie.terms import NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING
ENERGIES = ("high", "low")
Take = Callable[[tuple[str, str], Callable[[], bytes | None]], bytes | None]


def counts(
    officer: Officer, scan: str, energy: str, hash: str, node: Working, purpose: Purpose = TARGETING,
    take: Take = lambda key, decode: decode(),
) -> bytes:  # fmt: skip
    """Give one picture to the last count: 16 bits, low byte first, row by row.

    Args:
        energy: `high` or `low`. hash: Of the pixels, as the page names them, so that a browser may keep what it has.
        take: Where pictures that were decoded ahead lie: takes hash and energy, and what decodes.

    Raises:
        NotForYou: The officer may not, or there is no such scan. NotFound: It has no picture of that energy, or its
        pixels are others.
    """
    record = scanning.scan_for(officer, scan, node, "see-scans", purpose)
    right = record.pixels == hash and energy in ENERGIES
    body = take((hash, energy), lambda: decoded(record, energy, node)) if right else None
    if body is None:
        raise NotFound(kind="picture")
    return body


def decoded(record: ScanRecord, energy: str, node: Working) -> bytes | None:
    """One picture of a scan, from its master alone where there is one; whoever calls has asked the gate."""
    master = node.store.scans.blob(record, "master")
    if master is not None:
        from vigie.scanning import picture_of

        picture = picture_of(master, ENERGIES.index(energy))
    else:
        told = scanning.opened(record, node)
        picture = None if told is None else told.high if energy == "high" else told.low
    return None if picture is None else picture.astype("<u2", copy=False).tobytes()


def ahead(scan: str, node: Working, begin: Callable[[tuple[str, str], Callable[[], bytes | None]], None]) -> None:
    """Have the high picture of a scan decoded before it is asked for; nobody sees it without the gate.

    Args:
        begin: Takes hash and energy, and what decodes.
    """
    record = node.store.scans.get(scan) if scan else None
    if record is not None:
        begin((record.pixels, "high"), lambda: decoded(record, "high", node))
