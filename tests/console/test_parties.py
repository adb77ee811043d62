"""Parties on their page: found, said to be one, two again."""

import re

from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.desk import arrivals, parties
from vigie.desk.views import ArrivalsQuery


def two(port: Port) -> tuple[str, str, str]:
    """A box with a consignee, and the key of another party of the port."""
    for row in arrivals.page(ADA, ArrivalsQuery(sort="container", limit=200), port.node).rows:
        view = arrivals.container(ADA, row.visit, port.node)
        found = [party for doc in view.documents for party in doc.parties if party.key and party.name]
        if len({party.key for party in found}) > 1:
            return row.visit, found[0].key, next(party.key for party in found if party.key != found[0].key)
    raise AssertionError("no box with two parties")


def test_two_are_one_and_two_again(port: Port, ada: Client, bo: Client) -> None:
    visit, key, into = two(port)
    assert f"/parties/{key}" in ada.get(f"/arrivals/{visit}").text
    name = parties.page(ADA, into, port.node).party.name
    page = ada.get(f"/parties/{key}?name={name}").text
    assert f'value="{into}"' in page
    assert bo.post(f"/parties/{key}/merge", data={"into": into, "reason": "one house"}).status_code == 404
    assert ada.post(f"/parties/{key}/merge", data={"into": into, "reason": ""}).status_code == 422
    assert ada.post(f"/parties/{key}/merge", data={"into": into, "reason": "one house"}).status_code == 303
    page = ada.get(f"/parties/{key}").text
    assert "one house" in page
    assert re.search(r"counts under this name", page)
    assert "also " in ada.get(f"/arrivals/{visit}").text
    assert ada.post(f"/parties/{key}/part", data={"key": key, "reason": "two after all"}).status_code == 303
    assert "two after all" in ada.get(f"/parties/{key}").text
    assert ada.post(f"/parties/{key}/part", data={"key": key, "reason": ""}).status_code == 422
    assert ada.get("/parties/zz").status_code == 422
