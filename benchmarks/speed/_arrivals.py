"""Seeded rows for measuring the store: as many, as long and as scattered as a port's, with nothing of a real one."""

import random
from collections.abc import Iterator, Sequence
from hashlib import sha256

import msgspec

from vigie.risk import FEATURE_SET, FEATURES, HistoryRow, LiveFeatures
from vigie.store import Store
from vigie.terms import Entry, EntryKind, InboxItem, Moment, Party, PartyKey, PartyRole, visit_id
from vigie.tracking import Assessed, Described, Listed, Visit

START = 1_767_225_600_000_000  # 2026-01-01T00:00:00Z
_SITES = ("BEANR",) * 80 + ("BEZEE",) * 15 + ("BEGNE",) * 4 + ("BEOST",)
_OWNERS = ("MSCU", "MSDU", "MAEU", "CMAU", "HLBU", "ONEU", "TCLU", "SUDU")


def listed_rows(count: int, seed: int, live: float = 1.0) -> Iterator[Listed]:
    """List rows in the order of opening; all but a share of them are gone, the last ones are here."""
    draw = random.Random(seed)
    for number in range(count):
        container = f"{draw.choice(_OWNERS)}{draw.randrange(10_000_000):07d}"
        here = number >= count * (1 - live)
        at = START + number * 1_000_000
        yield Listed(
            visit_id(container, number // 1_000_000 + 1), container, number // 1_000_000 + 1, Moment(at),
            Moment(at + draw.randrange(10**12)), draw.choice(_SITES), f"T{draw.randrange(14)}",
            Moment(at + draw.randrange(10**12)), draw.randrange(-9000, 4000), "low", draw.random() < 0.01,
            "new" if here else "gone", "", f"PL{draw.randrange(200):03d}", "BEANR", f"C{draw.randrange(30):02d}",
            f"VESSEL {draw.randrange(400)}", f"{draw.randrange(4000):04d}W", f"{draw.randrange(1, 98):02d}",
            draw.choice(("22G1", "45G1", "45R1", "42G1")), draw.random() < 0.2, draw.random() < 0.1,
            int(draw.expovariate(0.7)), int(draw.expovariate(1.5)), draw.choice((1, 1, 1, 2, 3)),
            "" if draw.random() < 0.99 else "ana", draw.random() < 0.01, draw.random() < 0.02, ("SEAL-1", "LANE-3"),
        )  # fmt: skip


class Feed:
    """Writes one micro-batch of containers after another as the sequencer does: everything, in one transaction."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self._draw = store, random.Random(seed)
        self._live = LiveFeatures(FEATURE_SET)
        self._rows = listed_rows(100_000_000, seed)
        self._hlc = START
        self.bytes = 0

    def batch(self, size: int) -> None:
        """Write one batch: hand in, then settle with all that is made of it; two commits."""
        rows = [next(self._rows) for _ in range(size)]
        bodies = [self._draw.randbytes(600) for _ in rows]
        items = [InboxItem("part", sha256(body).hexdigest(), body, Moment(START), message="M") for body in bodies]
        receipts = self.store.inbox.add(items)
        with self.store.transaction() as t:
            units = [receipt.id for receipt in receipts]
            fresh = t.units(size)
            visits = [Visit(row.visit, row.container, row.segment, row.opened, row.changed) for row in rows]
            entries, history = [], []
            for unit, row in zip(units, rows, strict=True):
                self._hlc += 1000
                entries.append(Entry(Moment(self._hlc), EntryKind.CONSIGNMENT, row.visit, unit, bodies[0], "feed"))
                history.append(self._history_row(self._hlc))
            t.log.append(entries)
            t.parts.add([Described(u, e.hlc, "M", 0, "edifact", "CUSCAR") for u, e in zip(units, entries, strict=True)])
            t.visits.put(list(zip(visits, rows, fresh, strict=True)))
            folded = self._live.fold(history, t.history)
            t.history.keep(folded.rows, folded.prefix, folded.taken)
            t.assessments.add([
                Assessed(row.visit, e.hlc, unit, "p" * 16, row.score_milli, "low", False, vector, bodies[0][:300])
                for row, e, unit, vector in zip(rows, entries, fresh, folded.vectors, strict=True)
            ])  # fmt: skip
            self._find(t, rows)
            t.inbox.settle(units)
        self.bytes += size * (600 + 600 + 300 + 8 * len(FEATURES) + 400)

    def _history_row(self, hlc: int) -> HistoryRow:
        draw = self._draw
        keys = tuple(int(draw.paretovariate(0.7)) % 1_000_000 for _ in FEATURE_SET.families)
        return HistoryRow(hlc, draw.getrandbits(62), 1, keys, tuple(draw.randrange(3) for _ in FEATURE_SET.measures))

    def _find(self, t: Store, rows: Sequence[Listed]) -> None:
        draw, terms = self._draw, []
        for row in rows:
            number = f"{draw.randrange(10**9):09d}"
            terms += [("container", row.container, row.visit), ("document", "MEDU" + number, row.visit),
                      ("mrn", "26BE" + number + "00001", row.visit), ("seal", "EU" + number[:7], row.visit),
                      ("vessel", row.vessel, row.visit), ("voyage", row.voyage, row.visit)]  # fmt: skip
        t.lookup.add(terms)
        named = [(PartyKey(f"{int(draw.paretovariate(0.7)) % 100_000:016x}"), row.visit) for row in rows for _ in "ab"]
        t.parties.add([(key, Party(PartyRole.CONSIGNEE, f"FICTIVE {key[-5:]} TRADING")) for key, _ in named])
        t.parties.link([(key, "consignee", visit) for key, visit in named])


def encoded(rows: Sequence[Listed]) -> list[bytes]:
    """List rows as bytes, for peers that store bytes."""
    return [msgspec.json.encode(row) for row in rows]
