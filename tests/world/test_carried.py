"""What a format carries is what its reader reads: part by part, row by row, doubt by doubt."""

import io
from collections import Counter

import pytest

from vigie.arrivals import read, split
from vigie.world import Telling, TruthBook, World, nobody
from vigie.world.carried import carried


@pytest.mark.parametrize("seed", [4, 5])
def test_what_is_carried_is_what_is_read(seed):
    seen = Counter()
    for sheet in World(seed, 21, 0.04, practice=nobody, telling=Telling.AHEAD, uplift=30.0).sheets(TruthBook()):
        wanted = []
        for part in split(io.BytesIO(sheet.written())):
            reading = read(part)
            wanted += [(row, tuple(dict.fromkeys(doubt.code for doubt in reading.doubts))) for row in reading.rows]
        told = [(row, codes) for rows, codes in carried(sheet) for row in rows]
        assert told == wanted, sheet.kind
        seen[sheet.kind] += 1
        seen.update(code for _, codes in told for code in codes)
    assert {"cuscar", "ics2", "cc315a", "vermas", "dcsa", "baplie", "codeco"} <= seen.keys()
    assert {"edifact-unt-count", "edifact-placeholder-seal"} <= seen.keys()
