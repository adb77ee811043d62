"""The mark in the pixels of a picture into which a threat was laid: it stops what keeps and sends scans.

It is no secret: it stops mistakes and vigie's own code, not somebody who edits pixels by hand (docs/adr/0040).
"""

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from vigie.scanning.xray.cutout import ProjectedScan
from vigie.scanning.xray.scan import Scan

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

    Counts = NDArray[uint16]

MARK_ROWS = 4
"""Upper rows that carry the mark in their lowest bit: 0.0015 % of the air's count, far below its noise."""
_AGREED = 0.95  # share of bits that must agree; 4,000 bits of chance agree so far with a chance of 0 in any practice
_FEWEST = 512  # pixels that must be there for the mark to be told from chance


@lru_cache(maxsize=4)
def _bits(count: int) -> "NDArray[uint16]":
    import numpy as np

    blocks = [sha256(b"vigie projected picture %d" % number).digest() for number in range(-(-count // 256))]
    return np.unpackbits(np.frombuffer(b"".join(blocks), np.uint8))[:count].astype(np.uint16)


def marked(picture: "Counts") -> "Counts":
    """Write the mark into a picture; gives the same picture."""
    rows = picture[:MARK_ROWS]
    rows[:] = (rows & 0xFFFE) | _bits(rows.size).reshape(rows.shape)
    return picture


def is_projected(scan: Scan) -> bool:
    """Whether a scan's pixels carry the mark, in either picture, as they stand, turned or upside down."""
    import numpy as np

    for picture in (scan.high, scan.low):
        if picture is None:
            continue
        for turned in (picture, picture[:, ::-1], picture[::-1], picture[::-1, ::-1]):
            rows = turned[:MARK_ROWS]
            if rows.size >= _FEWEST and float(np.mean((rows & 1) == _bits(rows.size).reshape(rows.shape))) >= _AGREED:
                return True
    return False


def refuse_projected(scan: Scan) -> None:
    """Stop a picture into which a threat was laid.

    Raises:
        ProjectedScan: The pixels carry the mark.
    """
    if is_projected(scan):
        raise ProjectedScan()
