import builtins
import io
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.arrivals import Consignment, Movement, read, split
from vigie.arrivals.table import read_column_map
from vigie.arrivals.table.splitter import ROWS

BOXES = read_column_map('kind="consignment"\n[columns]\ndocument="bl"\ncontainer="box"')
MOVES = read_column_map('kind="movement"\n[columns]\ncontainer="box"\nat="when"\ngross_g="kg"')


@given(st.lists(st.sampled_from([b"A1,X\n", b'"A\n1",Y\n', b"A2,\n", b'""""\n', b"\n", b'"open,']), max_size=600))
def test_every_byte_is_in_a_part(rows: list[bytes]) -> None:
    content = b"bl,box\n" + b"".join(rows)
    parts = list(split(io.BytesIO(content), column_map=BOXES))
    assert all(part.head.endswith(b"\nbl,box\n") for part in parts)
    assert b"bl,box\n" + b"".join(part.body for part in parts) == content


def test_a_document_is_not_cut_in_two() -> None:
    content = b"bl,box\n" + b"A1,X\n" * (ROWS - 10) + b"A2,Y\n" * 50 + b"A3,Z\n" * 5
    parts = list(split(io.BytesIO(content), column_map=BOXES))
    told = [[row.document for row in read(part).rows if isinstance(row, Consignment)] for part in parts]
    assert told == [["A1", "A2"], ["A3"]]
    assert parts[1].segment == ROWS + 42


def test_missing_columns_are_named_and_a_table_without_any_is_kept() -> None:
    (part,) = split(io.BytesIO(b"bl\nA1\n"), column_map=BOXES)
    assert [(doubt.code, doubt.facts["column"]) for doubt in part.doubts] == [("table-no-column", "box")]
    parts = list(split(io.BytesIO(b"x,y\n1,2\n"), column_map=BOXES))
    assert {part.format for part in parts} == {"unread"}
    assert b"".join(part.body for part in parts) == b"x,y\n1,2\n"
    (part,) = split(io.BytesIO("bl,box\n".encode("utf-16")), column_map=BOXES)
    assert [doubt.code for doubt in part.doubts] == ["table-not-text"]


def test_a_quote_that_is_never_closed_does_not_take_the_memory() -> None:
    content = b'bl,box\n"' + b"x\n" * 3_000_000
    parts = list(split(io.BytesIO(content), column_map=BOXES))
    assert sum(len(part.body) for part in parts) == len(content) - 7
    assert all(read(part).doubts for part in parts[:1])


def parquet_of(**columns: list[object]) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    held = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), held)
    return held.getvalue()


def test_parquet_is_read_in_batches() -> None:
    content = parquet_of(box=["CSQU3054383"] * 450, when=[datetime(2026, 1, 1, tzinfo=UTC)] * 450, kg=[23840.5, None] * 225)
    parts = list(split(io.BytesIO(content), column_map=MOVES))
    assert len(parts) == 3
    rows = [row for part in parts for row in read(part).rows if isinstance(row, Movement)]
    assert [row.gross_g for row in rows[:2]] == [23_840_500, None]
    assert len(rows) == 450
    assert rows[0].offset_known


def test_parquet_without_its_columns_or_damaged_is_doubted() -> None:
    (part,) = split(io.BytesIO(parquet_of(other=[1])), column_map=MOVES)
    assert [doubt.code for doubt in part.doubts] == ["table-no-column"] * 3
    assert [doubt.code for part in split(io.BytesIO(b"PAR1" + bytes(100)), column_map=MOVES) for doubt in part.doubts
            ] == ["table-damaged"]


def test_without_pyarrow_parquet_is_kept_and_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"PAR1" + bytes(100)
    real = builtins.__import__

    def absent(name: str, *more: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *more)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "pyarrow", raising=False)
    monkeypatch.setattr(builtins, "__import__", absent)
    (part,) = split(io.BytesIO(content), column_map=MOVES)
    assert (part.body, [doubt.code for doubt in part.doubts]) == (content, ["table-needs-analytics"])
