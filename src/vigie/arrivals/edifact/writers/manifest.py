"""Write cargo reports to customs (CUSCAR D.00B).

Source: UN/EDIFACT CUSCAR D.00B: equipment in front, then consignments (CNI) whose goods name it (SGP).
"""

from collections.abc import Iterator, Sequence

from vigie.arrivals.cargo import Consignment, Equipment, Function, GoodsItem, Level
from vigie.arrivals.edifact.messages.parties import ROLES
from vigie.arrivals.edifact.write import (
    Sending,
    dtm,
    eqd,
    interchange,
    lines,
    mea,
    message,
    route,
    segment,
    sel,
    tdt,
)  # fmt: skip
from vigie.terms import Party

_FUNCTIONS = {Function.ORIGINAL: "9", Function.AMENDMENT: "4", Function.CANCELLATION: "1"}  # 1225
_ROLES = {role: code for code, role in reversed(ROLES.items())}  # the first code of a role is the one written
_DOCUMENT = {Level.STRAIGHT: "BM", Level.MASTER: "MB", Level.HOUSE: "BH"}  # 1153


def write_cuscar(consignments: Sequence[Consignment], sending: Sending) -> bytes:
    """Write consignments, one message for each run of the same function, ship and time of filing.

    Left out, because CUSCAR has no place for them: stowage cells, remarks and the method of a verified mass; dangerous
    goods are written where the consignment is one box.
    """
    told = []
    for number, run in enumerate(_runs(consignments), 1):
        reference = f"{sending.reference}{number:03d}"[:14]
        first = run[0]
        body = [segment("BGM", "785", reference, _FUNCTIONS[first.function])]
        body += dtm("137", first.filed_at if first.filed_at is not None else sending.at)
        body += tdt(first.call) + dtm("132", first.call.arrival) + dtm("133", first.call.departure)
        boxes = {box.number: box for consignment in run for box in consignment.equipment}
        body += [part for box in boxes.values() for part in _box(box)]
        body += [part for index, consignment in enumerate(run, 1) for part in _consignment(index, consignment)]
        told.append(message(reference, ("CUSCAR", "D", "00B", "UN"), body))
    return interchange(sending, told)


def _runs(consignments: Sequence[Consignment]) -> Iterator[list[Consignment]]:
    """Put together what one message can say: a box that two consignments describe differently needs two messages."""
    run: list[Consignment] = []
    boxes: dict[str, Equipment] = {}
    for one in consignments:
        new = {box.number: box for box in one.equipment}
        same = run and (run[0].function, run[0].call, run[0].filed_at) == (one.function, one.call, one.filed_at)
        if run and (not same or any(boxes.get(number, box) != box for number, box in new.items())):
            yield run
            run, boxes = [], {}
        run.append(one)
        boxes |= new
    if run:
        yield run


def _box(box: Equipment) -> list[str]:
    told = [eqd(box.number, box.size_type, empty=box.empty)]
    told += mea("G", box.gross_g) + mea("T", box.tare_g) + mea("VGM", box.vgm_g) + sel(box.seals)
    if box.operator:
        told.append(segment("NAD", "CF", (box.operator, "172", "20")))
    if box.setpoint_dc is not None:
        sign, degrees = "-" if box.setpoint_dc < 0 else "", divmod(abs(box.setpoint_dc), 10)
        told.append(segment("TMP", "2", (f"{sign}{degrees[0]}.{degrees[1]}", "CEL")))
    return told


def _consignment(index: int, told: Consignment) -> list[str]:
    out = [segment("CNI", str(index), told.document)]
    if told.document:
        out.append(segment("RFF", (_DOCUMENT[told.level], told.document)))
    if told.parent:
        out.append(segment("RFF", ("MB", told.parent)))
    if told.mrn:
        out.append(segment("RFF", ("ABT", told.mrn)))
    references = (reference.partition(":") for reference in told.references)
    out += [segment("RFF", (kind, number)) for kind, _, number in references if number]
    out += route(told.route, "88", "7")
    if told.freight_payment:
        out.append(segment("CPI", "4", "", told.freight_payment))
    out += [_party(party) for party in told.parties]
    numbers = [box.number for box in told.equipment]
    dangerous = told.equipment[0].dangerous if len(told.equipment) == 1 else ()
    for item in told.goods or (GoodsItem(),):
        out += _item(item, numbers, dangerous)
    return out


def _party(party: Party) -> str:
    return segment(
        "NAD", _ROLES[party.role], party.eori, "", lines(party.name, 35, 5), lines(party.street, 35, 3), party.city,
        "", party.postcode, party.country,
    )  # fmt: skip


def _item(item: GoodsItem, numbers: Sequence[str], dangerous: Sequence[str]) -> list[str]:
    count = str(item.packages) if item.packages is not None else ""
    told = [segment("GID", str(item.number), (count, item.package_kind))]
    if item.description:
        told.append(segment("FTX", "AAA", "", "", lines(item.description, 512, 5)))
    told += mea("G", item.gross_g)
    if item.value_minor is not None:
        money = f"{item.value_minor // 100}.{item.value_minor % 100:02d}"
        told.append(segment("MOA", ("40", money, item.currency)))
    told += [segment("SGP", number) for number in item.containers or numbers]
    told += [segment("DGS", "IMD", "", number) for number in dangerous]
    if item.hs:
        told.append(segment("CST", "", (item.hs, "HS")))
    return told
