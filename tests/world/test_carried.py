"""What a format carries is what its reader reads: part by part, row by row, doubt by doubt."""

import io
from collections import Counter

import pytest

from vigie.arrivals import RUN, read, split
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


@pytest.mark.parametrize("kind", ["vermas", "baplie", "codeco"])
def test_a_miscounted_list_is_doubted_of_its_last_run_alone(kind):
    """A list longer than one run is read run by run: what its end counts wrongly concerns the last."""
    world = World(4, 14, 1.0, practice=nobody, telling=Telling.AHEAD)
    sheet = next(one for one in world.sheets(TruthBook()) if one.kind == kind and len(one.rows()) > RUN)
    wrong = sheet._replace(miscounted=True)
    parts = [(reading.rows, tuple(dict.fromkeys(doubt.code for doubt in reading.doubts)))
             for reading in map(read, split(io.BytesIO(wrong.written()))) if reading.rows]  # fmt: skip
    assert list(carried(wrong)) == parts
    assert [codes for _, codes in parts] == [()] * (len(parts) - 1) + [("edifact-unt-count",)]
    assert len(parts) > 1
