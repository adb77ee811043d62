"""A ZIP file is read without trust in what it says of itself."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.exchange import ExchangeRefused
from vigie.exchange.package_zip import MOST_PACKAGE, TOP, read, written

FILES = {"bagit.txt": b"one", "data/a.dcs": bytes(1000), "data/b.png": b""}


def made(*entries, how=zipfile.ZIP_STORED):
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", how) as told:
        for name, body in entries:
            told.writestr(name, body)
    return into.getvalue()


def reason(raw):
    with pytest.raises(ExchangeRefused) as told:
        read(raw)
    return told.value.facts["reason"]


def test_files_come_back_and_bytes_are_alike():
    assert read(written(FILES)) == FILES
    assert written(FILES) == written(dict(FILES))


@pytest.mark.parametrize("name", [
    "../evil", "/etc/passwd", "vigie-package/../x", "vigie-package/data/../../x", "vigie-package/data/a/b",
    "vigie-package\\data\\x", "other/data/x", "vigie-package/", "vigie-package/data/", "C:/x",
])  # fmt: skip
def test_roads_are_refused(name):
    assert reason(made((name, b""))) == "exchange-bad-name"


def test_links_are_refused():
    link = zipfile.ZipInfo(TOP + "data/a")
    link.external_attr = 0o120777 << 16
    assert reason(made((link, b"/etc/passwd"))) == "exchange-bad-package"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_stands_once():
    assert reason(made((TOP + "a", b"1"), (TOP + "a", b"2"))) == "exchange-bad-package"


def test_a_bomb_is_refused_before_it_is_unpacked():
    # 300 MB of nothing in 300 kB
    raw = made(*((f"{TOP}data/{n}", bytes(30_000_000)) for n in range(10)), how=zipfile.ZIP_DEFLATED)
    assert len(raw) < 1_000_000
    assert reason(raw) == "exchange-oversize"
    assert reason(bytes(MOST_PACKAGE + 1)) == "exchange-oversize"


def test_a_size_that_lies_is_found():
    raw = bytearray(made((TOP + "data/a", bytes(5_000)), how=zipfile.ZIP_DEFLATED))
    at = raw.rindex(b"PK\x01\x02") + 24  # uncompressed size in the central directory
    raw[at : at + 4] = (10).to_bytes(4, "little")
    assert reason(bytes(raw)) == "exchange-bad-package"


@given(st.binary(max_size=300))
def test_anything_else_is_no_zip(raw):
    assert reason(raw) == "exchange-bad-package"
