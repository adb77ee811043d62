"""The archive: what is written is read, a crash leaves the old or the new, and what is erased is gone."""

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.engine import Archive, decision_table
from vigie.engine.archive import form, read, schema
from vigie.risk import DECISIONS
from vigie.terms import StoreFault, read_moment

MARCH, APRIL, MAY = (read_moment(f"2026-0{month}-10T00:00:00Z") for month in (3, 4, 5))


def a_row(visit, at=MARCH, unit=1, **rest):
    return {"visit": visit, "at": at, "unit": unit, "hs2": "08", **rest}


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def visits(table):
    return sorted(table["visit"].to_pylist())


def test_an_empty_archive_has_all_columns_and_no_rows(archive):
    table = archive.read()
    assert (table.num_rows, table.column_names) == (0, [one.name for one in DECISIONS])
    assert archive.state().cursor == 0


def test_what_is_written_is_read_by_month(archive):
    archive.write(decision_table([a_row("A-1"), a_row("B-1", APRIL), a_row("C-1", MAY, found="cocaine")]), cursor=7)
    assert [path.stem for path in archive.files()] == ["2026-03", "2026-04", "2026-05"]
    assert visits(archive.read()) == ["A-1", "B-1", "C-1"]
    assert visits(read(archive.folder, since=APRIL)) == ["B-1", "C-1"]
    assert visits(archive.read(until=APRIL)) == ["A-1"]
    assert archive.read(columns=["visit", "found"]).to_pylist()[2] == {"visit": "C-1", "found": "cocaine"}
    assert (archive.state().cursor, archive.state().rows) == (7, 3)


def test_a_visit_has_one_row_wherever_it_moves(archive):
    archive.write(decision_table([a_row("A-1"), a_row("B-1")]), cursor=1)
    archive.write(decision_table([a_row("A-1", APRIL, hs2="09")]), cursor=2)
    assert visits(archive.read()) == ["A-1", "B-1"]
    assert archive.of(["A-1"], ["hs2"])["hs2"].to_pylist() == ["09"]
    archive.write(decision_table([a_row("B-1", APRIL)]), cursor=3)
    assert [path.stem for path in archive.files()] == ["2026-04"]


def test_a_part_of_an_update_leaves_the_cursor_so_that_it_is_done_again(archive):
    archive.write(decision_table([a_row("A-1")]), cursor=5)
    archive.write(decision_table([a_row("B-1")]))
    assert archive.state().cursor == 5
    archive.write(decision_table([a_row("B-1"), a_row("C-1")]), cursor=9)
    assert visits(archive.read()) == ["A-1", "B-1", "C-1"]


def test_a_crash_while_writing_leaves_the_old_month(archive, monkeypatch):
    archive.write(decision_table([a_row("A-1")]), cursor=5)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(StoreFault):
        archive.write(decision_table([a_row("A-1", hs2="99")]), cursor=6)
    assert archive.read()["hs2"].to_pylist() == ["08"]
    assert archive.state().cursor == 5


def test_a_half_written_file_is_never_read(archive):
    archive.write(decision_table([a_row("A-1")]), cursor=5)
    (archive.folder / "2026-04.new").write_bytes(b"PAR1 torn")
    (archive.folder / "state.json").write_bytes(b"{")
    assert visits(archive.read()) == ["A-1"]
    assert archive.state().cursor == 0  # everything is looked at again


def test_an_archive_of_other_columns_is_built_anew(archive):
    archive.write(decision_table([a_row("A-1")]), cursor=5)
    (month,) = archive.files()
    pq.write_table(pq.read_table(month).drop_columns(["hs2"]), month)
    told = msgspec.json.decode((archive.folder / "state.json").read_bytes()) | {"form": "older"}
    (archive.folder / "state.json").write_bytes(msgspec.json.encode(told))
    assert (archive.files(), archive.state().cursor) == ([], 0)
    archive.write(decision_table([a_row("B-1", APRIL)]), cursor=6)
    assert visits(archive.read()) == ["B-1"]


def test_erased_units_are_gone_from_every_month(archive):
    archive.write(decision_table([a_row("A-1"), a_row("B-1", APRIL, unit=2), a_row("C-1", APRIL, unit=3)]), cursor=5)
    assert archive.erase([1, 3, 99]) == 2
    assert visits(archive.read()) == ["B-1"]
    assert [path.stem for path in archive.files()] == ["2026-04"]
    assert (archive.state().cursor, archive.state().rows) == (5, 1)


def test_nothing_can_be_erased_where_nothing_is(archive):
    assert archive.erase([1]) == 0
    assert not archive.folder.exists()


def test_nobody_else_reads_the_files(archive):
    archive.write(decision_table([a_row("A-1")]), cursor=5)
    assert {path.stat().st_mode & 0o077 for path in [archive.folder, *archive.files()]} == {0}


@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([MARCH, APRIL, MAY]), st.integers(0, 99)),
                         unique_by=lambda row: row[0]), max_size=6))  # fmt: skip
def test_any_order_of_updates_holds_the_latest_row_of_each_visit(tmp_path_factory, updates):
    archive, latest = Archive(tmp_path_factory.mktemp("a")), {}
    for cursor, rows in enumerate(updates, 1):
        archive.write(decision_table([a_row(f"V-{name}", at, value) for name, at, value in rows]), cursor)
        latest |= {f"V-{name}": (at, value) for name, at, value in rows}
    found = {row["visit"]: (row["at"], row["unit"]) for row in archive.read().to_pylist()}
    assert found == latest


def test_the_form_names_columns_and_types():
    assert len(form()) == 16
    assert schema().field("propensity").type == "double"
