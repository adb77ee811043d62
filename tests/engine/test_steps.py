"""The steps of the fold over files, one by one; `test_plan` runs them together."""

import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.risk.small import SMALL

from vigie.engine import HistoryColumns, write_slice
from vigie.engine.pieces import is_whole, portion
from vigie.engine.steps import Align, Fold, Job, Place, Split, align, fold, place, split
from vigie.risk import Kind
from vigie.terms import DAY, StoreFault

ROWS = 900


def a_slice(start=0, kind=Kind.ANNOUNCED):
    """Rows of three parties; `at` is the moment, `boxes` always 1."""
    hlc = DAY + np.arange(start, start + ROWS) * 7
    none = np.full(ROWS, -1)
    return HistoryColumns(
        hlc, np.arange(start, start + ROWS), np.full(ROWS, kind, np.int64), np.zeros(ROWS, np.int64),
        {"party": np.arange(ROWS) % 3, "lane": none, "seal": none},
        {"boxes": np.ones(ROWS, np.int64), "at": hlc, "grams": np.arange(ROWS), "new_lane": np.zeros(ROWS, np.int64)},
    )  # fmt: skip


@pytest.fixture
def job(tmp_path):
    paths = []
    for number in range(2):
        paths.append(tmp_path / f"{number}.parquet")
        write_slice(paths[-1], a_slice(number * ROWS))
    return Job(SMALL, tuple(paths), tmp_path, 4)


def done(job, *tasks):
    steps = {Split: split, Fold: fold, Place: place, Align: align}
    for task in tasks:
        steps[type(task)](task)
        assert is_whole(task.out)


def test_what_says_nothing_new_is_not_written_and_yet_read(job):
    done(job, Split(job, "party", 1))
    whole = [portion(job.cut("party", 1), bucket) for bucket in range(4)]
    assert sum(len(one["rows"]) for one in whole) == ROWS
    for one in whole:
        assert np.array_equal(one["m_at"], one["hlc"])
        assert np.array_equal(one["m_boxes"], np.ones(len(one["rows"])))
        assert "kind" not in one
        assert np.array_equal(one["hlc"], DAY + (ROWS + one["rows"].astype(np.int64)) * 7)
    assert job.cut("party", 1).stat().st_size < ROWS * 20 + 6_000  # rows, moment, key and grams: 15 bytes a row


def test_kinds_that_are_folded_otherwise_are_written(job):
    write_slice(job.slices[0], a_slice(kind=Kind.RETRACTED))
    done(job, Split(job, "party", 0))
    told = [portion(job.cut("party", 0), bucket)["kind"] for bucket in range(4)]
    assert {int(kind) for one in told for kind in one} == {Kind.RETRACTED}


def test_all_steps_of_a_family_place_each_slice_in_its_order(job):
    done(job, Split(job, "party", 0), Split(job, "party", 1), *(Fold(job, "party", bucket) for bucket in range(4)))
    done(job, Place(job, "party", 1))
    told = portion(job.placed("party", 1), 0)
    before = (ROWS + np.arange(ROWS)) // 3  # rows of the same party before
    assert np.array_equal(told["party_boxes"], before)
    assert np.array_equal(told["party_last"], DAY + (ROWS + np.arange(ROWS) - 3) * 7)


def test_a_row_without_a_key_has_no_value(job):
    for family in ("party", "lane", "seal"):
        done(job, Split(job, family, 0), Split(job, family, 1))
        done(job, *(Fold(job, family, bucket) for bucket in range(4)), Place(job, family, 0))
    done(job, Align(job, 0))
    table = pq.read_table(job.result(0))
    assert table["lane_grams"].null_count == ROWS
    assert table["party_boxes"].null_count == 0
    assert table["party_first"].null_count == 3


def test_a_slice_that_is_no_file_of_ours_is_told(job):
    job.slices[0].write_bytes(b"PAR1 not at all PAR1")
    with pytest.raises(StoreFault) as fault:
        split(Split(job, "party", 0))
    assert fault.value.facts["reason"] == "file-damaged"
