"""Packages over the API: made, listed, fetched, taken in at the other end."""

import pytest
from tests.api.conftest import BOXES
from tests.api.test_exchange import MARKING, partner
from tests.desk.port import BOB
from tests.exchange.values import NL
from tests.scanning.xray.pictures import a_scan

from vigie.desk import exchange_packages, scanning_intake
from vigie.scanning import write_tiff

__all__ = ["partner"]
BASE = "/v1/scanning/packages"


@pytest.fixture
def scan(node):
    done = scanning_intake.take_in(BOB, write_tiff(a_scan(container=BOXES[0]), "one"), node)
    return done.rows[0].id


def test_a_package_is_made_and_read_by_the_partner(bob, partner, scan):
    made = bob.told("POST", BASE, 201, json={"scans": [scan], "title": "Gate 7", "marking": MARKING})
    name = made["sha256"]
    assert [one["sha256"] for one in bob.told("GET", BASE)] == [name]
    raw = bob.told("GET", f"{BASE}/{name}")
    taken = exchange_packages.take_in(BOB, raw, partner)
    assert (taken.sha256, len(taken.scans)) == (name, 1)


def test_a_package_is_sent(bob, partner, scan):
    sent = bob.told("POST", f"{BASE}/sent", 201, json={"scans": [scan], "title": "Gate 7", "marking": MARKING})
    assert sent["to"] == [NL]


def test_what_is_no_package_is_refused_with_its_place(bob, partner):
    wrong = bob.problem(422, "POST", f"{BASE}/taken", content=b"PK no zip")
    assert wrong["facts"]["reason"] == "exchange-bad-package"
    bob.problem(404, "GET", f"{BASE}/{'0' * 64}")
