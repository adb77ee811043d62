import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stix2validator import ValidationOptions, validate_string

from vigie.exchange import ExchangeRefused
from vigie.exchange.stix_reading import read_objects

GOOD = {
    "type": "indicator",
    "spec_version": "2.1",
    "id": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
    "created": "2026-01-01T00:00:00.000Z",
    "modified": "2026-01-02T00:00:00Z",
}


def read(**said):
    return read_objects(json.dumps(GOOD | said).encode())


def test_one_object_and_a_bundle_are_read():
    assert read() == [GOOD]
    assert read_objects(json.dumps({"type": "bundle", "objects": [GOOD]}).encode()) == [GOOD]


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "Indicator"},
        {"type": "malware"},
        {"id": "indicator--1"},
        {"id": 5},
        {"spec_version": "2.0"},
        {"created": "2026-01-03T00:00:00Z"},
        {"modified": "2026-01-02"},
        {"modified": "2026-13-02T00:00:00Z"},
        {"extensions": []},
        {"extensions": {"extension-definition--x": 1}},
    ],
)
def test_what_is_no_stix_is_refused(wrong):
    with pytest.raises(ExchangeRefused):
        read(**wrong)


@pytest.mark.parametrize(
    "raw", [b"[]", b"{}", b'{"type":"bundle","objects":[]}', b'{"type":"bundle","objects":{}}', b"["]
)
def test_what_is_no_bundle_is_refused(raw):
    with pytest.raises(ExchangeRefused):
        read_objects(raw)


@given(st.binary(max_size=60) | st.recursive(st.none() | st.text(), st.lists).map(lambda one: json.dumps(one).encode()))
def test_any_bytes_are_stix_or_refused(raw):
    with pytest.raises(ExchangeRefused):
        read_objects(raw)


def test_a_deep_nest_is_refused_not_fallen_over():
    with pytest.raises(ExchangeRefused):
        read_objects(b"[" * 100_000)


@pytest.mark.shared
def test_examples_of_oasis_are_read_and_their_faults_refused(shared_data):
    folder = shared_data / "exchange" / "stix"
    good = [*sorted((folder / "examples").rglob("*.json"))]
    good += [folder / "validator_examples" / f"{name}.json" for name in ("identity", "identity_unicode", "tlp-amber")]
    assert len(good) > 5
    for path in good:
        assert read_objects(path.read_bytes()), path.name
    for path in sorted((folder / "validator_examples").glob("invalid_*.json")):
        with pytest.raises(ExchangeRefused):
            read_objects(path.read_bytes())
        judged = (
            validate_string(path.read_text(), ValidationOptions(version="2.1"))
            if "brace" not in path.name and "comma" not in path.name
            else None
        )
        assert judged is None or not judged.is_valid, path.name
