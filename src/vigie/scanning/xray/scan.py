"""One scan of one container: the pictures as the instrument delivered them, and how they were taken."""

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from vigie.terms import Moment

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

LARGEST_PIXELS = 32_000_000
"""Most pixels of one picture: a 45-foot truck with tractor at 2 mm is about 20 million; more is not decoded."""


class Travel(StrEnum):
    """Which end of the container stands at column 0 of the picture."""

    DOORS_FIRST = "doors-first"
    FRONT_FIRST = "front-first"
    UNKNOWN = "unknown"


class ScanFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a scan beside its pixels.

    Attributes:
        energies_mev: End-point energy of each picture in MeV, the high one first, such as (6.0, 4.0); one number where
            there is no low picture.
        air: Count of each picture where nothing stands in the beam, after the instrument's own correction, 1 to 65,535.
        dark: Count of each picture where nothing comes through.
        row_mm: Height of a pixel in the plane of the container's centre, in mm.
        column_mm: Width of a pixel along the way of the container, in mm.
        scanner: The scanner as the register of scanners names it; empty when the file does not say.
        taken: When the scan was taken; None when the file does not say.
        container: Container number as the file claims it, not verified; empty when it does not say.
        travel: Which end stands at column 0.
        commodity: What is said to be inside (class of goods of the simulator, or HS heading); empty when not said.
        simulated: Whether the pixels come from a simulation, which every page that shows them must say.
    """

    energies_mev: tuple[float, ...]
    air: tuple[int, ...]
    row_mm: float
    column_mm: float
    dark: tuple[int, ...] = (0, 0)
    scanner: str = ""
    taken: Moment | None = None
    container: str = ""
    travel: Travel = Travel.UNKNOWN
    commodity: str = ""
    simulated: bool = False


class Scan(Struct, frozen=True, kw_only=True):
    """A scan with its pixels.

    Attributes:
        facts: How it was taken.
        high: Picture at the higher energy: rows from the top downwards, columns along the container, counts 0 to 65,535
            (more counts = less matter in the beam).
        low: Picture at the lower energy, of the same shape; None for a scanner with one energy.
    """

    facts: ScanFacts
    high: "NDArray[uint16]"
    low: "NDArray[uint16] | None" = None
