"""Read the rows of a table into canonical rows."""

import csv
import io
from collections.abc import Iterator
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

import msgspec

from vigie.arrivals.cargo import Call, Consignment, Equipment, Function, GoodsItem, Level, Route, Seal
from vigie.arrivals.events import Classifier, Measurement, Movement, Position, Quantity
from vigie.arrivals.reading import Part, Reading, Row
from vigie.arrivals.table.cells import Cells, Layout
from vigie.arrivals.table.column_map import Dialect
from vigie.terms import ConsignmentId, Doubt, Moment, Party, PartyRole, Place

_ROLES = ("consignor", "consignee", "notify", "buyer", "seller", "forwarder", "declarant")


def read(part: Part) -> Reading:
    """Read one part; a row with too few or too many cells is read as far as it goes."""
    doubts = list(part.doubts)
    line, _, _ = part.head.partition(b"\n")
    try:
        told = msgspec.json.decode(line, type=Dialect)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Reading(doubts=(*doubts, Doubt("table-damaged", Place(offset=part.offset))))
    rows: list[Row] = []
    cells = list(_rows(part, told, doubts))
    if told.map.kind == "consignment":
        rows += _consignments(cells)
    else:
        make = {"movement": _movement, "measurement": _measurement, "position": _position}.get(told.map.kind)
        rows += [row for one in cells if make is not None and (row := make(one)) is not None]
    for one in cells:
        doubts += one.doubts
    return Reading(tuple(rows), tuple(doubts))


def _rows(part: Part, told: Dialect, doubts: list[Doubt]) -> Iterator[Cells]:
    layout = Layout(told.map, told.columns)
    for number, cells in enumerate(_records(part, told, doubts), part.segment):
        if not (cells and cells[0].strip()) and not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(told.columns):
            facts = {"cells": len(cells), "columns": len(told.columns)}
            doubts.append(Doubt("table-ragged", Place(segment=number), dict(facts)))
        yield Cells(layout, cells, number)


def _records(part: Part, told: Dialect, doubts: list[Doubt]) -> Iterator[list[str]]:
    if told.parquet:
        yield from _lines(part, doubts)
        return
    try:
        text = part.body.decode(told.encoding)
    except (UnicodeDecodeError, LookupError):
        doubts.append(Doubt("table-encoding", Place(segment=part.segment), {"encoding": told.encoding[:20]}))
        text = part.body.decode("latin-1")
    try:
        yield from csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=told.delimiter)
    except (csv.Error, TypeError):  # a cell above 128 KiB, or a delimiter that is none
        doubts.append(Doubt("table-damaged", Place(segment=part.segment, offset=part.offset)))


def _lines(part: Part, doubts: list[Doubt]) -> Iterator[list[str]]:
    for number, line in enumerate(part.body.splitlines(), part.segment):
        try:
            yield msgspec.json.decode(line, type=list[str])
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            doubts.append(Doubt("table-damaged", Place(segment=number, offset=part.offset)))


def _call(cells: Cells, arrival: Moment | None = None, departure: Moment | None = None) -> Call:
    return Call(
        imo=cells.text("imo"), call_sign=cells.text("call_sign"), name=cells.text("vessel"),
        voyage=cells.text("voyage"), carrier=cells.text("carrier"), arrival=arrival, departure=departure,
    )  # fmt: skip


def _seals(cells: Cells) -> tuple[Seal, ...]:
    return tuple(Seal(number) for number in cells.value("seals") or ())


def _consignments(rows: list[Cells]) -> list[Consignment]:
    """One consignment per document; rows of one document are its boxes and items."""
    groups: dict[tuple[str, str, str], list[Cells]] = {}
    for row in rows:
        groups.setdefault((row.text("carrier"), row.text("document"), row.text("mrn")), []).append(row)
    return [_consignment(carrier, document, mrn, group) for (carrier, document, mrn), group in groups.items()]


def _consignment(carrier: str, document: str, mrn: str, group: list[Cells]) -> Consignment:
    first = group[0]
    if not document and not mrn:
        first.doubt("table-no-document", "document")
    boxes: dict[str, Equipment] = {}
    goods = []
    for count, row in enumerate(group, 1):
        box = _box(row)
        if box.number:
            boxes.setdefault(box.number, box)
        goods.append(_goods(row, count, box.number))
    return Consignment(
        id=ConsignmentId(f"bl:{carrier}:{document}" if document or not mrn else f"mrn::{mrn}"),
        function=_word(first, "function", Function.ORIGINAL),
        level=_word(first, "level", Level.STRAIGHT),
        form=first.form,
        document=document,
        parent=first.text("parent"),
        mrn=mrn,
        parties=tuple(party for role in _ROLES if (party := _party(first, role))),
        goods=tuple(item for item in goods if item != GoodsItem(item.number, containers=item.containers)),
        equipment=tuple(boxes.values()),
        call=_call(first, arrival=first.value("arrival"), departure=first.value("departure")),
        route=Route(
            acceptance=first.value("acceptance") or "", loading=first.value("loading") or "",
            transhipment=first.value("transhipment") or (), unloading=first.value("unloading") or "",
            delivery=first.value("delivery") or "", terminal=first.text("terminal"),
        ),
        filed_at=first.value("filed_at"),
        freight_payment=first.text("freight_payment"),
    )


_Word = TypeVar("_Word", bound=StrEnum)


def _word(cells: Cells, field: str, unsaid: _Word, unknown: _Word | None = None) -> _Word:
    """A word of a closed list; `unsaid` where the cell is empty; a doubt, and `unknown`, where it is no word of it."""
    raw = cells.text(field)
    if not raw:
        return unsaid
    known = next((word for word in type(unsaid) if word.value.lower() == raw.lower()), None)
    if known is None:
        cells.doubt("table-word", field, text=raw[:20])
        return unknown or unsaid
    return known


def _party(cells: Cells, role: str) -> Party | None:
    name, eori, street, city, postcode, country = (
        cells.text(f"{role}_{part}") for part in ("name", "eori", "street", "city", "postcode", "country")
    )
    party = Party(PartyRole(role), name, eori.upper(), street, city, postcode, country.upper())
    return party if party != Party(PartyRole(role)) else None


def _box(cells: Cells) -> Equipment:
    return Equipment(
        number=cells.number(),
        size_type=cells.text("size_type"),
        empty=cells.value("empty"),
        seals=_seals(cells),
        gross_g=cells.value("gross_g"),
        tare_g=cells.value("tare_g"),
        vgm_g=cells.value("vgm_g"),
        vgm_method=cells.text("vgm_method"),
        vgm_at=cells.value("vgm_at"),
        setpoint_dc=cells.value("setpoint_dc"),
        operator=cells.text("operator"),
        dangerous=cells.value("dangerous") or (),
    )


def _goods(cells: Cells, count: int, number: str) -> GoodsItem:
    return GoodsItem(
        number=count,
        hs=cells.text("hs").replace(".", ""),
        description=cells.text("description"),
        packages=cells.value("packages"),
        package_kind=cells.text("package_kind"),
        gross_g=cells.value("goods_gross_g"),
        value_minor=cells.value("value_minor"),
        currency=cells.text("currency").upper(),
        containers=(number,) if number else (),
    )


def _movement(cells: Cells) -> Movement:
    documents = tuple(f"{prefix}:{text}" for prefix, field in (("BL", "document"), ("BN", "booking"))
                      if (text := cells.text(field)))
    movement = Movement(
        event_id=cells.text("event_id"),
        code=cells.text("code").upper(),
        classifier=_word(cells, "classifier", Classifier.ACTUAL, Classifier.PLANNED),
        container=cells.number(),
        at=cells.value("at"),
        recorded_at=cells.value("recorded_at"),
        place=cells.value("place") or "",
        facility=cells.text("facility"),
        mode=cells.text("mode").upper(),
        call=_call(cells),
        seals=_seals(cells),
        empty=cells.value("empty"),
        gross_g=cells.value("gross_g"),
        documents=documents,
        retracts=cells.text("retracts"),
        reason=cells.text("reason"),
        size_type=cells.text("size_type"),
        offset_known=cells.zoned("at"),
        haulier=cells.text("haulier"),
        slot=cells.text("slot"),
    )
    if movement.event_id:
        return movement
    named = sha256(msgspec.json.encode(movement)).hexdigest()[:16]
    return msgspec.structs.replace(movement, event_id=f"unnamed:{named}")


def _measurement(cells: Cells) -> Measurement | None:
    quantity = cells.text("quantity").lower() or Quantity.VGM
    if quantity not in [*Quantity]:
        cells.doubt("table-word", "quantity", text=quantity[:20])
        return None
    kind = Quantity(quantity)
    flag = cells.value("flag")
    value = {Quantity.TEMPERATURE: cells.value("tenths"), Quantity.HUMIDITY: cells.value("tenths"),
             Quantity.DOOR: None if flag is None else int(flag)}.get(kind, cells.value("grams"))
    if value is None:
        cells.doubt("table-number", "grams", text="")
        return None
    document = cells.text("document")
    return Measurement(cells.number(), kind, value, cells.text("method"), cells.value("at"), cells.text("by"),
                       (f"BL:{document}",) if document else (), cells.value("place") or "")


def _position(cells: Cells) -> Position | None:
    mmsi = cells.text("mmsi")
    if not mmsi.isascii() or not mmsi.isdigit() or len(mmsi) > 9:
        cells.doubt("table-number", "mmsi", text=mmsi[:20])
        return None
    return Position(
        mmsi=mmsi.zfill(9), at=cells.value("at"), imo=cells.text("imo"), name=cells.text("name"),
        call_sign=cells.text("call_sign"), destination=cells.text("destination"), lat_e6=cells.value("lat_e6"),
        lon_e6=cells.value("lon_e6"), speed_dkn=cells.value("speed_dkn"), course_ddeg=cells.value("course_ddeg"),
    )
