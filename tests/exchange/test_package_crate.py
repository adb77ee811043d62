"""The description inside a package: read as written, and nothing else is taken for one."""

import json

import pytest
from tests.exchange.test_package import LOOK, SCAN, a_cover
from tests.exchange.values import a_marking

from vigie.exchange import ExchangeRefused
from vigie.exchange.package_crate import read, written

OWN = ("ro-crate-metadata.json", "marking.json")
INSIDE = {SCAN.name: SCAN.body, LOOK.name: LOOK.body} | dict.fromkeys(OWN, b"")
RAW = written(a_cover(), (LOOK, SCAN))


def test_it_is_read_as_written():
    assert read(RAW, INSIDE, a_marking(), OWN) == (a_cover(), (LOOK, SCAN))


def changed(key, value, which="./"):
    told = json.loads(RAW)
    next(one for one in told["@graph"] if one["@id"] == which)[key] = value
    return json.dumps(told).encode()


@pytest.mark.parametrize("raw", [
    b"", b"[]", b"{}", b'{"@graph": [1]}', changed("kind", "all"), changed("name", 7), changed("datePublished", "soon"),
    changed("hasPart", [{"@id": SCAN.name}]), changed("hasPart", [{"@id": SCAN.name}] * 2), changed("role", None, SCAN.name),
    changed("author", "us"),
])  # fmt: skip
def test_what_describes_other_files_or_nothing_is_refused(raw):
    with pytest.raises(ExchangeRefused):
        read(raw, INSIDE, a_marking(), OWN)
