"""Files that are there whole or not at all."""

import errno

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vigie.engine.pieces import fresh, is_whole, narrowed, portion, put_portions
from vigie.terms import StoreFault

PORTIONS = [{"rows": np.array([3, 1], np.int32), "value": np.array([7, -9])},
            {"rows": np.zeros(0, np.int32), "value": np.zeros(0, np.int64)}]  # fmt: skip


def test_each_portion_is_read_alone(tmp_path):
    put_portions(tmp_path / "a.arrow", PORTIONS)
    first, second = (portion(tmp_path / "a.arrow", number) for number in (0, 1))
    assert (first["rows"].tolist(), first["value"].tolist()) == ([3, 1], [7, -9])
    assert second["value"].tolist() == []


@pytest.mark.parametrize("kept", [0, 7, -1])
def test_a_half_written_file_is_as_good_as_absent(tmp_path, kept):
    portions, table = tmp_path / "a.arrow", tmp_path / "b.parquet"
    put_portions(portions, PORTIONS)
    pq.write_table(pa.table({"at": [1, 2]}), table)
    assert is_whole(portions, 2)
    assert is_whole(table)
    assert not is_whole(portions, 3)
    for path in (portions, table):
        path.write_bytes(path.read_bytes()[:kept])
        assert not is_whole(path)
    with pytest.raises(StoreFault) as fault:
        portion(portions, 0)
    assert fault.value.facts["reason"] == "file-damaged"


def _write(path, fault):
    with fresh(path) as part:
        part.write_text("half")
        raise fault


def _write_where_all_is_full(path):
    with fresh(path) as part:
        part.symlink_to("/dev/full")
        with part.open("wb", buffering=0) as out:
            out.write(b"half")


def test_nothing_takes_the_name_before_all_of_it_is_there(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        _write(path, ZeroDivisionError())
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert path.read_text() == "old"


@pytest.mark.parametrize(("number", "reason"), [(errno.ENOSPC, "full"), (errno.EACCES, "file-cannot-be-written")])
def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path, number, reason):
    with pytest.raises(StoreFault) as fault:
        _write(tmp_path / "a", OSError(number, "told by the system"))
    assert fault.value.facts["reason"] == reason
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_really_full_is_told(tmp_path):
    with pytest.raises(StoreFault) as fault:
        _write_where_all_is_full(tmp_path / "a")
    assert fault.value.facts["reason"] == "full"


def test_numbers_take_the_smallest_type_that_holds_them():
    for values, kind in (([], "int8"), ([-128, 127], "int8"), ([128], "int16"), ([1 << 20], "int32"), ([1 << 40], "int64")):
        told = narrowed(np.array(values, np.int64))
        assert told.dtype == kind
        assert told.tolist() == values
