"""The readers of arrivals beside EDIFACT: XML, JSON, AIS and tables, each with a peer in the same run; and HMRC's verdicts."""

import csv
import io
import json
import statistics
import tarfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

import msgspec
import pyais
from lxml import etree

from vigie.arrivals import Call, Consignment, Equipment, GoodsItem, Movement, Part, Position, Route, Seal, read, split
from vigie.arrivals.ais import write_ais
from vigie.arrivals.dcsa import write_dcsa_events
from vigie.arrivals.ens import write_cc315a
from vigie.arrivals.ics2 import write_ics2
from vigie.arrivals.table import read_column_map
from vigie.terms import SECOND, ConsignmentId, Moment, Party, PartyRole, check_digit

COMMAND = "python -m benchmarks.speed.readers"
_SHARED = Path(__file__).resolve().parents[3] / "shared/data/trade"
_RUNS = 5
_START = 1_790_000_000


def figures(seed: int, quick: bool) -> list[dict[str, object]]:
    """Measure all readers; `seed` varies the numbers in the messages."""
    count = 1_000 if quick else 10_000
    told = [_ens(seed, count), _ics2(seed, count), _dcsa(seed, count * 5), _ais(seed, count * 5), _table(seed, count * 5)]
    return told + (_hmrc(seed) if _SHARED.is_dir() else [])


def _rates(count: int, work: Callable[[], object]) -> list[float]:
    """Items per CPU second of several runs; the first warms up and is left out."""
    work()
    rates = []
    for _ in range(_RUNS):
        begun = process_time()
        work()
        rates.append(count / (process_time() - begun))
    return sorted(rates)


def _figure(
    name: str, unit: str, count: int, seed: int, mine: Callable[[], object], peer: str, theirs: Callable[[], object],
    target: float | None = None,
) -> dict[str, object]:
    ours, other = _rates(count, mine), statistics.median(_rates(count, theirs))
    value = statistics.median(ours)
    return {"name": name, "value": round(value), "unit": unit, "target": target, "peer": peer, "peer_value": round(other),
            "ratio": round(value / other, 2), "n": count, "low": round(ours[0]), "high": round(ours[-1]), "seed": seed,
            "command": COMMAND}


def _number(serial: int) -> str:
    first = f"CSQU{serial % 1_000_000:06d}"
    return f"{first}{check_digit(first)}"


def a_consignment(serial: int) -> Consignment:
    """A banana box with all that an ENS says of it."""
    number = _number(serial)
    return Consignment(
        id=ConsignmentId(f"bl:BE0999999999:B{serial}"), document=f"B{serial}", references=(f"LRN:L{serial}",),
        parties=(Party(PartyRole.DECLARANT, "Agent NV", "BE0400000001", "Kaai 1", "Antwerpen", "2000", "BE"),
                 Party(PartyRole.CONSIGNOR, "Fruta Ficticia SA", "", "Calle 1", "Guayaquil", "090101", "EC"),
                 Party(PartyRole.CONSIGNEE, "Fruit BV", "BE0400000002", "Weg 2", "Gent", "9000", "BE")),
        goods=(GoodsItem(1, "080390", "BANANAS", 1080, "CT", 23_840_000, containers=(number,)),),
        equipment=(Equipment(number, "45R1", False, (Seal(f"ML{serial}"),)),),
        call=Call(imo="9074729", voyage="123W", carrier="BE0999999999", arrival=Moment(_START * SECOND)),
        route=Route(loading="ECGYE", unloading="BEANR"), filed_at=Moment(_START * SECOND),
    )


def _documents(write: Callable[[Consignment], bytes], seed: int, count: int) -> list[Part]:
    return [part for serial in range(seed, seed + count) for part in split(io.BytesIO(write(a_consignment(serial))))]


def _read_all(parts: list[Part]) -> int:
    return sum(len(read(part).rows) for part in parts)


def _parse_all(parts: list[Part]) -> int:
    return sum(len(etree.fromstring(part.body)) for part in parts)


def _ens(seed: int, count: int) -> dict[str, object]:
    parts = _documents(write_cc315a, seed, count)
    return _figure("ENS CC315A: parse, HMRC schema, canonical rows", "documents/CPU-s", count, seed,
                   lambda: _read_all(parts), "lxml parse alone", lambda: _parse_all(parts))


def _ics2(seed: int, count: int) -> dict[str, object]:
    parts = _documents(lambda consignment: write_ics2(consignment, "F10"), seed, count)
    return _figure("ICS2 F10: parse, canonical rows", "documents/CPU-s", count, seed, lambda: _read_all(parts),
                   "lxml parse alone", lambda: _parse_all(parts))


def _dcsa(seed: int, count: int) -> dict[str, object]:
    moves = [Movement(f"e{serial}", "GTOT", container=_number(serial), at=Moment(_START * SECOND), place="BEANR",
                      recorded_at=Moment(_START * SECOND), documents=(f"BL:B{serial}",)) for serial in range(seed, seed + count)]
    content = write_dcsa_events(moves)
    return _figure("DCSA T&T 3.0: cut, read, canonical rows", "events/CPU-s", count, seed,
                   lambda: _read_all(list(split(io.BytesIO(content)))), "json.loads alone", lambda: json.loads(content))


def _ais(seed: int, count: int) -> dict[str, object]:
    ships = [Position(f"{200_000_000 + serial:09d}", Moment(_START * SECOND), lat_e6=51_250_000, lon_e6=serial % 180 * 10**6,
                      speed_dkn=120, course_ddeg=900) for serial in range(seed, seed + count)]
    content = write_ais(ships)
    sentences = [line.rpartition(b"\\")[2] for line in content.splitlines()]
    return _figure("AIS: cut, checksum, decode, canonical rows", "sentences/CPU-s", count, seed,
                   lambda: _read_all(list(split(io.BytesIO(content)))), "pyais decode alone",
                   lambda: [pyais.decode(line) for line in sentences])


def _table(seed: int, count: int) -> dict[str, object]:
    told = read_column_map('kind="movement"\n[columns]\ncontainer="box"\ncode="what"\nat="when"\ngross_g="kg"')
    lines = [f"{_number(serial)};GTOT;2026-01-01T10:00:00Z;23840.5" for serial in range(seed, seed + count)]
    content = ("box;what;when;kg\n" + "\n".join(lines)).encode()
    return _figure("CSV by column map: cut, canonical rows", "rows/CPU-s", count, seed,
                   lambda: _read_all(list(split(io.BytesIO(content), column_map=told))), "csv.DictReader alone",
                   lambda: list(csv.DictReader(io.StringIO(content.decode()), delimiter=";")))


def _hmrc(seed: int) -> list[dict[str, object]]:
    """HMRC's own cases: verdicts that agree, and rule documents read with rows and nothing unmapped."""
    with tarfile.open(_SHARED / "hmrc_ens/hmrc_ens_315_tests.tar.xz") as archive:
        files = {info.name: held.read() for info in archive if info.isfile() and (held := archive.extractfile(info))}
    agreed = read_well = verdicts = rules = 0
    for name, content in files.items():
        if not name.endswith(".xml") or "TestCases315New/" not in name:
            continue
        (part,) = split(io.BytesIO(content))
        reading = read(part)
        codes = {doubt.code for doubt in reading.doubts}
        if "schemaTestCases" in name:
            verdicts += 1
            agreed += (b"Error>" in files[name.replace(".xml", ".ctl")]) == bool(codes & {"xml-schema", "xml-not-well-formed"})
        else:
            rules += 1
            read_well += bool(reading.rows) and not codes & {"xml-kept-unmapped", "xml-not-well-formed", "xml-schema"}
    same = {"unit": "cases", "peer": "HMRC", "ratio": None, "low": None, "high": None, "seed": seed, "command": COMMAND}
    return [
        {"name": "HMRC schema verdicts that agree (no interval: a count)", "value": agreed, "target": 91,
         "peer_value": verdicts, "n": verdicts, **same},
        {"name": "HMRC rule documents read without loss (no interval: a count)", "value": read_well, "target": 1_823,
         "peer_value": rules, "n": rules, **same},
    ]


if __name__ == "__main__":
    print(msgspec.json.format(msgspec.json.encode(figures(20261122, True)), indent=1).decode())
