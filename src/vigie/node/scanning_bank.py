"""The bank of commodities that ships with the demo, and thresholds of what stands beside the papers.

All of it simulated: clean loads of every class for the bank; loads of the split `choose` without threat and block, seen
by the scanners of the simulated port, to count how often each kind of finding is wrong. No net takes part, so that
both stay when a model is replaced.
"""

import time
from collections.abc import Callable, Iterator
from hashlib import sha256

import msgspec

from vigie.node.scanning_teaching import NOT_FOR_OPERATION
from vigie.scanning import (
    Bank,
    BankCard,
    Declared,
    FindingKind,
    Grid,
    Scan,
    Thresholds,
    find_zones,
    gridded,
    make_bank,
    read_scan,
    threshold_of,
    write_bank,
)

Told = Callable[[str, int, int], None]
SEED = 63_000_000
"""Loads of the bank have seeds of their own from here on; no split draws them."""
EACH, SQUARES = 12, 440
"""Loads of each class, and squares that are kept of each: 18 classes stay below 300 kB."""
COUNTED = 110
"""Loads a scanner on which thresholds are counted: at least 100 in which a container is found."""
SITE = "BEANR"
PAPERS = (FindingKind.WEIGHT_DIFFERS, FindingKind.LOAD_CLASS_DIFFERS, FindingKind.UNLIKE_COMMODITY)
Scores = dict[tuple[FindingKind, str, str], list[float]]
"""Scores of a kind by commodity and scanner."""


def make_demo_bank(each: int = EACH, counted: int = COUNTED, told: Told = lambda *_: None) -> tuple[bytes, BankCard]:
    """Make bank and card; the same each time.

    Args:
        each: Loads of each class. counted: Loads of the split `choose` seen by each scanner. told: Hears how far it is.
    """
    began = time.process_time()
    bank = make_bank(_shown(each, told), SEED, most=SQUARES)
    body = write_bank(bank)
    scores: Scores = {}
    for scanner, letter in _scanners():
        for number in range(counted):
            _count(number, scanner, letter, bank, scores)
            if number % 10 == 9:
                told(f"thresholds {scanner}", number + 1, counted)
    card = BankCard(
        use=NOT_FOR_OPERATION, seed=SEED, pictures=each * len(bank.squares), bank=sha256(body).hexdigest(),
        thresholds=_thresholds(scores, f"bank-{counted}"), cpu_seconds=round(time.process_time() - began),
    )  # fmt: skip
    return body, card


def _scanners() -> list[tuple[str, str]]:
    """Scanners of the simulated port, and as which scanner of the simulator each sees."""
    from vigie.world import day_scanners

    return [(name, letter) for name, (site, letter) in day_scanners(SITE).items() if site == SITE]


def _shown(each: int, told: Told) -> Iterator[tuple[str, Grid]]:
    from vigie.world import draw_load, view, xray_parameters

    letters = [letter for _, letter in _scanners()]
    classes = sorted(xray_parameters().commodities)
    for place, name in enumerate(classes):
        for number in range(each):
            load = draw_load(SEED + place * 1000 + number, commodity=name)
            scan = view(load, letters[number % len(letters)], 0).scan
            zones = find_zones(scan)
            if zones.container is not None:
                yield name, gridded(scan, zones.container)
        told("bank", place + 1, len(classes))


def _count(number: int, scanner: str, letter: str, bank: Bank, scores: Scores) -> None:
    """Add the scores of one harmless load: full beside its papers, and empty."""
    from vigie.world import draw_load, view, xray_parameters

    load = draw_load(xray_parameters().splits["choose"].seed + number)
    empty = load.commodity == "empty"
    full = _named(view(load, letter, 0).scan, scanner)
    declared = Declared(commodity=load.commodity, kg=None if empty else load.kg, empty=empty)
    _add(full, declared, PAPERS, bank, scores)
    bare = _named(view(load.emptied(), letter, 0).scan, scanner)
    _add(bare, Declared(commodity="empty", empty=True), (FindingKind.NOT_EMPTY,), bank, scores)


def _named(scan: Scan, scanner: str) -> Scan:
    return msgspec.structs.replace(scan, facts=msgspec.structs.replace(scan.facts, scanner=scanner))


def _add(scan: Scan, declared: Declared, kinds: tuple[FindingKind, ...], bank: Bank, scores: Scores) -> None:
    reading = read_scan(scan, declared=declared, bank=bank)
    if reading.zones.container is None:
        return
    for kind in kinds:
        score = max((each.score for each in reading.findings if each.kind is kind), default=0.0)
        for goods in {declared.commodity, "*"}:
            for device in (scan.facts.scanner, "*"):
                scores.setdefault((kind, goods, device), []).append(score)


def _thresholds(scores: Scores, version: str) -> Thresholds:
    """Thresholds by kind, commodity and scanner, as far as a hundred harmless pictures stand behind each."""
    import numpy as np

    values = {}
    for (kind, goods, device), some in scores.items():
        limit = threshold_of(np.array(some), "clean")
        if limit.negatives:
            values[f"{kind}/*/{goods}/{device}"] = limit
    return Thresholds(version=version, values=values)
