"""What a node runs over many boxes: the archive narrowed by time, and open boxes that another process may have erased."""

import os

from tests.engine.test_backtest import a_decision
from tests.engine.test_simulation import CALM, POLICY, SEALED, SHIFTS

from vigie.engine import Archive, Batch, decision_table


def a_batch(tmp_path):
    archive = Archive(tmp_path / "archive")
    rows = [a_decision(SEALED, number, chosen=True, stratum="score", site="BEANR", found="nothing", late=False)
            for number in range(1, 5)]  # fmt: skip
    archive.write(decision_table(rows), cursor=1)
    return Batch(archive, tmp_path / "archive" / "open.parquet")


def a_box(visit, row=CALM, unit=1):
    return (visit, unit, "BEANR", 50, 0, 0, row)


def test_decisions_are_narrowed_by_time(tmp_path):
    batch = a_batch(tmp_path)
    assert batch.backtested(POLICY, None, None).all.boxes == 4
    assert batch.backtested(POLICY, 2, 4).all.boxes == 2
    assert batch.compared(POLICY, POLICY, None, 3).boxes == 2


def test_open_boxes_are_kept_over_a_restart(tmp_path):
    batch = a_batch(tmp_path)
    batch.take([a_box("A-1"), a_box("B-1", SEALED)], [], 7)
    again = a_batch(tmp_path)
    assert again.open_cursor() == 7
    assert again.simulated(POLICY, POLICY, SHIFTS, 4).boxes == 2


def test_what_is_erased_is_gone_for_every_process(tmp_path):
    batch, other = a_batch(tmp_path), a_batch(tmp_path)
    batch.take([a_box("A-1"), a_box("B-1", unit=9)], [], 7)
    assert other.open_boxes.table.num_rows == 2
    assert batch.erase([9]) == 1
    path = tmp_path / "archive" / "open.parquet"
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1_000_000))
    assert other.open_boxes.table["open_visit"].to_pylist() == ["A-1"]
    assert batch.erase([1, 2]) == 3  # two decisions and an open box
