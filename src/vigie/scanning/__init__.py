"""What instruments show of a container: X-ray pictures, what is found in them, and how people read them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.scanning.xray.agreement import Agreement, agreement
    from vigie.scanning.xray.anomaly import BadBank, Bank, make_bank, read_bank, write_bank
    from vigie.scanning.xray.beside import Beside, beside, density_curve
    from vigie.scanning.xray.card import (
        BankCard,
        Card,
        joined,
        read_card,
        shipped,
        shipped_bank,
        shipped_comparer,
        shipped_files,
        shipped_full,
        shipped_pairs,
        write_card,
    )
    from vigie.scanning.xray.checking import SCAN_ROUTES, Expected, ratio_of, scan_faults
    from vigie.scanning.xray.coding import (
        PREVIEW_MEDIA,
        companded_of,
        frame_of,
        master_hash,
        master_of,
        picture_of,
        picture_of_frame,
        preview_of,
        scan_of,
    )
    from vigie.scanning.xray.comparing import Comparer, PairModel, score_of_pair, surest
    from vigie.scanning.xray.cutout import (
        BadCutout,
        BadProjection,
        Cutout,
        CutoutFacts,
        ProjectedScan,
        cut_out,
        cutout_of,
        read_cutout,
        write_cutout,
    )
    from vigie.scanning.xray.dicos import read_report, write_dicos, write_report
    from vigie.scanning.xray.dicos_pixels import DICOS_SYNTAXES
    from vigie.scanning.xray.finding import Finding, FindingKind, Heat, MachineReading, Place, Zone, Zones
    from vigie.scanning.xray.formats import (
        LARGEST_SCAN_FILE,
        BadScan,
        ReportRead,
        ScanBatch,
        ScanFile,
        ScanFormat,
        ScanningMissing,
        ScanRead,
        UnreadScan,
    )
    from vigie.scanning.xray.grid import Grid, gridded, on_picture, seen
    from vigie.scanning.xray.heat import HeatModel, ModelRefused, logits_of
    from vigie.scanning.xray.laid import Laid, box_on, lay, taken, unit_part
    from vigie.scanning.xray.machine import (
        BegunReading,
        Reference,
        begin_reading,
        finish_reading,
        read_scan,
    )
    from vigie.scanning.xray.manifest import Declared
    from vigie.scanning.xray.mark import is_projected, refuse_projected
    from vigie.scanning.xray.noise import noise_gain
    from vigie.scanning.xray.physics import BadCalibration, Calibration, Piece, areal_density, fit_calibration
    from vigie.scanning.xray.pixels import pixel_hash
    from vigie.scanning.xray.projection import Projected, project, shown_clean
    from vigie.scanning.xray.quiz import (
        Judged,
        QuizAnswer,
        QuizItem,
        Rate,
        TrainingRecord,
        draw_quiz,
        judged,
        place_in,
        record_of,
    )
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
    from vigie.scanning.xray.realism import Realism, realism
    from vigie.scanning.xray.record import ScanOriginal, ScanRecord
    from vigie.scanning.xray.reference import Difference, compare, strongest, turned
    from vigie.scanning.xray.report import ReportDecision, ReportType, Threat, ThreatReport
    from vigie.scanning.xray.scan import LARGEST_PIXELS, Scan, ScanFacts, Travel
    from vigie.scanning.xray.scan_files import format_named, group_of, read_scans, scan_formats
    from vigie.scanning.xray.scanners import (
        AIR_DRIFT,
        CALIBRATION_DAYS,
        RATIO_DRIFT,
        Disabled,
        Drift,
        QualityResult,
        Scanner,
        air_level,
        calibrate_scanner,
        detector_disabled,
        drift_of,
        fill_facts,
        steel_ratio,
        with_drift,
    )
    from vigie.scanning.xray.site_levels import (
        Background,
        backgrounds_of,
        hottest_of,
        part_thresholds,
        parts_in,
        parts_on,
        shifted,
        site_thresholds,
    )
    from vigie.scanning.xray.spots import Spot, parts_told, spots_of
    from vigie.scanning.xray.teaching import RECIPES, Recipe, teach
    from vigie.scanning.xray.teaching_export import eight_bits_earned, export_heat, net_again
    from vigie.scanning.xray.teaching_gate import Frozen, Gate, GateRow, area_of, gate
    from vigie.scanning.xray.teaching_lessons import Lesson, lesson
    from vigie.scanning.xray.teaching_pairs import COMPARE, PairLesson, pair_lesson, teach_pairs
    from vigie.scanning.xray.teaching_pairs_export import export_pairs
    from vigie.scanning.xray.teaching_projecting import Patch, patches_of
    from vigie.scanning.xray.teaching_site import SiteShow, half_way
    from vigie.scanning.xray.teaching_units import OF_FAMILY, UNITS, UnitLesson, teach_units, unit_lesson
    from vigie.scanning.xray.teaching_units_export import export_units
    from vigie.scanning.xray.threats import resting_place, usual_threats
    from vigie.scanning.xray.tiff import write_tiff
    from vigie.scanning.xray.triage import Level, Threshold, Thresholds, base_rate, combined, threshold_of
    from vigie.scanning.xray.units import Unit, UnitModel, laid_on, several, shown_unit, unit_taken
    from vigie.scanning.xray.zones import find_zones, whole_picture

_HOMES = {
    "xray.noise": ("noise_gain",),
    "xray.pixels": ("pixel_hash",),
    "xray.scan_files": ("format_named", "group_of", "read_scans", "scan_formats"),
    "xray.beside": ("Beside", "beside", "density_curve"),
    "xray.checking": ("Expected", "SCAN_ROUTES", "ratio_of", "scan_faults"),
    "xray.coding": (
        "PREVIEW_MEDIA",
        "companded_of",
        "frame_of",
        "master_hash",
        "master_of",
        "picture_of",
        "picture_of_frame",
        "preview_of",
        "scan_of",
    ),
    "xray.dicos": ("read_report", "write_dicos", "write_report"),
    "xray.dicos_pixels": ("DICOS_SYNTAXES",),
    "xray.formats": (
        "LARGEST_SCAN_FILE",
        "BadScan",
        "ReportRead",
        "ScanBatch",
        "ScanFile",
        "ScanFormat",
        "ScanRead",
        "ScanningMissing",
        "UnreadScan",
    ),
    "xray.record": ("ScanOriginal", "ScanRecord"),
    "xray.cutout": (
        "BadCutout",
        "BadProjection",
        "Cutout",
        "CutoutFacts",
        "ProjectedScan",
        "cut_out",
        "cutout_of",
        "read_cutout",
        "write_cutout",
    ),
    "xray.mark": ("is_projected", "refuse_projected"),
    "xray.projection": ("Projected", "project", "shown_clean"),
    "xray.quiz": (
        "Judged",
        "QuizAnswer",
        "QuizItem",
        "Rate",
        "TrainingRecord",
        "draw_quiz",
        "judged",
        "place_in",
        "record_of",
    ),
    "xray.realism": ("Realism", "realism"),
    "xray.report": ("ReportDecision", "ReportType", "Threat", "ThreatReport"),
    "xray.scanners": (
        "AIR_DRIFT",
        "CALIBRATION_DAYS",
        "RATIO_DRIFT",
        "Disabled",
        "Drift",
        "QualityResult",
        "Scanner",
        "air_level",
        "calibrate_scanner",
        "detector_disabled",
        "drift_of",
        "fill_facts",
        "steel_ratio",
        "with_drift",
    ),
    "xray.threats": ("resting_place", "usual_threats"),
    "xray.tiff": ("write_tiff",),
    "xray.agreement": ("Agreement", "agreement"),
    "xray.finding": ("Finding", "FindingKind", "Heat", "MachineReading", "Place", "Zone", "Zones"),
    "xray.physics": ("BadCalibration", "Calibration", "Piece", "areal_density", "fit_calibration"),
    "xray.reading": (
        "Awaits",
        "Case",
        "Reading",
        "ReadingOrder",
        "Region",
        "RoomRules",
        "Sighting",
        "Verdict",
        "check_reading",
        "claimed_until",
        "due_at",
        "is_drawn",
        "may_read",
        "read_rules",
        "shows_machine",
        "shows_readings",
        "standing",
    ),
    "xray.anomaly": ("BadBank", "Bank", "make_bank", "read_bank", "write_bank"),
    "xray.card": (
        "BankCard",
        "Card",
        "joined",
        "read_card",
        "shipped",
        "shipped_bank",
        "shipped_comparer",
        "shipped_files",
        "shipped_full",
        "shipped_pairs",
        "write_card",
    ),
    "xray.grid": ("Grid", "gridded", "on_picture", "seen"),
    "xray.heat": ("HeatModel", "ModelRefused", "logits_of"),
    "xray.comparing": ("Comparer", "PairModel", "score_of_pair", "surest"),
    "xray.teaching_pairs_export": ("export_pairs",),
    "xray.teaching_units": ("OF_FAMILY", "UNITS", "UnitLesson", "teach_units", "unit_lesson"),
    "xray.teaching_units_export": ("export_units",),
    "xray.units": ("Unit", "UnitModel", "laid_on", "several", "shown_unit", "unit_taken"),
    "xray.laid": ("Laid", "box_on", "lay", "taken", "unit_part"),
    "xray.teaching_pairs": ("COMPARE", "PairLesson", "pair_lesson", "teach_pairs"),
    "xray.machine": ("BegunReading", "Reference", "begin_reading", "finish_reading", "read_scan"),
    "xray.manifest": ("Declared",),
    "xray.reference": ("Difference", "compare", "strongest", "turned"),
    "xray.site_levels": (
        "Background",
        "backgrounds_of",
        "hottest_of",
        "parts_in",
        "parts_on",
        "shifted",
        "part_thresholds",
        "site_thresholds",
    ),
    "xray.teaching_site": ("SiteShow", "half_way"),
    "xray.spots": ("Spot", "parts_told", "spots_of"),
    "xray.teaching_export": ("eight_bits_earned", "export_heat", "net_again"),
    "xray.teaching_projecting": ("Patch", "patches_of"),
    "xray.teaching_gate": ("Frozen", "Gate", "GateRow", "area_of", "gate"),
    "xray.teaching": ("RECIPES", "Recipe", "teach"),
    "xray.teaching_lessons": ("Lesson", "lesson"),
    "xray.triage": ("Level", "Threshold", "Thresholds", "base_rate", "combined", "threshold_of"),
    "xray.zones": ("find_zones", "whole_picture"),
    "xray.scan": ("LARGEST_PIXELS", "Scan", "ScanFacts", "Travel"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AIR_DRIFT", "CALIBRATION_DAYS", "COMPARE", "DICOS_SYNTAXES", "LARGEST_PIXELS", "LARGEST_SCAN_FILE",
    "OF_FAMILY", "PREVIEW_MEDIA", "RATIO_DRIFT", "RECIPES", "SCAN_ROUTES", "UNITS", "Agreement", "Awaits",
    "Background", "BadBank", "BadCalibration", "BadCutout", "BadProjection", "BadScan", "Bank", "BankCard",
    "BegunReading", "Beside", "Calibration", "Card", "Case", "Comparer", "Cutout", "CutoutFacts", "Declared",
    "Difference", "Disabled", "Drift", "Expected", "Finding", "FindingKind", "Frozen", "Gate", "GateRow", "Grid",
    "Heat", "HeatModel", "Judged", "Laid", "Lesson", "Level", "MachineReading", "ModelRefused", "PairLesson",
    "PairModel", "Patch", "Piece", "Place", "Projected", "ProjectedScan", "QualityResult", "QuizAnswer",
    "QuizItem", "Rate", "Reading", "ReadingOrder", "Realism", "Recipe", "Reference", "Region", "ReportDecision",
    "ReportRead", "ReportType", "RoomRules", "Scan", "ScanBatch", "ScanFacts", "ScanFile", "ScanFormat",
    "ScanOriginal", "ScanRead", "ScanRecord", "Scanner", "ScanningMissing", "Sighting", "SiteShow", "Spot",
    "Threat", "ThreatReport", "Threshold", "Thresholds", "TrainingRecord", "Travel", "Unit", "UnitLesson",
    "UnitModel", "UnreadScan", "Verdict", "Zone", "Zones", "agreement", "air_level", "area_of", "areal_density",
    "backgrounds_of", "base_rate", "begin_reading", "beside", "box_on", "calibrate_scanner", "check_reading",
    "claimed_until", "combined", "companded_of", "compare", "cut_out", "cutout_of", "density_curve",
    "detector_disabled", "draw_quiz", "drift_of", "due_at", "eight_bits_earned", "export_heat", "export_pairs",
    "export_units", "fill_facts", "find_zones", "finish_reading", "fit_calibration", "format_named", "frame_of",
    "gate", "gridded", "group_of", "half_way", "hottest_of", "is_drawn", "is_projected", "joined", "judged",
    "laid_on", "lay", "lesson", "logits_of", "make_bank", "master_hash", "master_of", "may_read", "net_again",
    "noise_gain", "on_picture", "pair_lesson", "part_thresholds", "parts_in", "parts_on", "parts_told",
    "patches_of", "picture_of", "picture_of_frame", "pixel_hash", "place_in", "preview_of", "project",
    "ratio_of", "read_bank", "read_card", "read_cutout", "read_report", "read_rules", "read_scan", "read_scans",
    "realism", "record_of", "refuse_projected", "resting_place", "scan_faults", "scan_formats", "scan_of",
    "score_of_pair", "seen", "several", "shifted", "shipped", "shipped_bank", "shipped_comparer",
    "shipped_files", "shipped_full", "shipped_pairs", "shown_clean", "shown_unit", "shows_machine",
    "shows_readings", "site_thresholds", "spots_of", "standing", "steel_ratio", "strongest", "surest", "taken", "teach",
    "teach_pairs", "teach_units", "threshold_of", "turned", "unit_lesson", "unit_part", "unit_taken",
    "usual_threats", "whole_picture", "with_drift", "write_bank", "write_card", "write_cutout", "write_dicos",
    "write_report", "write_tiff",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.scanning.{_WHERE[name]}"), name)
