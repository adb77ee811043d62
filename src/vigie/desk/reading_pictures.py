"""Pictures for the viewer: counts of 16 bits as the detectors gave them, addressed by their own hash.

They lie ready beside the scan, as the browser takes them, so that the process which serves them decodes nothing.
"""

from vigie.desk import scanning
from vigie.desk.needs import Node
from vigie.scanning import Scan, ScanRecord
from vigie.terms import NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING
ENERGIES = ("high", "low")
FRAME = "frame-"
"""Name of a picture that lies ready, before its energy."""

MOST_BYTES = 2_000_000_000
"""Of pictures that lie ready, beside what is kept for good: five hundred scans of 600 by 1500. Own choice; others are
made again in a second when somebody opens them."""


def record_of(
    officer: Officer, scan: str, energy: str, hash: str, node: Node, purpose: Purpose = TARGETING
) -> ScanRecord:
    """The scan of which an officer asks a picture.

    Args:
        energy: `high` or `low`. hash: Of the pixels, as the page names them, so that a browser may keep what it has.

    Raises:
        NotForYou: The officer may not, or there is no such scan. NotFound: It has no picture of that energy, or its
        pixels are others.
    """
    record = scanning.scan_for(officer, scan, node, "see-scans", purpose)
    if record.pixels != hash or energy not in ENERGIES[: len(record.facts.energies_mev)]:
        raise NotFound(kind="picture")
    return record


def frame(record: ScanRecord, energy: str, node: Node) -> bytes | None:
    """One picture as it lies ready: 16 bits, low byte first, row by row; None where it does not. The gate was asked."""
    return node.store.scans.blob(record, FRAME + energy)


def keep_frames(record: ScanRecord, node: Node, pictures: Scan | None = None) -> None:
    """Lay the pictures of a scan ready.

    Args:
        pictures: Where they are decoded already.

    Raises:
        BadScan: What is kept is damaged. ScanningMissing: The extra is not installed.
    """
    told = scanning.opened(record, node) if pictures is None else pictures
    if told is None:
        return
    for energy, one in zip(ENERGIES, (told.high, told.low), strict=True):
        if one is not None:
            node.store.scans.keep_blob(record.unit, FRAME + energy, one.astype("<u2", copy=False).tobytes())


def decoded(record: ScanRecord, energy: str, node: Node) -> bytes | None:
    """One picture of a scan, from its master alone where there is one; whoever calls has asked the gate."""
    master = node.store.scans.blob(record, "master")
    if master is not None:
        from vigie.scanning import picture_of

        picture = picture_of(master, ENERGIES.index(energy))
    else:
        told = scanning.opened(record, node)
        picture = None if told is None else told.high if energy == "high" else told.low
    return None if picture is None else picture.astype("<u2", copy=False).tobytes()
