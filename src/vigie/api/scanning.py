"""`/scanning`: scans taken in, listed, opened, given to their box, exported; the register of scanners."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.asked import Asked
from vigie.api.bodies import bounded
from vigie.api.schema import MESSAGES, shown
from vigie.desk import arrivals, scanners, scanning, scanning_elsewhere, scanning_packed
from vigie.desk.views import ScanImportView, ScannerView, ScansPage, ScanView
from vigie.scanning import Piece, Scanner, Travel
from vigie.terms import BadRequest

api = APIRouter(prefix="/scanning", tags=["scanning"])

LARGEST_SCANS = 512 << 20
"""Bytes of one upload of scans; more goes into the folder of the scanner."""

Name = Annotated[str, Field(max_length=60)]
PACKED = {"content-encoding": "identity"}
"""What is packed already is sent as it is; packing it again costs time and gains nothing."""

_BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "OK",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class AskedAssignment(Asked):
    """Which box a scan belongs to: a visit or a container number; and why."""

    box: Annotated[str, Field(min_length=4, max_length=40)]
    reason: Annotated[str, Field(min_length=5, max_length=400)]


class AskedScanner(Asked):
    """A scanner of the register."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    site: Annotated[str, Field(pattern=r"^[A-Z]{2}[A-Z2-9]{3}$")]
    energies_mev: Annotated[tuple[float, ...], Field(min_length=1, max_length=2)] = (6.0, 4.0)
    row_mm: Annotated[float, Field(ge=0.1, le=100)] = 5.0
    column_mm: Annotated[float, Field(ge=0.1, le=100)] = 5.0
    air: Annotated[tuple[Annotated[int, Field(ge=1, le=65_535)], ...], Field(max_length=2)] = ()
    dark: Annotated[tuple[Annotated[int, Field(ge=0, le=65_535)], ...], Field(max_length=2)] = (0, 0)
    travel: Travel = Travel.UNKNOWN
    active: bool = True
    note: Annotated[str, Field(max_length=400)] = ""


class AskedPiece(Asked):
    """A test piece: its areal density, and the counts behind it, high energy first."""

    material: Literal["organic", "iron", "lead"]
    g_cm2: Annotated[float, Field(gt=0, le=500)]
    counts: Annotated[tuple[Annotated[float, Field(gt=0, le=65_535)], ...], Field(min_length=1, max_length=2)]


class AskedCalibration(Asked):
    """A calibration; `days` 0 for the usual."""

    air: Annotated[tuple[Annotated[int, Field(ge=1, le=65_535)], ...], Field(min_length=1, max_length=2)]
    pieces: Annotated[tuple[AskedPiece, ...], Field(min_length=3, max_length=3)]
    days: Annotated[int, Field(ge=0, le=3_650)] = 0


class AskedTest(Asked):
    """The result of a test of image quality (ANSI N42.46)."""

    test: Literal["penetration", "contrast", "resolution", "wire"]
    value: Annotated[float, Field(ge=0, le=100_000)]
    passed: bool


class AskedSteel(Asked):
    """Counts behind the piece of known steel."""

    high: Annotated[float, Field(gt=0, le=65_535)]
    low: Annotated[float, Field(gt=0, le=65_535)]


@api.post("/imports", responses=shown(ScanImportView, status=201), status_code=201, openapi_extra=MESSAGES,
          summary="Take scans in")  # fmt: skip
async def take_in(
    request: Request, officer: Caller, node: Served, name: Annotated[str, Query(max_length=120)] = "scan"
) -> Response:
    """Take scans in: one file (a two-page TIFF needs its profile, so send a ZIP), or a ZIP of files."""
    body = await bounded(request, LARGEST_SCANS, BadRequest(reason="scan-file-too-large", most=LARGEST_SCANS))

    def work() -> ScanImportView:
        return scanning_elsewhere.take_in(officer, scanning_packed.unpacked(name, body), node)

    return answer(await run_in_threadpool(work), 201)


@api.get("/scans", responses=shown(ScansPage), summary="Scans")
def listed(
    officer: Caller,
    node: Served,
    container: Name = "",
    scanner: Name = "",
    state: Literal["", "matched", "unmatched"] = "",
    after: Name = "",
    limit: Annotated[int, Query(ge=1, le=scanning.MOST)] = 50,
) -> Response:
    """List scans, the latest received first."""
    return answer(scanning.listed(
        officer, node, container=container, scanner=scanner, state=state, after=after, limit=limit
    ))  # fmt: skip


@api.get("/scans/{scan}", responses=shown(ScanView), summary="One scan")
def show(scan: str, officer: Caller, node: Served) -> Response:
    """Show a scan with its files, what is wrong with it, and its readings."""
    return answer(scanning.show(officer, scan, node))


@api.get("/scans/{scan}/preview", responses=_BYTES, response_class=Response, summary="Small picture")
def preview(scan: str, officer: Caller, node: Served) -> Response:
    """Give a small picture of a scan, 8 bits."""
    body, media = scanning.preview(officer, scan, node)
    return Response(body, media_type=media, headers={"cache-control": "private, no-store"})


@api.get("/scans/{scan}/frames/{energy}", responses=_BYTES, response_class=Response, summary="Picture, 16 bits")
def frame(scan: str, energy: Literal["high", "low"], officer: Caller, node: Served) -> Response:
    """Give one picture to the last count: raw deflate of low bytes, then high bytes, of differences to the left."""
    body = scanning.frame(officer, scan, energy, node)
    return Response(body, media_type="application/octet-stream",
                    headers={"cache-control": "private, no-store"} | PACKED)  # fmt: skip


@api.post("/scans/{scan}/assign", responses=shown(ScanView), summary="Say which box a scan belongs to")
def assign(scan: str, asked: AskedAssignment, officer: Caller, node: Served) -> Response:
    """Say which box a scan belongs to."""
    box = arrivals.find(officer, asked.box, node)
    return answer(scanning.assign(officer, scan, box, asked.reason, node))


@api.get("/scans/{scan}/files", responses=_BYTES, response_class=Response, summary="Export a scan")
def export(
    scan: str, officer: Caller, node: Served, form: Literal["dicos", "tiff", "original", "companded"] = "dicos"
) -> Response:
    """Export a scan as a ZIP of files."""
    body = scanning_packed.packed(scanning.export(officer, scan, form, node))
    headers = {"content-disposition": f'attachment; filename="{scan[:40]}-{form}.zip"'}
    return Response(body, media_type="application/zip", headers=headers | PACKED)


@api.get("/scanners", responses=shown(ScannerView, many=True), summary="Register of scanners")
def register(officer: Caller, node: Served) -> Response:
    """List the scanners, and why no machine may read their pictures."""
    return answer(scanners.listed(officer, node))


@api.get("/scanners/{name}", responses=shown(ScannerView), summary="One scanner")
def one_scanner(name: str, officer: Caller, node: Served) -> Response:
    """Show a scanner with its calibration, tests and drift."""
    return answer(scanners.show(officer, name, node))


@api.post("/scanners", responses=shown(ScannerView), summary="Keep a scanner")
def keep(asked: AskedScanner, officer: Caller, node: Served) -> Response:
    """Put a scanner into the register, or change it."""
    return answer(scanners.keep(officer, Scanner(**asked.model_dump()), node))


@api.post("/scanners/{name}/calibrations", responses=shown(ScannerView), summary="Calibrate a scanner")
def calibrate(name: str, asked: AskedCalibration, officer: Caller, node: Served) -> Response:
    """Calibrate a scanner by three pieces."""
    pieces = tuple(Piece(one.material, one.g_cm2, one.counts) for one in asked.pieces)
    return answer(scanners.calibrate(officer, name, pieces, asked.air, node, asked.days))


@api.post("/scanners/{name}/tests", responses=shown(ScannerView), summary="Note a test of image quality")
def note_test(name: str, asked: AskedTest, officer: Caller, node: Served) -> Response:
    """Note the result of a test of image quality."""
    return answer(scanners.note_test(officer, name, asked.test, asked.value, node, passed=asked.passed))


@api.post("/scanners/{name}/measurements", responses=shown(ScannerView), summary="Note counts behind known steel")
def measure(name: str, asked: AskedSteel, officer: Caller, node: Served) -> Response:
    """Note the counts behind the piece of known steel."""
    return answer(scanners.measure(officer, name, asked.high, asked.low, node))
