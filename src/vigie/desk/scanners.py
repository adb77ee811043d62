"""The register of scanners at the desk: kept, calibrated, tested, measured; each change is an entry of the log."""

import msgspec
from msgspec.structs import replace

from vigie.desk.acts import ScannerChanged, item_of
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.scanning import disabled_text, purpose_of
from vigie.desk.trail import leave
from vigie.desk.views.scanning import ScannerView
from vigie.desk.work import Working, hand_in
from vigie.scanning import (
    CALIBRATION_DAYS,
    Drift,
    Piece,
    QualityResult,
    ScanFacts,
    Scanner,
    calibrate_scanner,
    steel_ratio,
    with_drift,
)
from vigie.terms import BadRequest, NotFound, Officer, Purpose


def listed(officer: Officer, node: Node, purpose: Purpose | None = None) -> tuple[ScannerView, ...]:
    """List the register, by name.

    Raises:
        NotForYou: The officer may not.
    """
    asked = purpose or purpose_of(officer, "see-scanners")
    permit(officer, "see-scanners", asked, "scanners", node)
    leave(officer, asked, "see-scanners", "scanners", node)
    return tuple(_view(one, officer, node) for one in node.store.scans.scanners())


def show(officer: Officer, name: str, node: Node, purpose: Purpose | None = None) -> ScannerView:
    """Show one scanner.

    Raises:
        NotForYou: The officer may not. NotFound: There is none of that name.
    """
    asked = purpose or purpose_of(officer, "see-scanners")
    permit(officer, "see-scanners", asked, f"scanner {name[:60]}", node)
    leave(officer, asked, "see-scanners", f"scanner {name[:60]}", node)
    return _view(_found(name, node), officer, node)


def keep(officer: Officer, told: Scanner, node: Working, purpose: Purpose | None = None) -> ScannerView:
    """Put a scanner into the register, or change what it says of one; calibration and tests stay as they are.

    Raises:
        NotForYou: The officer may not. BadRequest: A value is out of range: `field` names it.
    """
    asked = _permitted(officer, told.name, node, purpose)
    before = node.store.scans.scanner(told.name)
    checked(told)
    if before is not None:
        measured = before.calibration is not None and before.energies_mev == told.energies_mev
        told = replace(
            told, calibration=before.calibration if measured else None, pieces=before.pieces if measured else (),
            quality=before.quality, air=told.air or before.air,
        )  # fmt: skip
    return _take(officer, told, "kept", node, asked)


def calibrate(
    officer: Officer,
    name: str,
    pieces: tuple[Piece, ...],
    air: tuple[int, ...],
    node: Working,
    days: int = 0,
    purpose: Purpose | None = None,
) -> ScannerView:
    """Calibrate a scanner by three pieces of known areal density.

    Args:
        pieces: Counts behind an organic, an iron and a lead piece, high energy first. air: Level of air at the same
            time. days: For how long it is to hold; 0 for the usual.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such scanner. BadCalibration: The pieces give none.
        BadRequest: A count or the days are out of range.
    """
    asked = _permitted(officer, name, node, purpose)
    found = _found(name, node)
    count = len(found.energies_mev)
    if len(air) != count or not all(1 <= one <= 65_535 for one in air):
        raise BadRequest(reason="scanner-fields", field="air")
    if not 0 <= days <= 3_650:
        raise BadRequest(reason="scanner-fields", field="days")
    if any(len(one.counts) != count or not 0 < one.g_cm2 <= 500 for one in pieces):
        raise BadRequest(reason="scanner-fields", field="pieces")
    made = calibrate_scanner(found, pieces, air, node.now(), days or CALIBRATION_DAYS)
    return _take(officer, made, "calibrated", node, asked)


def note_test(
    officer: Officer,
    name: str,
    which: str,
    value: float,
    node: Working,
    *,
    passed: bool,
    purpose: Purpose | None = None,
) -> ScannerView:
    """Note the result of a test of image quality; the latest of each test counts.

    Args:
        which: `penetration` (mm of steel), `contrast` (per cent), `resolution` (mm), `wire` (mm). value: What was
            reached. passed: Whether that is what the site asks for.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such scanner. BadRequest: Another test, or no value.
    """
    asked = _permitted(officer, name, node, purpose)
    found = _found(name, node)
    result = QualityResult(node.now(), which, value, passed)
    others = tuple(one for one in found.quality if one.test != which)
    made = replace(found, quality=(*others, result))
    checked(made)
    return _take(officer, made, "tested", node, asked)


def measure(
    officer: Officer, name: str, high: float, low: float, node: Working, purpose: Purpose | None = None
) -> ScannerView:
    """Note a measurement of the piece of known steel: what the calibrated R says now.

    Args:
        high, low: Counts behind it at each energy.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such scanner. BadRequest: It is not calibrated, or the
        piece is not darker than air.
    """
    asked = _permitted(officer, name, node, purpose)
    found = _found(name, node)
    facts = ScanFacts(energies_mev=found.energies_mev, air=found.air, row_mm=1.0, column_mm=1.0, dark=found.dark)
    ratio = steel_ratio(high, low, facts) if found.calibration is not None and len(found.air) > 1 else None
    if ratio is None:
        raise BadRequest(reason="scanner-fields", field="counts")
    made = with_drift(found, Drift(node.now(), 1.0, ratio))
    return _take(officer, made, "measured", node, asked)


def checked(told: Scanner) -> None:
    """Refuse a scanner of which a value is out of range.

    Raises:
        BadRequest: `field` names it.
    """
    try:
        msgspec.json.decode(msgspec.json.encode(told), type=Scanner)
    except msgspec.ValidationError as fault:
        field = str(fault).rpartition("$.")[2].partition("`")[0].partition("[")[0]
        raise BadRequest(reason="scanner-fields", field=field[:40]) from None


def _permitted(officer: Officer, name: str, node: Node, purpose: Purpose | None) -> Purpose:
    asked = purpose or purpose_of(officer, "change-scanners")
    permit(officer, "change-scanners", asked, f"scanner {name[:60]}", node)
    return asked


def _found(name: str, node: Node) -> Scanner:
    found = node.store.scans.scanner(name)
    if found is None:
        raise NotFound(kind="scanner")
    return found


def _take(officer: Officer, made: Scanner, what: str, node: Working, purpose: Purpose) -> ScannerView:
    now = node.now()
    hand_in([item_of(ScannerChanged(made, what, officer.id, now), officer.id, now)], node)
    leave(officer, purpose, "change-scanners", f"scanner {made.name}", node, step=what)
    return _view(_found(made.name, node), officer, node)


def _view(one: Scanner, officer: Officer, node: Node) -> ScannerView:
    code, text = disabled_text(one.name, officer, node)
    told = one.calibration
    return ScannerView(
        one.name, one.site, one.energies_mev, one.row_mm, one.column_mm, one.air, one.dark, one.travel.value,
        one.active, one.note, None if told is None else told.made, None if told is None else told.valid_until,
        () if told is None else tuple(told.ratios), one.pieces, one.quality, one.drifts, text, code,
    )  # fmt: skip
