import json
import sys

import pytest

from vigie.registry import BulletinMissing, read_stix_incidents, read_workbook
from vigie.terms import BadRequest, TableFault


def test_incidents_alone_in_lists_and_bundles():
    one = {"type": "incident", "id": "incident--1", "created": "2025-01-01T00:00:00Z",
           "extensions": {"x": {"extension_type": "property-extension", "x_vigie_place": "BEANR", "amount": {"net": 5, "unit": "kg"}}}}  # fmt: skip
    for body in (one, [one], {"type": "bundle", "objects": [one]}):
        (row,) = read_stix_incidents(json.dumps(body).encode())
        assert (row.cells["place"], row.cells["net"], row.cells["unit"], row.cells["reference"]) == ("BEANR", "5", "kg", "incident--1")
    assert list(read_stix_incidents(b'[{"type": "identity"}, 7]')) == [TableFault(2)]


@pytest.mark.parametrize("body", [b"{", b"7", b"[" * 100_000, b'{"objects": 3}'])
def test_what_is_no_stix_is_told(body):
    with pytest.raises(BadRequest):
        list(read_stix_incidents(body))


def test_a_workbook_without_the_extra_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(BulletinMissing):
        list(read_workbook(b"PK\x03\x04"))


def test_a_workbook_that_is_none_is_told():
    pytest.importorskip("openpyxl")
    with pytest.raises(BadRequest):
        list(read_workbook(b"PK\x03\x04 broken"))
