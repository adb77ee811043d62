"""Months as Parquet: back as they were, read by key, told of where they are damaged."""

import pyarrow.compute as pc
import pytest
from msgspec import msgpack

from vigie.store.archived_files import BY_NAME, digest_of, file_digest, pick, read, those, write
from vigie.terms import StoreFault

LOG, HISTORY = BY_NAME["log"], BY_NAME["history"]
ENTRIES = [(hlc, "outcome", f"s{hlc % 7}", hlc, "x", b"d", b"c", bytes([hlc % 256])) for hlc in range(5_000)]
ROWS = [(hlc, hlc % 50, 1, 0, 0, msgpack.encode(((7, None, 2**62), (1, 0, hlc)))) for hlc in range(300)]


def test_rows_come_back_as_they_were(tmp_path):
    for source, rows in ((LOG, ENTRIES), (HISTORY, [*ROWS, (999, 1, 3, 5, 1, msgpack.encode(((4,), ())))])):
        path = tmp_path / f"{source.name}.parquet"
        write(path, source, iter([rows[:100], rows[100:]]))
        assert [row for portion in read(path, source) for row in portion] == rows
        assert digest_of(read(path, source)) == digest_of(iter([rows]))
        assert path.stat().st_mode & 0o077 == 0


def test_a_different_row_has_a_different_digest():
    other = [(*ENTRIES[0][:-1], b"?"), *ENTRIES[1:]]
    assert digest_of(iter([other])) != digest_of(iter([ENTRIES]))


def test_single_rows_are_found_by_key(tmp_path):
    write(tmp_path / "log.parquet", LOG, iter([ENTRIES]))
    assert pick(tmp_path / "log.parquet", LOG, [(17,), (4_999,), (9_999,)]) == {(17,): ENTRIES[17], (4_999,): ENTRIES[-1]}


def test_rows_are_found_by_their_narrow_columns(tmp_path):
    write(tmp_path / "h.parquet", HISTORY, iter([ROWS]))
    found = those(tmp_path / "h.parquet", HISTORY, lambda table: pc.equal(table["line"], 3).combine_chunks())
    assert list(found) == [row for row in ROWS if row[1] == 3]


@pytest.mark.parametrize("kept", [0, 40, -1])
def test_a_damaged_file_is_told(tmp_path, kept):
    path = tmp_path / "log.parquet"
    write(path, LOG, iter([ENTRIES]))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(StoreFault) as fault:
        list(read(path, LOG))
    assert fault.value.facts["reason"] == "archive-file"


def test_an_absent_file_is_told(tmp_path):
    with pytest.raises(StoreFault):
        file_digest(tmp_path / "absent")


def test_duckdb_reads_what_was_written(tmp_path):
    import duckdb

    write(tmp_path / "h.parquet", HISTORY, iter([ROWS]))
    with duckdb.connect() as base:
        found = base.execute("SELECT count(*), sum(m2), min(k0), max(k1) FROM read_parquet(?)",
                             [str(tmp_path / "h.parquet")]).fetchone()  # fmt: skip
    assert found == (300, sum(range(300)), 7, -1)
