"""A seeded history for measurements and tests: shaped like a port's, with nothing of a real one in it."""

import random
from collections.abc import Iterator

from vigie.risk import FAMILIES, MEASURES, HistoryRow, Kind
from vigie.risk.families import LATE
from vigie.terms import DAY

_START = 1_640_995_200_000_000  # 2022-01-01T00:00:00Z
_PLACES = {name: place for place, name in enumerate(MEASURES)}
_SIZES = {"consignee": 25, "consignor": 40, "pair": 12, "notify": 30, "lane": 300, "lane_hs4": 40, "consignee_hs4": 10,
          "container": 3, "seal": 1, "address": 25, "address_trader": 20, "goods_value": 40, "consignor_vgm": 8,
          "weighed": 40, "haulier": 6, "collected": 25, "cell": 2, "slot": 4,
          "release_party": 20, "terminal": 400, "vehicle": 30, "vehicle_carrier": 20, "ship": 40}
"""Rows per key of a family, on average: a lane is busy, a seal is new."""


def a_history(
    rows: int, seed: int, *, days: int = 1000, taken_back: float = 0.01, missing: float = 0.05, busy: int = 1,
    days_back: int = 60,
) -> Iterator[HistoryRow]:
    """Make history rows as `history_rows` gives them, in order of hlc.

    Args:
        rows: How many at least. seed: Of the draw.
        days: Over how many days. taken_back: Share of retractions, most of them within days of their target.
        missing: Share of keys that are not said.
        days_back: How late the latest retractions come, about.
        busy: Multiplies the rows per key, so that small histories have long keys.
    """
    draw = random.Random(seed)
    keys_of = [max(1, rows // (_SIZES[family.name] * busy)) for family in FAMILIES]
    hlc, line, standing = _START, 0, [HistoryRow(0, 0, Kind.MOVED)][:0]
    made = 0
    while made < rows:
        hlc += draw.randrange(1, 2 * days * DAY // rows)
        if standing and draw.random() < taken_back:
            recent = 200 if draw.random() < 0.95 else max(200, days_back * rows // days)
            row = standing.pop(draw.randrange(max(0, len(standing) - recent), len(standing)))
            upto = row.hlc if row.kind == Kind.OUTCOME else hlc - 1
            yield HistoryRow(hlc, row.line, Kind.RETRACTED, target=upto, of=row.kind)
            made += 1
            continue
        kind = draw.choices((Kind.ANNOUNCED, Kind.AMENDED, Kind.OUTCOME, Kind.MOVED), (80, 8, 4, 8))[0]
        keys = [None if draw.random() < missing else int(draw.paretovariate(0.7)) % count for count in keys_of]
        if kind is Kind.ANNOUNCED:
            keys[-len(LATE) :] = [None] * len(LATE)  # a box gets them on its way
        for box in range(draw.choice((1, 1, 1, 2, 3)) if kind is Kind.ANNOUNCED else 1):
            line += 1
            keys[7] = None if draw.random() < missing else draw.randrange(keys_of[7])
            row = HistoryRow(hlc, line, kind, tuple(keys), _said(draw, kind, hlc, box, keys[7]))
            yield row
            made += 1
            if kind in (Kind.ANNOUNCED, Kind.OUTCOME):
                standing.append(row)


def _said(draw: random.Random, kind: Kind, hlc: int, box: int, container: int | None) -> tuple[int, ...]:
    measures = [0] * len(MEASURES)
    said: dict[str, int] = {}
    if kind is Kind.ANNOUNCED:
        gross = draw.choice((0, draw.randrange(1_000_000, 30_000_000)))
        said = {"boxes": 1, "consignments": int(box == 0), "visits": int(draw.random() < 0.8), "at": hlc,
                "gross_g": gross, "log_w": gross >> 12, "log_w2": (gross >> 12) ** 2, "packages": draw.randrange(2000),
                "empties": int(draw.random() < 0.1), "reefers": int(draw.random() < 0.3),
                "size_type": draw.choice((0, 101, 202)), "tare_g": draw.choice((0, 2_200_000, 3_900_000)),
                "box": container or 0, "log_v": gross >> 14, "log_v2": (gross >> 14) ** 2}
    elif kind is Kind.AMENDED:
        said = {"amended": 1}
    elif kind is Kind.OUTCOME:
        said = {"inspected": 1, "found": int(draw.random() < 0.3), "irregular": int(draw.random() < 0.2),
                "hits": int(draw.random() < 0.3)}
    else:
        said = {"size_type": draw.choice((0, 101)), "box": draw.randrange(50), "weighed": draw.randrange(2),
                "collected": draw.randrange(2), "targets": draw.randrange(2), "held": draw.randrange(2),
                "presented": draw.randrange(2), "lost_h": draw.choice((0, 0, 3))}
    for name, value in said.items():
        measures[_PLACES[name]] = value
    return tuple(measures)
