"""Nothing differs, online against offline, over millions of rows and 40 features, though the online side is killed.

Smaller than `test_million` in what it runs, larger in how much: the real history of the store, its writer, its reader
and the live fold, without parsing, boxes and scores around them. The other side is the fold over files.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import rmtree

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.many_rows import BATCH, DECLARED, START, UNTOLD, batch_of, vectors_of

from vigie.engine import Plan, open_engine, stored_rows
from vigie.engine.history_slices import write_slices
from vigie.risk import Kind
from vigie.store import open_store

ROOT = Path(__file__).parents[2]
WIDTH = len(DECLARED.features)


def test_some_thousand_rows_and_a_kill(tmp_path):
    assert the_law(tmp_path, 4 * BATCH, 1, 3) > 3 * BATCH * WIDTH


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_millions_of_rows_and_six_kills(tmp_path, record_property):
    rows = int(os.environ.get("VIGIE_ROWS", "10000000"))
    record_property("n", rows)
    record_property("values", the_law(tmp_path, rows, 6, 12))
    rmtree(tmp_path)


def the_law(home, rows, kills, seed):
    """Fold all rows live, through all kills, then offline; compare. Gives how many values were compared."""
    assert WIDTH == 40
    killed_on_the_way(home, rows, kills, seed)
    with open_store(f"sqlite:///{home}/rows.db", home / "rows.keys") as store:
        stored, taken = store.db.one("SELECT count(*), count(CASE WHEN kind = 3 THEN 1 END) FROM history")
        assert rows - rows // 64 <= stored <= rows  # what takes back a row from before the first is not counted
        assert taken > rows // 64 // 3
        slices = home / "slices"
        slices.mkdir()
        logs = write_slices(slices, [], stored_rows(store.history.after, START - 1), [], DECLARED, 1 << 53)
    for path in home.glob("rows.db*"):
        path.unlink()
    plan = Plan(DECLARED, logs, home / "fold")
    with open_engine() as engine:
        plan.run(engine)
    compared, wrong = differences(home, plan.results, -(-rows // BATCH))
    assert wrong == 0
    assert compared == (rows - rows // 64) * WIDTH
    return compared


def killed_on_the_way(home, rows, kills, seed):
    """Run the child until it has folded all; kill it on the way, each time somewhere in a batch."""
    draw, batches = random.Random(seed), -(-rows // BATCH)
    marks, killed = sorted(draw.sample(range(1, batches), kills)), 0
    words = [sys.executable, "-m", "tests.many_rows", str(home), str(rows), str(seed)]
    while True:
        child = subprocess.Popen(words, cwd=ROOT, env={"PYTHONPATH": "src:.", "OMP_NUM_THREADS": "1"},
                                 stdout=subprocess.PIPE, text=True)  # fmt: skip
        for line in child.stdout:
            if marks and line != "done\n" and int(line.split()[0]) >= marks[0] - 1:
                marks.pop(0)
                time.sleep(draw.random() * 0.3)
                child.send_signal(signal.SIGKILL)
                killed += 1
        child.wait()
        child.stdout.close()
        if child.returncode == 0:
            break
        assert child.returncode == -signal.SIGKILL
    assert killed == kills


def differences(home, results, batches):
    """How many values were compared, and how many of them differ; rows stand in the same order on both sides."""
    live, compared, wrong = None, 0, 0
    numbers = iter(range(batches))
    for path in results:
        table = pq.read_table(path, use_threads=False)
        stands = np.flatnonzero(table["kind"].to_numpy() != Kind.RETRACTED)
        held = [] if live is None else [live]
        while sum(one.num_rows for one in held) < len(stands):
            held.append(pq.read_table(vectors_of(home, next(numbers)), use_threads=False))
        whole = pa.concat_tables(held)
        mine, live = whole.slice(0, len(stands)), whole.slice(len(stands))
        for name in ("hlc", "line"):
            assert np.array_equal(mine[name].to_numpy(), table[name].to_numpy()[stands])
        for name in DECLARED.names:
            offline = table[name].fill_null(UNTOLD).to_numpy()[stands]
            wrong += int(np.count_nonzero(mine[name].to_numpy() != offline))
            compared += len(stands)
            assert len(stands) < 100_000 or len(np.unique(offline)) > 1, name  # it says something
    assert live is None or live.num_rows == 0
    assert next(numbers, None) is None
    return compared, wrong


def test_rows_are_told_by_their_number_alone():
    whole = [row for number in range(3) for row in batch_of(number, 3 * BATCH, 5)]
    assert whole[BATCH : 2 * BATCH] == batch_of(1, 3 * BATCH, 5)
    moments = [row.hlc for row in whole]
    assert moments == sorted(moments)
    taken = [(row.line, row.of) for row in whole if row.kind == Kind.RETRACTED]
    assert len(taken) == len(whole) // 64
    assert len(set(moments)) < len(whole)  # some entries have several rows
