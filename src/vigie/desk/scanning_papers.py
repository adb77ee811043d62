"""What a scan is laid beside when the machine reads it: the papers of its box, and earlier pictures."""

from collections.abc import Iterable, Sequence

from vigie.arrivals import Level
from vigie.desk.needs import Node
from vigie.desk.scanning import opened
from vigie.scanning import BadScan, Declared, Reference, Scan, ScanRecord
from vigie.tracking import Kept, Line

SAME, UNIT, MAKE = "same-container", "same-unit", "same-model"
"""Relations of `vigie.scanning.Reference`: the same box on the same journey; the same refrigerating unit; another one,
perhaps of its make."""

REFERENCES = 2
"""Earlier pictures of the same journey beside which a scan is laid (0.15 s of CPU each): the latest of another port,
and the last one. A reefer's last picture on an earlier journey comes on top, for its unit alone."""

LATEST, REEFERS = 60, 5
"""Where a reefer has no earlier picture: of so many latest scans of its scanner so many other reefers of its size are
opened (some 0.07 s of CPU each); which of them are of its make, their pictures tell."""

CLASSES = {
    "02": "frozen-cartons", "03": "frozen-cartons",
    "0803": "fruit-cartons", "0804": "fruit-cartons", "0805": "fruit-cartons", "0806": "fruit-cartons",
    "0807": "fruit-cartons", "0808": "fruit-cartons", "0809": "fruit-cartons", "0810": "fruit-cartons",
    "0901": "sacks", "1701": "sacks", "1801": "sacks", "2523": "sacks", "4402": "sacks", "1202": "big-bags",
    "31": "big-bags", "1703": "flexitank", "2008": "drums", "2009": "drums", "2203": "bottles", "2204": "bottles",
    "2208": "bottles", "4011": "tyres", "4403": "logs", "4407": "timber", "47": "bales", "61": "textiles",
    "62": "textiles", "63": "textiles", "69": "tiles", "7204": "scrap", "84": "machines", "85": "electronics",
    "94": "furniture",
}  # fmt: skip
"""Chapter or heading of the Harmonized System to the class of load, as banks of pictures and thresholds name it.

Source: titles of the nomenclature (WCO HS 2022), and how such goods travel by our own reading; a heading counts before
its chapter. What is not listed has no class, and nothing is said of it.
"""


def declared_of(kept: Kept) -> Declared | None:
    """What the papers say of a load; None where there are none.

    The weight is told where it is this box's alone: of goods whose consignment names no other box, or verified and
    the tare known.
    """
    lines = kept.visit.standing
    empty = bool(kept.listed.empty)
    if not lines and not empty:
        return None
    classes = {_class_of(item.hs) for line in lines for item in line.goods}
    return Declared(
        commodity="empty" if empty else classes.pop() if len(classes) == 1 else "",
        kg=None if empty else _kg(lines), empty=empty,
    )  # fmt: skip


def _class_of(hs: str) -> str:
    return CLASSES.get(hs[:4]) or CLASSES.get(hs[:2], "")


def _kg(lines: Sequence[Line]) -> float | None:
    houses = [line for line in lines if line.level is Level.HOUSE]
    counted = houses or list(lines)[:1]
    goods = [item.gross_g for line in counted for item in line.goods]
    if goods and all(goods) and all(line.boxes == 1 for line in counted):
        return sum(one or 0 for one in goods) / 1000.0
    told = [line.equipment for line in lines if line.equipment is not None]
    weighed = next((one.vgm_g for one in told if one.vgm_g), None)
    tare = next((one.tare_g for one in told if one.tare_g), None)
    return (weighed - tare) / 1000.0 if weighed and tare and weighed > tare else None


def references_of(record: ScanRecord, kept: Kept | None, node: Node) -> list[Reference]:
    """Earlier pictures beside which a scan is laid; one that is damaged or erased is left out."""
    made = [Reference(scan, SAME) for scan in _opened(_same(record, node), REFERENCES, node)]
    if kept is not None and kept.listed.reefer:
        number = record.visit.rpartition("-")[0]
        before = [one for one in node.store.scans.of_container(number) if one.visit and one.visit != record.visit]
        own = _opened((one for one in before if one.at < record.at), 1, node)
        made += [Reference(scan, UNIT) for scan in own]
        if not own and record.facts.simulated:  # beside its make a net is asked, which knows simulated scans alone
            others = _opened(_other_reefers(record, kept, node), REEFERS, node)
            made += [Reference(scan, MAKE) for scan in others]
    return made


def _other_reefers(record: ScanRecord, kept: Kept, node: Node) -> list[ScanRecord]:
    """Earlier pictures of other reefers of one size by the same scanner, one for each box, the latest first."""
    if not record.facts.scanner:
        return []
    number = record.visit.rpartition("-")[0]
    before: dict[str, ScanRecord] = {}
    for one in node.store.scans.of_scanner(record.facts.scanner, LATEST):
        other = one.visit.rpartition("-")[0]
        if one.at < record.at and other != number:
            before.setdefault(other, one)
    boxes = node.store.visits.get([one.visit for one in before.values()])

    def alike(one: ScanRecord) -> bool:
        there = boxes.get(one.visit)
        return there is not None and bool(there.listed.reefer) and there.listed.size_type == kept.listed.size_type

    return [one for one in before.values() if alike(one)]


def _same(record: ScanRecord, node: Node) -> list[ScanRecord]:
    """Earlier pictures of the same journey: the latest of another port first, then the others, the latest first."""
    if not record.visit:
        return []
    known = node.store.scans.of_visit(record.visit)
    before = [one for one in known if one.at < record.at and one.id != record.id][::-1]
    elsewhere = next((one for one in before if one.site and one.site != record.site), None)
    return before if elsewhere is None else [elsewhere, *(one for one in before if one is not elsewhere)]


def later_here(record: ScanRecord, node: Node) -> list[ScanRecord]:
    """Scans of the box's own port, taken after one of another port and read before it came."""
    kept = node.store.visits.get([record.visit]).get(record.visit) if record.visit else None
    if kept is None or not record.site or record.site == kept.listed.site:
        return []
    later = [one for one in node.store.scans.of_visit(record.visit) if one.at > record.at and one.site != record.site]
    read = node.store.machine_readings.of([one.id for one in later])
    return [one for one in later if one.id in read]


def _opened(records: Iterable[ScanRecord], most: int, node: Node) -> list[Scan]:
    found: list[Scan] = []
    for one in records:
        if len(found) == most:
            break
        try:
            scan = opened(one, node)
        except BadScan:
            continue
        if scan is not None:
            found.append(scan)
    return found
