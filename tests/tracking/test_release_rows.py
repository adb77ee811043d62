from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import Doubt
from vigie.tracking import RELEASE_COLUMNS, ReleaseLine, read_release_rows


def test_rows_are_read_and_a_bad_cell_is_named():
    table = ["verb;container;end;to", "issue;csqu 305438-3;2026-03-05T06:00:00Z;LINE", "fly;CSQU3054383;;", "issue;;;",
             "issue;CSQU3054383;soon;LINE", ";;;", "revoke;CSQU3054383;;"]  # fmt: skip
    found = list(read_release_rows(table))
    assert [(one.place.segment, one.place.path) for one in found if isinstance(one, Doubt)] == [(3, "verb"), (4, "container"), (5, "end")]
    assert [(one.row, one.verb, one.container) for one in found if isinstance(one, ReleaseLine)] == [
        (2, "issue", "CSQU3054383"), (7, "revoke", "CSQU3054383")]  # fmt: skip


def test_a_table_without_its_columns_is_one_doubt():
    assert [one.code for one in read_release_rows(["a,b", "1,2"])] == ["release-header"]
    assert list(read_release_rows([",".join(RELEASE_COLUMNS)])) == []


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_is_read_or_doubted(lines):
    for one in read_release_rows(["verb,container", *lines]):
        assert isinstance(one, Doubt | ReleaseLine)
