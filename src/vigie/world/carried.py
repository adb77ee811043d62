"""What of a sheet's rows its format carries: the rows, part by part, as whoever reads the file gets them.

A year on canonical rows must know no more than a year on messages: a declaration names no tare, a retraction names no
box, a seal number of `NA` is none. A law of the tests holds this equal to what the readers of `vigie.arrivals` read.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import cast

import msgspec

from vigie.arrivals import RUN, Call, Consignment, Equipment, Movement, Route, Seal, Stowed
from vigie.terms import Moment, Party, PartyRole, write_moment
from vigie.world.rows import Row
from vigie.world.telling import Sheet

Part = tuple[tuple[Row, ...], tuple[str, ...]]
"""Rows of one part of a file, and the codes of the doubts that its reader has."""

PLACEHOLDERS = frozenset({"NA", "SI"})
"""What clerks write where a box has no seal."""

_replace = msgspec.structs.replace


def carried(sheet: Sheet) -> Iterator[Part]:
    """Tell what is read from a sheet, without writing it.

    Args:
        sheet: Of a kind that `Telling.AHEAD` knows: `cuscar`, `ics2`, `cc315a`, `vermas`, `dcsa`, `baplie`, `codeco`.
    """
    rows = sheet.rows()
    counted = ("edifact-unt-count",) if sheet.miscounted else ()
    match sheet.kind:
        case "cuscar":
            for place, row in enumerate(rows):
                line = cast(Consignment, row)
                told = _manifest(line, sheet.at if sheet.dated is None else sheet.dated)
                yield (told,), (*_doubts(line), *(counted if place == len(rows) - 1 else ()))
        case "ics2" | "cc315a":
            line = cast(Consignment, rows[0])
            told = _declared(line) if sheet.kind == "ics2" else _older(line)
            wrong = any(_wrong(box.number) for box in line.equipment)
            yield (told,), ("xml-container-number",) if wrong else ()
        case "dcsa":
            yield tuple(_event(cast(Movement, row)) for row in rows), ()
        case "codeco":
            moves = sorted(cast("list[Movement]", rows), key=_kind)
            yield from _runs([_replace(move, event_id=_name(move)) for move in moves], _gates, counted)
        case "baplie":
            yield from _runs(rows, _plan, counted)
        case _:
            yield from _runs(rows, _whole, counted)


def _runs(rows: Sequence[Row], message: Callable[[Row], object], counted: tuple[str, ...]) -> Iterator[Part]:
    """Lists are cut into messages, and these into runs: what ends the file is doubted of its last run alone."""
    told = [list(one) for _, one in groupby(rows, key=message)]
    parts = [tuple(one[start : start + RUN]) for one in told for start in range(0, len(one), RUN)]
    for place, part in enumerate(parts, 1):
        yield part, counted if place == len(parts) else ()


def _whole(_: Row) -> object:
    return None


def _plan(row: Row) -> object:
    """A bay plan is one message for a ship, voyage and time."""
    stowed = cast(Stowed, row)
    return stowed.call, stowed.at


def _gates(row: Row) -> object:
    """Gate moves are one message for a kind, ship and time of recording."""
    move = cast(Movement, row)
    return move.code, bool(move.retracts), move.call, move.recorded_at


def _kind(move: Movement) -> str:
    return move.code


def _name(move: Movement) -> str:
    """Gate messages name no event: a reader makes its name from what they say."""
    return f"SIMULATED:{move.code}:{move.container}:{write_moment(cast(Moment, move.at))}"


@cache
def _wrong(number: str) -> bool:
    from vigie.terms import BadContainerNumber, ContainerNumber

    try:
        ContainerNumber.read(number)
    except BadContainerNumber:
        return True
    return False


def _doubts(line: Consignment) -> tuple[str, ...]:
    found = ["edifact-number-check-digit" for box in line.equipment if _wrong(box.number)]
    found += ["edifact-placeholder-seal" for box in line.equipment for seal in box.seals if seal.number in PLACEHOLDERS]
    return tuple(dict.fromkeys(found))


def _seals(box: Equipment, issuer: str | None = "") -> tuple[Seal, ...]:
    kept = [seal for seal in box.seals if seal.number not in PLACEHOLDERS]
    return tuple(seal if issuer is None else Seal(seal.number, issuer) for seal in kept)


@cache
def _untyped(party: Party) -> Party:
    return _replace(party, person_type="")


def _manifest(line: Consignment, written: Moment) -> Consignment:
    """CUSCAR: no type of person, no place of acceptance that is the port of loading."""
    route, one = line.route, len(line.equipment) == 1
    return _replace(
        line, parties=tuple(map(_untyped, line.parties)), filed_at=written,
        goods=tuple(_replace(item, containers=()) for item in line.goods) if one else line.goods,
        equipment=tuple(_replace(box, remarks=(), seals=_seals(box, None)) for box in line.equipment),
        route=_replace(route, acceptance="") if route.acceptance == route.loading else route,
    )


_FIRST = {PartyRole.DECLARANT: 0, PartyRole.CARRIER: 2}


def _place(party: Party) -> int:
    return _FIRST.get(party.role, 1)


def _carrier(line: Consignment) -> str:
    return next(party.eori for party in line.parties if party.role is PartyRole.CARRIER)


def _declared(line: Consignment) -> Consignment:
    """ICS2: no masses of the box, no temperature, no call sign, no terminal; the carrier by its EORI number."""
    carrier = _carrier(line)
    return _replace(
        line, id=f"bl:{carrier}:{line.document}", parties=tuple(sorted(line.parties, key=_place)),
        equipment=tuple(
            Equipment(box.number, box.size_type, box.empty, _seals(box)) for box in line.equipment
        ),
        call=_replace(line.call, call_sign="", carrier=carrier), route=_replace(line.route, terminal=""),
    )


def _older(line: Consignment) -> Consignment:
    """CC315A: boxes by number alone, seals only where one box is named."""
    carrier, alone = _carrier(line), len(line.equipment) == 1
    lrn, office, ucr = line.references
    seals = tuple(f"SEAL:{seal.number}" for box in line.equipment for seal in box.seals)
    references = (lrn, ucr, "MODE:1", f"ITEMS:{len(line.goods)}", office, *seals,
                  *(f"N705:{line.document}" for _ in line.goods))  # fmt: skip
    return _replace(
        line, id=f"bl:{carrier}:{line.document}", mrn="", references=references,
        parties=tuple(map(_untyped, line.parties)),
        equipment=tuple(Equipment(box.number, seals=_seals(box) if alone else ()) for box in line.equipment),
        call=Call(imo=line.call.imo, voyage=line.call.voyage, carrier=carrier, arrival=line.call.arrival),
        route=Route(loading=line.route.loading, unloading=line.route.unloading),
    )


def _event(move: Movement) -> Movement:
    """DCSA: a retraction names the event and nothing else; a call tells no arrival of another port."""
    if move.retracts:
        return Movement(f"{move.retracts}~retracted", "", retracts=move.retracts)
    seals = tuple(seal for seal in move.seals if seal.number not in PLACEHOLDERS)
    return _replace(move, seals=seals, call=_replace(move.call, arrival=None) if move.call.arrival else move.call)
