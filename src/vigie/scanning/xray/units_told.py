"""What a reefer's unit shows beyond others of its make, as a finding and as a part of a picture of differences."""

import math
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from vigie.scanning.xray.comparing import Comparer, Place, beyond, surest, told_apart
from vigie.scanning.xray.finding import Finding, FindingKind, Zone, Zones
from vigie.scanning.xray.grid import Grid, on_picture
from vigie.scanning.xray.laid import UNIT, Laid
from vigie.scanning.xray.physics import Calibration
from vigie.scanning.xray.scan import Scan
from vigie.scanning.xray.spots import found
from vigie.scanning.xray.triage import Threshold, Thresholds
from vigie.scanning.xray.units import LEAST_LIKENESS, MOST, Unit, laid_on, several, shown_unit, unit_taken
from vigie.scanning.xray.zones import find_zones, whole_picture


class UnitsTold(Struct, frozen=True):
    """A unit beside others of its make.

    Attributes:
        laid: It, and the middle of the others. logits: Of the net. grid, turned: Of its part of the picture.
        many: How many others. likeness: Of the likest.
    """

    laid: Laid
    logits: Any
    grid: Grid
    turned: bool
    many: int
    likeness: float

    @property
    def place(self) -> Place:
        """Where it shows most beyond the others; its box as points of the grid, not turned."""
        place = surest(self.laid, self.logits)
        left, top, width, height = place.box
        return Place(place.logit, (UNIT - left - width if self.turned else left, top, width, height), place.g_cm2)

    @property
    def apart(self) -> Any:
        """The difference where the net is sure, on the grid, not turned."""
        made = told_apart(self.laid, self.logits)[: self.grid.density.shape[0]]
        return made[:, ::-1] if self.turned else made


def beside_units(
    scan: Scan, zones: Zones, others: Sequence[Scan], comparer: Comparer, calibration: Calibration | None = None
) -> UnitsTold | None:
    """Lay a reefer's unit beside those that are of its make by their pictures; None where none is.

    Args:
        zones: Of the scan, with a container. others: Scans of other reefers, the latest first.
    """
    import numpy as np

    assert comparer.units is not None
    here, grid, turned = unit_taken(scan, zones, calibration)
    laid = sorted((laid_on(here, one) for one in _units(others)), key=lambda one: -one[1])[:MOST]
    alike = [(unit, likeness) for unit, likeness in laid if likeness >= LEAST_LIKENESS]
    if not alike:
        return None
    kept = [unit for unit, _ in alike]
    middle = np.median(np.stack([one.density for one in kept]), 0).astype(np.float32)
    known = (here.known > 0.5) & (np.stack([one.known for one in kept]) > 0.5).all(0)
    told = Laid(here.density, middle, known, (0, 0), (1.0, 0.0, 0.0), alike[0][1])
    return UnitsTold(told, comparer.units.logits(shown_unit(here, kept)), grid, turned, len(kept), alike[0][1])


def _units(scans: Sequence[Scan]) -> list[Unit]:
    zoned = [(one, whole_picture(find_zones(one), one)) for one in scans]
    return [unit_taken(scan, zones)[0] for scan, zones in zoned]


def beside_make(
    seen: tuple[Scan, Zones, Calibration | None], others: Sequence[Scan], thresholds: Thresholds, device: str,
    quiet: list[str], comparer: Comparer,
) -> list[tuple[Finding, Threshold]]:  # fmt: skip
    """The finding of a scan that is read: where, how many g/cm², how far beyond harmless units; of how many others."""
    scan, zones, calibration = seen
    told = beside_units(scan, zones, others, comparer, calibration)
    if told is None:
        quiet.append("reference-unlike")
        return []
    relation, place = several(told.many), told.place
    box = on_picture(place.box, told.grid)
    limit = thresholds.of(FindingKind.REFERENCE_DIFFERENCE, Zone.REEFER, relation, device)
    if not limit.negatives:
        limit = comparer.thresholds.of(FindingKind.REFERENCE_DIFFERENCE, Zone.REEFER, relation, device)
    facts: dict[str, Any] = {
        "relation": relation, "beside": told.many, "g_cm2": round(place.g_cm2, 1), "likeness": round(told.likeness, 2),
    }  # fmt: skip
    if comparer.knows(relation):
        facts["beyond"] = round(beyond(place.logit, comparer.thresholds.levels[relation]), 2)
    score = 1.0 / (1.0 + math.exp(-place.logit))
    return [(found(FindingKind.REFERENCE_DIFFERENCE, Zone.REEFER, box, score, limit, facts=facts), limit)]
