"""What the machine says of one scan: all parts together, pure. A part that cannot run says why, and a person looks."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from vigie.scanning.xray.finding import (
    MOST_FINDINGS,
    NOT_COMPARED,
    Box,
    Finding,
    FindingKind,
    MachineReading,
    Zone,
    Zones,
)
from vigie.scanning.xray.grid import Grid, gridded, on_picture, seen
from vigie.scanning.xray.heat import HeatModel, logits_of
from vigie.scanning.xray.manifest import Declared
from vigie.scanning.xray.mark import refuse_projected
from vigie.scanning.xray.physics import Calibration
from vigie.scanning.xray.scan import Scan
from vigie.scanning.xray.spots import findings_of, found, heat_of, spots_of
from vigie.scanning.xray.triage import Threshold, Thresholds, place_of
from vigie.scanning.xray.zones import find_zones, whole_picture

if TYPE_CHECKING:
    from vigie.scanning.xray.anomaly import Bank
    from vigie.scanning.xray.comparing import Comparer

Judged = list[tuple[Finding, Threshold]]
NO_THRESHOLDS = Thresholds(version="", values={})
MAKE = "same-model"
UNIT_ALONE = ("same-unit", MAKE)
"""Relations in which a refrigerating unit alone is the same."""


class Reference(Struct, frozen=True):
    """An earlier picture. scan: It. relation: "same-container", "same-unit", "same-model" or "same-goods"."""

    scan: Scan
    relation: str


class BegunReading(Struct, frozen=True, kw_only=True):
    """A scan of which zones and heat map were read, and nothing beside it yet: what `finish_reading` goes on with.

    Attributes:
        seen: The zones as they were found. zones: The same, or the whole picture where none were. grid: The container.
        judged: Findings of the heat map. reading: What can be told already.
        scan: The pictures, for a comparison. calibration: Of the scanner.
    """

    seen: Zones
    zones: Zones
    grid: Grid
    judged: tuple[tuple[Finding, Threshold], ...]
    reading: MachineReading
    scan: Scan
    calibration: Calibration | None = None


def read_scan(
    scan: Scan, *, model: HeatModel | None = None, thresholds: Thresholds = NO_THRESHOLDS,
    declared: Declared | None = None, references: Sequence[Reference] = (), bank: "Bank | None" = None,
    calibration: Calibration | None = None, why_quiet: str = "", comparer: "Comparer | None" = None,
) -> MachineReading:  # fmt: skip
    """Read one scan.

    Args:
        model: For the heat map; None leaves it out.
        thresholds: Of the site; a kind without one never alarms.
        declared: What the papers say.
        references: Earlier pictures. bank: Of commodities. calibration: Of the scanner. comparer: Of two pictures.
        why_quiet: Why the detector of this scanner is off, such as "stale-calibration"; only zones and references run.

    Returns:
        The findings with their thresholds and the place in the queue. It never says that nothing is there.

    Raises:
        ProjectedScan: A threat was projected into the picture for training.
    """
    begun = begin_reading(scan, model=model, thresholds=thresholds, declared=declared, calibration=calibration,
                          why_quiet=why_quiet)  # fmt: skip
    return finish_reading(begun, scan.facts.scanner, thresholds=thresholds, declared=declared, references=references,
                          bank=bank, calibrated=calibration is not None, why_quiet=why_quiet,
                          comparer=comparer)  # fmt: skip


def begin_reading(
    scan: Scan, *, model: HeatModel | None = None, thresholds: Thresholds = NO_THRESHOLDS,
    declared: Declared | None = None, calibration: Calibration | None = None, why_quiet: str = "",
) -> BegunReading:  # fmt: skip
    """Find the zones and read the heat map, which is all that a first look needs; arguments as of `read_scan`.

    Its reading says by `not-compared-yet` that papers and earlier pictures were not looked at.

    Raises:
        ProjectedScan: A threat was projected into the picture for training.
    """
    refuse_projected(scan)
    seen_zones = find_zones(scan)
    zones = whole_picture(seen_zones, scan)
    grid = gridded(scan, zones.container or (0, 0, 1, 1), calibration)
    judged: Judged = []
    score = 0.0
    quiet = [why_quiet] if why_quiet else []
    goods, device = (declared.commodity if declared else "") or scan.facts.commodity, scan.facts.scanner
    heat, models = None, []
    if model is None or why_quiet:
        quiet += ["no-model"] if model is None else []
    else:
        logits = logits_of(model, seen(grid, zones.doors_at), grid)
        spots = [spots_of(one, zones) for one in logits]
        judged += findings_of(spots, thresholds, goods, device)
        score = max((each.score for each in spots[0]), default=0.0)  # ADR 0042: not by part
        heat, models = heat_of(logits, zones), [model.sha]
    told = MachineReading(
        place=place_of(judged, zones.doubt), score=score, findings=_ordered(judged), zones=seen_zones, heat=heat,
        models=tuple(models), thresholds=thresholds.version, quiet=(*quiet, NOT_COMPARED),
    )  # fmt: skip
    return BegunReading(seen=seen_zones, zones=zones, grid=grid, judged=tuple(judged), reading=told, scan=scan,
                        calibration=calibration)  # fmt: skip


def finish_reading(
    begun: BegunReading, device: str, *, thresholds: Thresholds = NO_THRESHOLDS, declared: Declared | None = None,
    references: Sequence[Reference] = (), bank: "Bank | None" = None, calibrated: bool = False, why_quiet: str = "",
    comparer: "Comparer | None" = None,
) -> MachineReading:  # fmt: skip
    """Lay a scan that was begun beside papers, bank and earlier pictures; arguments as of `read_scan`.

    Args:
        device: Name of its scanner. calibrated: Whether that has a calibration.
        comparer: Compares with earlier pictures where it was taught to; None compares by the excess alone.
    """
    judged, zones, grid = list(begun.judged), begun.zones, begun.grid
    quiet = [one for one in begun.reading.quiet if one != NOT_COMPARED]
    if begun.seen.container is None:
        quiet.append("no-container")
    else:
        if not why_quiet:
            judged += _beside_papers(grid, zones, thresholds, declared, bank, device, calibrated, quiet)
        judged += _beside_references(begun, thresholds, references, device, quiet, comparer)
    return replace(
        begun.reading, place=place_of(judged, zones.doubt), findings=_ordered(judged), quiet=tuple(dict.fromkeys(quiet))
    )


def _ordered(judged: Judged) -> tuple[Finding, ...]:
    """Alarms first, then the highest score; not more than are kept."""
    return tuple(sorted((each for each, _ in judged), key=lambda each: (not each.alarm, -each.score))[:MOST_FINDINGS])


def zone_at(zones: Zones, box: Box) -> Zone:
    """The most special part that holds the middle of a box."""
    from vigie.scanning.xray.spots import FIRST_COME

    across, down = box[0] + box[2] / 2, box[1] + box[3] / 2
    for zone in FIRST_COME:
        area = zones.area(zone)
        if area is not None and 0 <= across - area[0] <= area[2] and 0 <= down - area[1] <= area[3]:
            return zone
    return Zone.INTERIOR


def _beside_papers(
    grid: Grid, zones: Zones, thresholds: Thresholds, declared: Declared | None, bank: "Bank | None", device: str,
    calibrated: bool, quiet: list[str],
) -> Judged:  # fmt: skip
    from vigie.scanning.xray import anomaly, manifest

    made: Judged = []
    whole = grid.box
    if declared is None:
        quiet.append("nothing-declared")
        return made

    def tell(kind: FindingKind, box: Box, score: float, **more: object) -> None:
        zone = zone_at(zones, box)
        limit = thresholds.of(kind, zone, declared.commodity, device)
        made.append((found(kind, zone, box, score, limit, **more), limit))

    if declared.empty and (thing := manifest.not_empty(grid)) is not None:
        tell(FindingKind.NOT_EMPTY, on_picture(thing[1], grid), thing[0], kg=thing[2].kg, kg_low=thing[2].low,
             kg_high=thing[2].high)  # fmt: skip
    if declared.kg is not None:
        seen_kg = manifest.weigh(grid, manifest.shell_of(grid), calibrated=calibrated)
        tell(FindingKind.WEIGHT_DIFFERS, whole, manifest.weight_score(seen_kg, declared.kg), kg=seen_kg.kg,
             kg_low=seen_kg.low, kg_high=seen_kg.high, facts={"declared_kg": declared.kg})  # fmt: skip
    if bank is None or declared.commodity not in bank.squares:
        quiet.append("commodity-not-known")
        return made
    if (other := manifest.class_score(bank, declared.commodity, grid)) is not None:
        tell(FindingKind.LOAD_CLASS_DIFFERS, whole, other[0], facts={"likest": other[1]})
    if (apart := anomaly.unlike(bank, declared.commodity, grid)) is not None:
        tell(FindingKind.UNLIKE_COMMODITY, on_picture(apart[1], grid), _share(apart[0]), facts={"spreads": apart[0]})
    return made


def _beside_references(
    begun: BegunReading, thresholds: Thresholds, references: Sequence[Reference], device: str, quiet: list[str],
    comparer: "Comparer | None",
) -> Judged:  # fmt: skip
    from vigie.scanning.xray.reference import compare, strongest, turned

    grid, zones = begun.grid, begun.zones
    if not references:
        quiet.append("no-reference")
    made, references = _beside_makes(begun, thresholds, references, device, quiet, comparer)
    for each in references:
        there = find_zones(each.scan)
        if there.container is None:
            quiet.append("reference-without-container")
            continue
        if comparer is not None and comparer.knows(each.relation):
            made += _taught(begun, each, there, thresholds, device, quiet, comparer)
            continue
        earlier, later, start = gridded(each.scan, there.container), grid, 0
        if each.relation in UNIT_ALONE:  # the goods of another journey are others: its unit alone is compared
            cut, before = _unit(grid, zones), _unit(earlier, there)
            if cut is None or before is None:
                quiet.append("reference-unlike")
                continue
            (later, start), earlier = cut, before[0]
        if {zones.doors_at, there.doors_at} == {"left", "right"}:
            earlier = turned(earlier)
        same = bool(device) and each.scan.facts.scanner == device
        difference = compare(later, earlier, same_scanner=same)
        if difference.fault:
            quiet.append("reference-unlike")
            continue
        strength, (left, top, width, height) = strongest(difference)
        box = on_picture((left + start, top, width, height), grid)
        zone = zone_at(zones, box)
        limit = thresholds.of(FindingKind.REFERENCE_DIFFERENCE, zone, each.relation, device)
        facts = {"relation": each.relation, "strength": strength, "likeness": difference.likeness}
        made.append((found(FindingKind.REFERENCE_DIFFERENCE, zone, box, _share(strength), limit, facts=facts), limit))
    return made


def _beside_makes(
    begun: BegunReading, thresholds: Thresholds, references: Sequence[Reference], device: str, quiet: list[str],
    comparer: "Comparer | None",
) -> tuple[Judged, list[Reference]]:  # fmt: skip
    """What the others of a reefer's make tell together, and the references that are laid beside one by one."""
    makes = [one.scan for one in references if one.relation == MAKE]
    if comparer is None or comparer.units is None or not makes:
        return [], list(references)
    from vigie.scanning.xray.units_told import beside_make

    seen = begun.scan, begun.zones, begun.calibration
    made = beside_make(seen, makes, thresholds, device, quiet, comparer)
    return made, [one for one in references if one.relation != MAKE]


def _taught(
    begun: BegunReading, reference: Reference, there: Zones, thresholds: Thresholds, device: str, quiet: list[str],
    comparer: "Comparer",
) -> Judged:  # fmt: skip
    """What a taught comparison finds: where, how many g/cm², and how far beyond what harmless pairs show."""
    from vigie.scanning.xray.comparing import beyond, surest
    from vigie.scanning.xray.laid import both_taken, lay, unit_part
    from vigie.scanning.xray.reference import LEAST_LIKENESS

    (here, turn), (earlier, _) = both_taken((begun.scan, begun.zones, begun.calibration), (reference.scan, there, None))
    whole, start = here, 0
    if reference.relation in UNIT_ALONE:  # the goods of another journey are others
        here, earlier = unit_part(here), unit_part(earlier)
        start = whole.density.shape[1] - here.density.shape[1]
    laid = lay(here.density, earlier.density)
    if laid.likeness < LEAST_LIKENESS:
        quiet.append("reference-unlike")
        return []
    place = surest(laid, comparer.model.logits(laid))
    left, top, width, height = place.box
    left = whole.density.shape[1] - left - start - width if turn else left + start
    box = on_picture((left, top, width, height), whole)
    zone = zone_at(begun.zones, box)
    limit = thresholds.of(FindingKind.REFERENCE_DIFFERENCE, zone, reference.relation, device)
    if not limit.negatives:
        limit = comparer.thresholds.of(FindingKind.REFERENCE_DIFFERENCE, zone, reference.relation, device)
    facts = {
        "relation": reference.relation, "g_cm2": round(place.g_cm2, 1), "likeness": round(laid.likeness, 2),
        "beyond": round(beyond(place.logit, comparer.thresholds.levels[reference.relation]), 2),
    }  # fmt: skip
    score = 1.0 / (1.0 + math.exp(-place.logit))
    return [(found(FindingKind.REFERENCE_DIFFERENCE, zone, box, score, limit, facts=facts), limit)]


def _unit(grid: Grid, zones: Zones) -> tuple[Grid, int] | None:
    """The columns of a reefer's unit, and the first of them; None where none is seen."""
    import numpy as np

    area = zones.area(Zone.REEFER)
    if area is None:
        return None
    left, _, width, _ = grid.box
    along = grid.density.shape[1] / width
    start = max(0, round((area[0] - left) * along))
    part = grid.density[:, start : round((area[0] + area[2] - left) * along)]
    return None if not part.size else (Grid(grid.box, np.ascontiguousarray(part), None), start)


def _share(strength: float) -> float:
    """A strength of 0 or more as a share from 0 to 1; 3 is one half."""
    strength = max(strength, 0.0)
    return strength / (strength + 3.0)
