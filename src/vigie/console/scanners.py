"""The register of scanners: why a machine may not judge what one took, how it drifts, and the forms that change it."""

from collections.abc import Sequence

import msgspec
from starlette.responses import Response

from vigie.console.pages import Asked, Pages, Said, done
from vigie.console.scanners_charts import drawn
from vigie.desk import scanners as desk
from vigie.scanning import AIR_DRIFT, RATIO_DRIFT, Piece, Scanner, Travel
from vigie.terms import BadRequest

MATERIALS = ("organic", "iron", "lead")
TESTS = ("penetration", "contrast", "resolution", "wire")


def page(asked: Asked, pages: Pages) -> Response:
    """The register."""
    found = desk.listed(asked.officer, asked.node)
    return pages.page(asked, "scanning/scanners.html", scanners=found, travels=[one.value for one in Travel])


def scanner(asked: Asked, pages: Pages) -> Response:
    """One scanner: facts, calibration, tests, drift, forms."""
    view = desk.show(asked.officer, asked.request.path_params["name"], asked.node)
    since = [one for one in view.drifts if view.calibrated is None or one.at >= view.calibrated]
    steel = view.ratios[1] if len(view.ratios) > 1 else None
    return pages.page(
        asked, "scanning/scanner.html", view=view, since=since, air=drawn([one.air for one in since], 1.0, AIR_DRIFT),
        ratio=drawn([one.ratio for one in since], steel, RATIO_DRIFT), steel=steel, materials=MATERIALS, tests=TESTS,
        travels=[one.value for one in Travel],
    )  # fmt: skip


def keep(asked: Asked, pages: Pages) -> Response:
    """Put a scanner into the register, or change it."""
    name = asked.field("name")
    told = {
        "name": name, "site": asked.field("site").upper(), "energies_mev": _numbers(asked, "energies_mev"),
        "row_mm": _number(asked, "row_mm"), "column_mm": _number(asked, "column_mm"),
        "air": [round(one) for one in _numbers(asked, "air")], "travel": asked.field("travel"),
        "active": asked.field("active") == "yes", "note": asked.field("note"),
    }  # fmt: skip
    if asked.field("dark"):
        told["dark"] = [round(one) for one in _numbers(asked, "dark")]
    try:
        made = msgspec.convert(told, Scanner)
    except msgspec.ValidationError as fault:
        field = str(fault).rpartition("$.")[2].partition("`")[0].partition("[")[0]
        raise BadRequest(reason="scanner-fields", field=field[:40]) from None
    desk.keep(asked.officer, made, asked.node)
    return done(_where(name), Said("said-scanner-kept", {"scanner": name}))


def step(asked: Asked, pages: Pages) -> Response:
    """Note a calibration, a test of image quality, or counts behind the piece of known steel."""
    name, verb = asked.request.path_params["name"], asked.field("verb")
    if verb == "calibrate":
        pieces = [
            Piece(one, _number(asked, f"{one}_g_cm2"), tuple(_numbers(asked, f"{one}_counts"))) for one in MATERIALS
        ]
        air = tuple(round(one) for one in _numbers(asked, "air"))
        days = asked.field("days")
        if not days.isdecimal():
            raise BadRequest(reason="scanner-fields", field="days")
        desk.calibrate(asked.officer, name, tuple(pieces), air, asked.node, int(days))
    elif verb == "test":
        passed = asked.field("passed")
        if passed not in ("yes", "no"):
            raise BadRequest(reason="scanner-fields", field="passed")
        desk.note_test(
            asked.officer, name, asked.field("test"), _number(asked, "value"), asked.node, passed=passed == "yes"
        )
    elif verb == "measure":
        desk.measure(asked.officer, name, _number(asked, "high"), _number(asked, "low"), asked.node)
    else:
        raise BadRequest(reason="unknown-choice", field="verb")
    return done(_where(name), Said(f"said-scanner-{verb}", {"scanner": name}))


def _where(name: str) -> str:
    from urllib.parse import quote

    return f"/scanning/scanners/{quote(name, safe='')}"


def _number(asked: Asked, field: str) -> float:
    found = _numbers(asked, field)
    if len(found) != 1:
        raise BadRequest(reason="scanner-fields", field=field)
    return found[0]


def _numbers(asked: Asked, field: str) -> Sequence[float]:
    """Numbers as people write them: parted by blanks, slashes or semicolons; a comma is a decimal one."""
    raw = asked.field(field).replace("/", " ").replace(";", " ").replace(",", ".").split()
    try:
        return [float(one) for one in raw]
    except ValueError:
        raise BadRequest(reason="scanner-fields", field=field) from None
