"""Damaged scans: whatever a file holds, it is read or refused by our own error, in bounded memory."""

import random
from collections import Counter
from collections.abc import Callable

import numpy as np
from tests.fuzz.damage import damaged

from vigie.scanning import (
    DICOS_SYNTAXES,
    ReportDecision,
    ReportType,
    Scan,
    ScanFacts,
    ScanFile,
    Threat,
    ThreatReport,
    read_scans,
    write_dicos,
    write_tiff,
)

BITS = (b"II*\0", b"MM\0*", b"DICM", b"\xff\xd8", b"\xff\xf7", b"\xff\x4f\xff\x51", b"\0\1\0\0", b"\xff\xff\xff\xff", b"\xff" * 8,
        b"\xfe\xff\0\xe0\xff\xff\xff\xff", b"SQ\0\0\xff\xff\xff\xff", b"OW\0\0\xff\xff\xff\xff", b"\1\1\4\0\1\0\0\0\xff\xff\xff\x7f",
        b'{"pixel_mm":1e309}', b"[" * 2000)  # fmt: skip
_META = 400  # bytes at the head of a DICOS file that say what it is: damage there ends the reading early


def corpus() -> list[list[ScanFile]]:
    """One small scan in every form that is read, with a report."""
    chance = np.random.default_rng(7)
    high = (chance.poisson(2_000, (24, 40)) * 3).astype(np.uint16)
    facts = ScanFacts(energies_mev=(6.0, 4.0), air=(60_000, 60_000), row_mm=5.0, column_mm=4.0, container="CSQU3054383")
    scan = Scan(facts=facts, high=high, low=(high // 2).astype(np.uint16))
    report = ThreatReport(type=ReportType.MACHINE, decision=ReportDecision.ALARM, threats=(Threat(box=(1, 2, 3, 4), mask=b"\1\2"),))
    found = [list(write_tiff(scan, "A", pages=pages, fast=fast)) for pages in (False, True) for fast in (False, True)]
    for syntax in DICOS_SYNTAXES:
        *pictures, told = write_dicos(scan, "B", (report,), syntax=syntax)
        found += [pictures, [told]]
    return found


def loop(rounds: int, seed: int, keep: Callable[[bytes], None] = lambda body: None) -> Counter[str]:
    """Damage and read so many times; gives what came of it. Anything but `VigieError` ends it."""
    seeds, chance, seen = corpus(), random.Random(seed), Counter[str]()
    for _ in range(rounds):
        files = list(chance.choice(seeds))
        which = chance.randrange(len(files))
        body = files[which].body
        head = _META if body[128:132] == b"DICM" and chance.random() < 0.6 else 0
        files[which] = ScanFile(files[which].name, body[:head] + damaged(body[head:], BITS, chance))
        keep(files[which].body)
        batch = read_scans(files)
        seen.update(["scan"] * len(batch.scans) + ["report"] * len(batch.reports) + [one.reason for one in batch.unread])
    return seen
