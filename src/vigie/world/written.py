"""Rows become files by the writers of `vigie.arrivals`, as any other sender of these formats would write them."""

import csv
import io
from collections.abc import Sequence
from hashlib import blake2s
from typing import cast

import msgspec

from vigie.arrivals import (
    Consignment,
    Measurement,
    Movement,
    Position,
    Sending,
    Stowed,
    write_ais,
    write_baplie,
    write_cc315a,
    write_coarri,
    write_codeco,
    write_cuscar,
    write_dcsa_events,
    write_ics2,
    write_iftsta,
    write_vermas,
)
from vigie.inspections import COLUMNS
from vigie.terms import GRAMS_PER_KG, HOUR, Moment, write_moment
from vigie.world.rows import Row
from vigie.world.truth import Control

_ANALYSTS = 6  # invented: as many read images at a simulated port

SENDER = "SIMULATED"
"""Who all messages of the world say they come from."""

RECIPIENT = "VIGIE-DEMO"

EDIFACT = frozenset({"cuscar", "baplie", "coarri", "codeco", "vermas", "iftsta"})
"""Kinds that are EDIFACT interchanges."""


def write(kind: str, told: Sequence[Row], at: Moment, reference: str) -> bytes:
    """Write rows as one file of a kind.

    Args:
        kind: As in `Emission.kind`, `controls` excepted.
        told: Rows of the type that the kind wants; one declaration for `ics2` and `cc315a`.
        at: When it is written. reference: Unique in the world; a control reference is made from it.
    """
    sending = Sending(SENDER, RECIPIENT, blake2s(reference.encode(), digest_size=5).hexdigest().upper(), at)
    match kind:
        case "cuscar":
            return write_cuscar(cast(Sequence[Consignment], told), sending)
        case "baplie":
            return write_baplie(cast(Sequence[Stowed], told), sending)
        case "coarri":
            return write_coarri(cast(Sequence[Movement], told), sending)
        case "codeco":
            return write_codeco(_by_kind(cast(Sequence[Movement], told)), sending)
        case "iftsta":
            return write_iftsta(cast(Sequence[Movement], told), sending)
        case "vermas":
            return write_vermas(cast(Sequence[Measurement], told), sending)
        case "dcsa":
            return write_dcsa_events(cast(Sequence[Movement], told), SENDER)
        case "ais":
            return write_ais(cast(Sequence[Position], told), SENDER)
        case "yard":
            return yard_table(cast(Sequence[Movement], told))
        case "rights":
            return msgspec.json.encode(told)
        case "cc315a":
            return write_cc315a(cast(Consignment, told[0]))
        case _:
            declared = cast(Consignment, told[0])
            return write_ics2(declared, declared.form)


YARD_MAP = """kind = "movement"
[columns]
event_id = "name"
container = "box"
code = "event"
at = "at"
place = "port"
facility = "terminal"
slot = "slot"
empty = "empty"
"""
"""The column map with which the tables of yard moves are read."""


def yard_table(moves: Sequence[Movement]) -> bytes:
    """Moves in a yard as a terminal operating system exports them: a CSV table, read with `YARD_MAP`."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("name", "box", "event", "at", "port", "terminal", "slot", "empty"))
    for one in moves:
        at = write_moment(cast(Moment, one.at))
        table.writerow((one.event_id, one.container, one.code, at, one.place, one.facility, one.slot,
                        str(bool(one.empty)).lower()))  # fmt: skip
    return text.getvalue().encode()


def _by_kind(moves: Sequence[Movement]) -> list[Movement]:
    """Gate-ins before gate-outs: CODECO names the kind once a message."""
    return sorted(moves, key=lambda move: move.code)


def _analyst(control: Control) -> str:
    """Who read the image: one of six, by the hour; in this world nobody reads better than another."""
    return f"reader-{control.at // HOUR % _ANALYSTS + 1}" if control.detector == "scanner" else ""


def outcome_table(controls: Sequence[Control]) -> bytes:
    """Controls as a team brings them back: the CSV table of `vigie.inspections`.

    Why a box was looked at is not told: it is not the team's to say.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for one in controls:
        kilos = "" if one.grams is None else f"{one.grams / GRAMS_PER_KG:.3f}"
        told = {
            "container": one.container, "at": write_moment(one.at), "found": one.found, "quantity_kg": kilos,
            "concealment": one.concealment, "detector": one.detector, "detector_id": one.detector_id,
            "team": ";".join(one.team), "depth": one.depth, "note": "SIMULATED", "analyst": _analyst(one),
        }
        table.writerow([told[name] for name in COLUMNS])
    return text.getvalue().encode()
