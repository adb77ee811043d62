"""EDIFACT: segments beside pydifact in the same run, and whole messages to canonical rows."""

import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

from pydifact.parser import Parser

from vigie.arrivals import Call, Consignment, Equipment, GoodsItem, Route, Seal, Stowed
from vigie.arrivals.edifact import Sending, read_all, segments, split, write_baplie, write_cuscar
from vigie.terms import ConsignmentId, Moment, Party, PartyRole, check_digit

COMMAND = "python -m benchmarks.speed.edifact"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "trade" / "edifact"
NOW = Moment(1_768_910_400_000_000)  # 2026-01-20T12:00:00Z
CALL = Call(imo="9074729", name="EVER SAMPLE", voyage="012W", carrier="MSCU", arrival=NOW)
REFUSED = "pydifact_patient3.edi"  # ends inside a segment: pydifact stops


def _number(serial: int) -> str:
    first = f"VGIU{serial:06d}"
    return f"{first}{check_digit(first)}"


def a_plan(boxes: int, seed: int) -> bytes:
    """A bay plan (BAPLIE 2.2) of made-up boxes."""
    chance = Random(seed)
    told = [
        Stowed(
            "BAPLIE",
            Equipment(_number(index), "45R1", False, gross_g=chance.randrange(4000, 30_000) * 1000, operator="MSC",
                      stow=f"{chance.randrange(10**7):07d}", vgm_g=chance.randrange(4000, 30_000) * 1000),
            CALL, Route(loading="ECGYE", unloading="BEANR", delivery="NLRTM"), NOW, description="BANANAS",
        )
        for index in range(boxes)
    ]  # fmt: skip
    return write_baplie(told, Sending("CARRIER", "PORT", "1", NOW))


def a_manifest(bills: int, seed: int) -> bytes:
    """A cargo report (CUSCAR) of made-up bills of lading, one box each."""
    chance = Random(seed)
    told = []
    for index in range(bills):
        number = _number(index)
        parties = tuple(
            Party(role, f"COMPANY {chance.randrange(2000)} SA", "", "CALLE 1", "CITY", "2000", country)
            for role, country in ((PartyRole.CONSIGNOR, "EC"), (PartyRole.CONSIGNEE, "BE"), (PartyRole.NOTIFY, "BE"))
        )
        told.append(
            Consignment(
                id=ConsignmentId(f"bl:MSCU:B{index}"), form="CUSCAR", document=f"B{index}", parties=parties,
                goods=(GoodsItem(1, "080390", "FRESH BANANAS", 1080, "CT", 20_000_000),),
                equipment=(Equipment(number, "45R1", False, (Seal(f"S{index}", "SH"),), 24_000_000),),
                call=CALL, route=Route(loading="ECGYE", unloading="BEANR"), filed_at=NOW,
            )
        )  # fmt: skip
    return write_cuscar(told, Sending("CARRIER", "CUSTOMS", "1", NOW))


def seconds(act: Callable[[], Iterator[Any]], repeats: int) -> list[float]:
    """Processor time of running through an iterator, several times."""
    told = []
    for _ in range(repeats):
        begun = process_time()
        for _ in act():
            pass
        told.append(process_time() - begun)
    return told


def _trimmed(element: str | list[str]) -> str | list[str]:
    kept = [element] if isinstance(element, str) else list(element)
    while kept and not kept[-1]:
        kept.pop()
    return "" if not kept else kept[0] if len(kept) == 1 else kept


def _theirs(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def differences() -> tuple[int, int]:
    """Segments that pydifact reads otherwise, and segments compared, over every sample it can read."""
    different = compared = 0
    for file in sorted(SAMPLES.glob("*.edi")):
        if file.name == REFUSED:
            continue
        raw = file.read_bytes()
        theirs = [[one.tag, *map(_trimmed, one.elements)] for one in Parser().parse(_theirs(raw))]
        ours = [[_trimmed(element) for element in elements] for _, _, elements in segments(io.BytesIO(raw))]
        different += abs(len(theirs) - len(ours)) + sum(left != right for left, right in zip(ours, theirs, strict=False))
        compared += len(theirs)
    return different, compared


def figures(seed: int, quick: bool) -> list[dict[str, Any]]:
    """Speed of the reader, and its agreement with pydifact."""
    logging.getLogger("pydifact").setLevel(logging.ERROR)
    repeats = 5 if quick else 15
    told: list[dict[str, Any]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sample = SAMPLES / "baplie_v15_demo.edi"
        raw = sample.read_bytes() if sample.exists() else a_plan(10_000, seed)
        name = sample.name if sample.exists() else "a made-up BAPLIE"
        count = sum(1 for _ in segments(io.BytesIO(raw)))
        text = _theirs(raw)
        peer = count / median(seconds(lambda: Parser().parse(text), max(1, repeats // 3)))
        ours = [count / took for took in seconds(lambda: segments(io.BytesIO(raw)), repeats)]
        told.append(_figure(f"EDIFACT segments, {name}", ours, "segments/CPU-s", 25 * round(peer), seed, peer))
        if SAMPLES.is_dir():
            different, compared = differences()
            told.append({
                "name": f"EDIFACT segments unlike pydifact ({compared} compared)", "value": different,
                "unit": "segments", "target": 0, "peer": "pydifact 0.2.3", "peer_value": 0, "ratio": None,
                "n": compared, "low": different, "high": different, "seed": seed, "command": COMMAND,
            })  # fmt: skip
    boxes = 5_000 if quick else 14_000
    for form, raw in (("BAPLIE", a_plan(boxes, seed)), ("CUSCAR", a_manifest(boxes, seed))):
        took = seconds(lambda raw=raw: read_all(split(io.BytesIO(raw))), repeats)  # type: ignore[misc]
        speeds = [boxes / one for one in took]
        told.append(_figure(f"{form} cut and read into canonical rows", speeds, "containers/CPU-s", 30_000, seed, None))
    return told


def _figure(
    name: str, speeds: list[float], unit: str, target: float, seed: int, peer: float | None
) -> dict[str, Any]:
    value = median(speeds)
    return {
        "name": name, "value": round(value), "unit": unit, "target": target,
        "peer": "pydifact 0.2.3" if peer is not None else None, "peer_value": round(peer) if peer is not None else None,
        "ratio": round(value / peer, 1) if peer is not None else None, "n": len(speeds), "low": round(min(speeds)),
        "high": round(max(speeds)), "seed": seed, "command": COMMAND,
    }  # fmt: skip


if __name__ == "__main__":
    for figure in figures(20261122, quick=True):
        print(json.dumps(figure))
