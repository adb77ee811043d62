"""Write movements: gates (CODECO), discharge and loading (COARRI), statuses (IFTSTA).

Source: UN/EDIFACT D.00B; SMDG and ITIGG codes of BGM 1001 (34, 36 gates; 44, 46 ship).
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from vigie.arrivals.edifact.write import (
    Sending,
    dtm,
    eqd,
    ftx,
    interchange,
    loc,
    mea,
    message,
    rff,
    segment,
    sel,
    tdt,
)  # fmt: skip
from vigie.arrivals.events import Classifier, Movement
from vigie.terms import BadRequest

_GATES = {"GTIN": "34", "GTOT": "36"}
_SHIP = {"DISC": ("44", "11"), "LOAD": ("46", "9")}
_MODES = {"VESSEL": "1", "RAIL": "2", "TRUCK": "3", "BARGE": "8"}


def _messages(
    kind: str, movements: Sequence[Movement], sending: Sending, key: Callable[[Movement], tuple[object, ...]],
    write: Callable[[list[Movement], str, Sending], list[str]],
) -> bytes:  # fmt: skip
    told = []
    for number, (_, run) in enumerate(groupby(movements, key=key), 1):
        reference = f"{sending.reference}{number:03d}"[:14]
        told.append(message(reference, (kind, "D", "00B", "UN"), write(list(run), reference, sending)))
    return interchange(sending, told)


def _head(kind: str, first: Movement, reference: str, sending: Sending) -> list[str]:
    at = first.recorded_at if first.recorded_at is not None else sending.at
    return [segment("BGM", kind, reference, "1" if first.retracts else "9"), *dtm("137", at)]


def _box(move: Movement, when: str) -> list[str]:
    told = [eqd(move.container, move.size_type, empty=move.empty), *rff(move.documents)]
    told += dtm(when, move.at, zoned=move.offset_known)
    return told


def _seen(move: Movement) -> list[str]:
    told = mea("G", move.gross_g) + sel(move.seals)
    return told + [one for remark in move.remarks if not remark.startswith("STOW:") for one in ftx(remark)]


def write_codeco(movements: Sequence[Movement], sending: Sending) -> bytes:
    """Write gate moves, one message for each run of the same kind, ship, and time of recording.

    A movement that retracts another is written as a cancellation. The event gets its name anew from sender, kind,
    container and time (`vigie.arrivals.edifact.messages.moves.event_name`).

    Raises:
        BadRequest: A movement is no gate move.
    """
    if wrong := next((move.code for move in movements if move.code not in _GATES), None):
        raise BadRequest(field="code", value=wrong)
    return _messages(
        "CODECO", movements, sending,
        lambda move: (move.code, bool(move.retracts), move.call, move.recorded_at), _codeco,
    )  # fmt: skip


def _codeco(moves: list[Movement], reference: str, sending: Sending) -> list[str]:
    first = moves[0]
    told = _head(_GATES[first.code], first, reference, sending) + tdt(first.call)
    told += dtm("132", first.call.arrival) + dtm("133", first.call.departure)
    for move in moves:
        told += _box(move, "7") + loc("165", move.place, move.facility) + _seen(move)
        if move.mode in _MODES:
            told.append(_onward(move))
    return [*told, segment("CNT", ("16", str(len(moves))))]


def _onward(move: Movement) -> str:
    """How it came or went on; a haulier whom a remark names already is not named twice."""
    told = ("1", "", _MODES[move.mode])
    if not move.haulier or any(remark.startswith("TRA:HAULIER") for remark in move.remarks):
        return segment("TDT", *told)
    return segment("TDT", *told, "", (move.haulier, "172", "ZZZ"))


def write_coarri(movements: Sequence[Movement], sending: Sending) -> bytes:
    """Write discharges and loadings, one message for each run of the same kind, ship, terminal and time of recording.

    Raises:
        BadRequest: A movement is neither a discharge nor a loading.
    """
    if wrong := next((move.code for move in movements if move.code not in _SHIP), None):
        raise BadRequest(field="code", value=wrong)
    return _messages(
        "COARRI", movements, sending,
        lambda move: (move.code, bool(move.retracts), move.call, move.place, move.facility, move.recorded_at), _coarri,
    )  # fmt: skip


def _coarri(moves: list[Movement], reference: str, sending: Sending) -> list[str]:
    first = moves[0]
    kind, place = _SHIP[first.code]
    told = _head(kind, first, reference, sending) + tdt(first.call) + loc(place, first.place, first.facility)
    told += dtm("132", first.call.arrival) + dtm("133", first.call.departure)
    for move in moves:
        cell = next((remark[5:] for remark in move.remarks if remark.startswith("STOW:")), "")
        told += _box(move, "203") + ([segment("LOC", "147", (cell, "", "5"))] if cell else []) + _seen(move)
    return [*told, segment("CNT", ("16", str(len(moves))))]


def write_iftsta(movements: Sequence[Movement], sending: Sending) -> bytes:
    """Write statuses, one message for each run of the same time of recording; the status code is the DCSA event code.

    Raises:
        BadRequest: An event is planned or requested: IFTSTA reports what happened or is expected.
    """
    if wrong := next((move.classifier for move in movements if move.classifier not in _TIMES), None):
        raise BadRequest(field="classifier", value=wrong.value)
    return _messages(
        "IFTSTA", movements, sending, lambda move: (bool(move.retracts), move.recorded_at), _iftsta
    )


_TIMES = {Classifier.ACTUAL: "334", Classifier.ESTIMATED: "132"}  # 2005: status change; arrival estimated


def _iftsta(moves: list[Movement], reference: str, sending: Sending) -> list[str]:
    told = _head("23", moves[0], reference, sending)
    for number, move in enumerate(moves, 1):
        remark = move.remarks[0] if move.remarks else ""
        told += [segment("CNI", str(number)), segment("STS", "1", (move.code, "", "", remark), move.reason)]
        told += rff(move.documents) + dtm(_TIMES[move.classifier], move.at, zoned=move.offset_known)
        told += [one for more in move.remarks[1:] for one in ftx(more)]
        told += loc("175", move.place, move.facility) + tdt(move.call, _MODES.get(move.mode, ""))
        told += [eqd(move.container, move.size_type, empty=move.empty)] if move.container else []
        told += mea("G", move.gross_g) + sel(move.seals)
    return told
