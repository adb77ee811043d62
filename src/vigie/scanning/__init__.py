"""What instruments show of a container: X-ray pictures, what is found in them, and how people read them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.scanning.xray.agreement import Agreement, agreement
    from vigie.scanning.xray.finding import Finding, FindingKind, Heat, MachineReading, Place, Zone, Zones
    from vigie.scanning.xray.physics import BadCalibration, Calibration, Piece, areal_density, fit_calibration
    from vigie.scanning.xray.reading import (
        Awaits,
        Case,
        Reading,
        ReadingOrder,
        Region,
        RoomRules,
        Sighting,
        Verdict,
        check_reading,
        claimed_until,
        due_at,
        is_drawn,
        may_read,
        read_rules,
        shows_machine,
        shows_readings,
        standing,
    )
    from vigie.scanning.xray.scan import LARGEST_PIXELS, Scan, ScanFacts, Travel

_HOMES = {
    "xray.agreement": ("Agreement", "agreement"),
    "xray.finding": ("Finding", "FindingKind", "Heat", "MachineReading", "Place", "Zone", "Zones"),
    "xray.physics": ("BadCalibration", "Calibration", "Piece", "areal_density", "fit_calibration"),
    "xray.reading": (
        "Awaits", "Case", "Reading", "ReadingOrder", "Region", "RoomRules", "Sighting", "Verdict", "check_reading",
        "claimed_until", "due_at", "is_drawn", "may_read", "read_rules", "shows_machine", "shows_readings", "standing",
    ),
    "xray.scan": ("LARGEST_PIXELS", "Scan", "ScanFacts", "Travel"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["LARGEST_PIXELS", "Scan", "ScanFacts", "Travel"]


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.scanning.{_WHERE[name]}"), name)
