"""Nothing differs, online against offline, after a million lines and several kills: the law of the one log.

A child process takes ships in through the real sequencer, with its mate, and is killed with -9 in the middle of
batches. Then every vector that was stored live is compared with the vectorised fold of the whole history and with a
replay of it into an empty store, in other batches.
"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest
from tests.desk.port import a_node
from tests.ships import a_ship, digests

from vigie.engine import HistoryColumns, fold_columns, history_of
from vigie.risk import FEATURE_SET, HistoryRow, Kind, LiveFeatures, line_number
from vigie.store import open_store

ROOT = Path(__file__).parents[2]
UNTOLD = -(1 << 62)  # stands for None; no feature comes near it
WIDTH = len(FEATURE_SET.features)


@pytest.mark.parametrize(("boxes", "ships", "kills"), [(400, 4, 2)])
def test_a_thousand_lines_and_two_kills(boxes, ships, kills, lasting_url, tmp_path):
    the_law(lasting_url, tmp_path, boxes, ships, kills, 11)


@pytest.mark.soak
@pytest.mark.parametrize(("boxes", "ships", "kills"), [(14_000, 70, 6)])  # 980,000 boxes, 1,018,570 lines
def test_a_million_lines_and_six_kills(boxes, ships, kills, tmp_path, record_property):
    record_property("n", the_law("", tmp_path, boxes, ships, kills, 12))
    rmtree(tmp_path)  # some 10 GB


def the_law(store, home, boxes, ships, kills, seed):
    """Take all ships in, through all kills; compare. Gives how many lines there were."""
    acknowledged_through(kills, store, home, boxes, ships, seed)
    with a_node(home, store=store) as node:
        lines = nothing_lost_and_nothing_twice(node, boxes, ships, seed)
        history = history_of_all(node)
        live = live_vectors(node, history)
        assert len(live) == boxes * ships
        assert differences(live, offline(history)) == 0
        assert differences(live, replayed(node, home)) == 0
    return lines


def acknowledged_through(kills, store, home, boxes, ships, seed):
    """Run the child until it has taken all ships in; kill it on the way, and look each time what it had said."""
    draw = random.Random(seed)
    marks = sorted(draw.randrange(boxes, boxes * ships - boxes // 2) for _ in range(kills))
    first, killed = 0, 0
    while True:
        words = [str(home), store, *map(str, (boxes, ships, first, seed))]
        child = subprocess.Popen([sys.executable, "-m", "tests.ships", *words], cwd=ROOT, env={"PYTHONPATH": "src:."},
                                 stdout=subprocess.PIPE, text=True)  # fmt: skip
        said = "0 0"
        for line in child.stdout:
            if line.strip() == "done":
                break
            said = line
            ship, parts = map(int, said.split())
            if marks and ship * boxes + parts >= marks[0]:
                marks.pop(0)
                time.sleep(draw.random() * 0.3)  # anywhere in a batch
                child.send_signal(signal.SIGKILL)
                killed += 1
        said = ([line for line in child.stdout if line.strip() != "done"] or [said])[-1]
        child.wait()
        child.stdout.close()
        if child.returncode == 0:
            break
        assert child.returncode == -signal.SIGKILL
        first, parts = map(int, said.split())
        with a_node(home, store=store) as node:
            told = digests(a_ship(first, boxes, seed))[:parts]
            assert node.store.inbox.known(told) == set(told)
    assert killed == kills


def nothing_lost_and_nothing_twice(node, boxes, ships, seed):
    """Every line that was ever handed in stands in the log exactly once."""
    store, expected = node.store, 0
    for number in range(ships):
        told = digests(a_ship(number, boxes, seed))
        assert store.inbox.known(told) == set(told)
        expected += len(told)
    assert (store.inbox.waiting(), store.inbox.faults()) == (0, [])
    sql = "SELECT count(*), count(DISTINCT source) FROM log WHERE kind = 'consignment'"
    assert store.db.one(sql) == (expected, expected)
    return expected


def rows_of(node) -> Iterator[list[HistoryRow]]:
    after = 0
    while rows := node.store.history.after(after, 20_000):
        yield rows
        after = rows[-1].hlc


def history_of_all(node) -> HistoryColumns:
    """The whole history in columns, made piece by piece: rows as objects would take gigabytes."""
    pieces = [history_of(rows, FEATURE_SET) for rows in rows_of(node)]
    return HistoryColumns(
        *(np.concatenate([getattr(piece, name) for piece in pieces]) for name in ("hlc", "line", "kind", "target")),
        *({key: np.concatenate([getattr(piece, name)[key] for piece in pieces]) for key in getattr(pieces[0], name)}
          for name in ("keys", "measures")),
    )  # fmt: skip


def live_vectors(node, history):
    """The vector that each box was first judged by, by the line that announced it."""
    first: dict[str, tuple[int | None, ...]] = {}
    after, step = 0, 5_000
    while found := node.store.assessments.vectors(after, step):
        whole = found if len(found) < step else [each for each in found if each[1] < found[-1][1]]
        if not whole:  # all of one batch
            step *= 2
            continue
        for visit, _, vector in whole:
            first.setdefault(visit, vector)
        after = whole[-1][1]
    opened = (history.kind == Kind.ANNOUNCED).nonzero()[0]
    announced = set(zip(history.line[opened].tolist(), history.hlc[opened].tolist(), strict=True))
    live: dict[int, np.ndarray] = {}
    names = iter(first)
    while some := list(islice(names, 2_000)):
        for kept in node.store.visits.get(some).values():
            line = min(kept.visit.lines, key=lambda each: each.first)
            number = line_number(kept.visit, line)
            assert (number, line.first) in announced
            live[number] = packed(first[kept.visit.id])
    return live


def packed(vector):
    return np.array([UNTOLD if value is None else value for value in vector], np.int64)


def offline(history):
    """The vectors of the vectorised fold, by the line announced first."""
    rows = (history.kind == Kind.ANNOUNCED).nonzero()[0]
    lines, firsts = np.unique(history.line[rows], return_index=True)
    rows = rows[firsts]
    table = np.empty((len(rows), WIDTH), np.int64)
    columns = {column.name: np.where(column.known[rows], column.values[rows], UNTOLD)
               for column in fold_columns(FEATURE_SET, history)}  # fmt: skip
    for place, name in enumerate(FEATURE_SET.names):
        table[:, place] = columns[name]
    assert sum(len(np.unique(table[:, place])) > 2 for place in range(WIDTH)) > 25  # they say something
    return dict(zip(lines.tolist(), table, strict=True))


def replayed(node, home):
    """The vectors of a replay of history into an empty store, in batches of another size."""
    live, found = LiveFeatures(FEATURE_SET), {}
    with open_store(f"sqlite:///{home}/replay.db", home / "replay.keys") as store:
        for rows in rows_of(node):
            for batch in cut(rows, 1777):
                folded = live.fold(batch, store.history)
                store.history.keep(folded.rows, folded.prefix, folded.taken)
                for row, vector in zip(batch, folded.vectors, strict=True):
                    if row.kind == Kind.ANNOUNCED and row.line not in found:
                        found[row.line] = packed(vector)
        assert store.db.one("SELECT count(*) FROM prefix") == node.store.db.one("SELECT count(*) FROM prefix")
    return found


def cut(rows, size):
    """Batches of about so many rows that never cut an entry in two."""
    start = 0
    while start < len(rows):
        end = min(start + size, len(rows))
        while end < len(rows) and rows[end].hlc == rows[end - 1].hlc:
            end += 1
        yield rows[start:end]
        start = end


def differences(live, other):
    """Values that are not equal; a line that the other side lacks differs in all of them."""
    return sum(WIDTH if line not in other else int(np.count_nonzero(vector != other[line])) for line, vector in live.items())


def test_a_difference_would_be_seen():
    one = {1: packed([1, None] * (WIDTH // 2)), 2: packed([5] * WIDTH)}
    other = {1: packed([1, 0] * (WIDTH // 2))}
    assert differences(one, dict(one)) == 0
    assert differences(one, other) == WIDTH // 2 + WIDTH
