"""Write bay plans: BAPLIE 2.2 and 3.1.

Source: SMDG user manuals BAPLIE 2.2 (D.95B) and 3.1 (D.13B).
"""

from collections.abc import Sequence
from itertools import groupby

from vigie.arrivals.cargo import Equipment, Stowed
from vigie.arrivals.edifact.dates import write_date
from vigie.arrivals.edifact.write import (
    Sending,
    dtm,
    eqd,
    ftx,
    interchange,
    lines,
    loc,
    mea,
    message,
    rff,
    route,
    segment,
    tdt,
)  # fmt: skip
from vigie.terms import BadRequest

_KINDS = {"2.2": ("BAPLIE", "D", "95B", "UN", "SMDG22"), "3.1": ("BAPLIE", "D", "13B", "UN", "SMDG31")}


def write_baplie(stowed: Sequence[Stowed], sending: Sending, *, version: str = "2.2") -> bytes:
    """Write a bay plan, one message for each run of rows of the same ship, voyage and time.

    Seals are not part of a bay plan and are left out.

    Raises:
        BadRequest: The version is neither 2.2 nor 3.1.
    """
    kind = _KINDS.get(version)
    if kind is None:
        raise BadRequest(field="version", value=version)
    box = _box_22 if version == "2.2" else _box_31
    told = []
    for number, (_, run) in enumerate(groupby(stowed, key=lambda row: (row.call, row.at)), 1):
        rows = list(run)
        reference = f"{sending.reference}{number:03d}"[:14]
        body = _head(rows[0], reference, sending) + (["UNS+D'"] if version == "3.1" else [])
        body += [part for row in rows for part in box(row)]
        if version == "3.1":
            body.append(segment("CNT", ("16", str(len(rows)))))
        told.append(message(reference, kind, body))
    return interchange(sending, told)


def _head(first: Stowed, reference: str, sending: Sending) -> list[str]:
    told = [segment("BGM", "", reference, "9"), *dtm("137", first.at if first.at is not None else sending.at)]
    told += tdt(first.call)
    told += loc("5", first.route.loading) + loc("61", first.route.unloading)
    return told + dtm("132", first.call.arrival) + dtm("133", first.call.departure)


def _verified(box: Equipment) -> list[str]:
    if not box.vgm_method:
        return []
    return [segment("FTX", "AAY", "", box.vgm_method, write_date(box.vgm_at, "204") if box.vgm_at is not None else "")]


def _texts(row: Stowed) -> list[str]:
    told = [segment("FTX", "AAA", "", "", lines(row.description, 512, 5))] if row.description else []
    return told + [one for remark in row.equipment.remarks for one in ftx(remark)] + _verified(row.equipment)


def _masses(box: Equipment) -> list[str]:
    return mea("WT", box.gross_g) + mea("T", box.tare_g) + mea("VGM", box.vgm_g)


def _cold(box: Equipment) -> list[str]:
    if box.setpoint_dc is None:
        return []
    sign, degrees = "-" if box.setpoint_dc < 0 else "", divmod(abs(box.setpoint_dc), 10)
    return [segment("TMP", "2", (f"{sign}{degrees[0]}.{degrees[1]}", "CEL"))]


def _dangerous(box: Equipment) -> list[str]:
    return [segment("DGS", "IMD", "", number) for number in box.dangerous]


def _operator(box: Equipment) -> list[str]:
    return [segment("NAD", "CA", (box.operator, "172", "20"))] if box.operator else []


def _box_22(row: Stowed) -> list[str]:
    box = row.equipment
    return [
        segment("LOC", "147", (box.stow, "", "5")), *_texts(row), *_masses(box), *_cold(box),
        *route(row.route, "76", "83"), *(rff(row.documents) or [segment("RFF", ("BM", "1"))]),
        eqd(box.number, box.size_type, empty=box.empty), *_operator(box), *_dangerous(box),
    ]  # fmt: skip


def _box_31(row: Stowed) -> list[str]:
    box = row.equipment
    return [
        segment("LOC", "147", (box.stow, "9711", "5")), eqd(box.number, box.size_type, empty=box.empty),
        *_operator(box), *_masses(box), *rff(row.documents), *_texts(row), *route(row.route, "76", "83"),
        *_cold(box), *_dangerous(box),
    ]  # fmt: skip
