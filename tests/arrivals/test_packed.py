import io
import lzma
import zipfile

import pytest

from vigie.arrivals.packed import MOST_RATIO, Budget, Watched, members, packing


@pytest.mark.parametrize(("head", "how"), [
    (b"\x1f\x8b\x08", "gzip"), (b"BZh91", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"PK\x03\x04", "zip"),
    (bytes(257) + b"ustar", "tar"), (b"UNB+", ""), (b"", ""),
])
def test_packing_is_told_by_its_mark(head: bytes, how: str) -> None:
    assert packing(head) == how


def test_the_budget_grows_with_what_was_packed() -> None:
    budget = Budget(packed=1 << 20)
    assert budget.left == MOST_RATIO << 20
    budget.spent = budget.left + 1
    assert budget.left < 0


def test_a_stream_ends_where_the_budget_is_spent() -> None:
    budget = Budget()
    budget.spent = budget.left
    watched = Watched(io.BytesIO(b"abc"), budget)
    assert watched.read(3) == b""
    assert watched.fault == "packed-bomb"


def test_two_xz_streams_one_after_the_other_are_one() -> None:
    both = io.BytesIO(lzma.compress(b"one ") + lzma.compress(b"two"))
    (member,) = members("xz", both, Budget())
    assert member.read(100) == b"one two"


def test_an_xz_file_cannot_choose_how_much_memory_it_takes() -> None:
    greedy = lzma.compress(b"a" * 100, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}])
    (member,) = members("xz", io.BytesIO(greedy), Budget())
    assert member.read(10) == b""
    assert member.fault == "packed-damaged"


def test_an_archive_that_is_none_comes_as_one_fault() -> None:
    assert [member.fault for member in members("zip", io.BytesIO(b"PK\x03\x04no"), Budget())] == ["packed-damaged"]
    assert [member.fault for member in members("tar", io.BytesIO(b"no tar"), Budget())] == ["packed-damaged"]


def test_folders_of_an_archive_are_passed_over() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.mkdir("folder")
        archive.writestr("folder/a", b"1")
    assert [member.name for member in members("zip", held, Budget())] == ["folder/a"]
