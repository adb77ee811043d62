"""One sheet per file: its rows are what its bytes say, and a year is told without what comes after landing."""

import io
from collections import Counter

from vigie.arrivals import read, split
from vigie.world import Telling, TruthBook, World, nobody


def sheets(telling):
    return list(World(4, 7, 0.05, practice=nobody, telling=telling).sheets(TruthBook()))


def test_a_sheet_is_written_as_it_is_told():
    seen = Counter()
    for sheet in sheets(Telling.AHEAD):
        if sheet.miscounted or seen[sheet.kind] > 20:
            continue
        back = [row for part in split(io.BytesIO(sheet.written())) for row in read(part).rows]
        assert len(back) == len(sheet.rows())
        seen[sheet.kind] += 1
    assert seen.keys() == {"cuscar", "ics2", "cc315a", "vermas", "dcsa", "baplie", "codeco"}


def test_how_much_is_told():
    whole, ahead, short = (Counter(sheet.kind for sheet in sheets(telling))
                           for telling in (Telling.WHOLE, Telling.AHEAD, Telling.SHORT))
    assert set(short) == {"cuscar", "codeco"}
    assert set(ahead) == set(whole) - {"ais", "coarri", "iftsta"}
    assert ahead["ics2"] == whole["ics2"]


def test_sheets_come_in_the_order_of_time():
    moments = [sheet.at for sheet in sheets(Telling.WHOLE)]
    assert moments == sorted(moments)
