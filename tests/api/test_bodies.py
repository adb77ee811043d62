import pytest

from vigie.api import bodies


def test_a_body_larger_than_memory_waits_in_a_file_without_a_name(bob, node, monkeypatch):
    monkeypatch.setattr(bodies, "IN_MEMORY", 10)
    before = set(node.settings.home.iterdir())
    told = bob.told("POST", "/v1/arrivals/messages", content=b"no message at all " * 50)
    assert told["files"] == 1
    assert set(node.settings.home.iterdir()) == before


@pytest.mark.parametrize(
    ("bound", "path"),
    [("LARGEST_UPLOAD", "/v1/arrivals/messages"), ("LARGEST_TABLE", "/v1/inspections/outcomes/table")],
)
def test_a_body_that_is_too_large_is_refused(bob, monkeypatch, bound, path):
    monkeypatch.setattr(bodies, bound, 10)
    assert bob.problem(422, "POST", path, content=b"x" * 11)["title"] == "bad-request"


def test_a_package_that_is_too_large_is_refused(bob, monkeypatch):
    from vigie.api import packages

    monkeypatch.setattr(packages, "MOST_PACKAGE", 10)
    told = bob.problem(422, "POST", "/v1/scanning/packages/taken", content=b"x" * 11)
    assert told["facts"]["reason"] == "exchange-oversize"
