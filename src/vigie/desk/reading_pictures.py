"""Pictures for the viewer: counts of 16 bits as the detectors gave them, addressed by their own hash."""

from vigie.desk import scanning
from vigie.desk.work import Working
from vigie.terms import NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING
ENERGIES = ("high", "low")


def counts(
    officer: Officer, scan: str, energy: str, hash: str, node: Working, purpose: Purpose = TARGETING
) -> bytes:
    """Give one picture to the last count: 16 bits, low byte first, row by row.

    Args:
        energy: `high` or `low`. hash: Of the pixels, as the page names them, so that a browser may keep what it has.

    Raises:
        NotForYou: The officer may not, or there is no such scan. NotFound: It has no picture of that energy, or its
        pixels are others.
    """
    record = scanning.scan_for(officer, scan, node, "see-scans", purpose)
    told = scanning.opened(record, node) if record.pixels == hash and energy in ENERGIES else None
    picture = None if told is None else told.high if energy == "high" else told.low
    if picture is None:
        raise NotFound(kind="picture")
    return picture.astype("<u2", copy=False).tobytes()
