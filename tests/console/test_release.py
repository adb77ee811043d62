"""Releases on their pages: two officers bring a right to a key, the key is shown once, an operator stands at the own gate."""

import re
from collections.abc import Iterator

import pytest
from tests.console.browsing import Client, browse
from tests.console.conftest import ADA, SITE, Port, signed_in

from vigie.desk import arrivals, officers
from vigie.desk.views import ArrivalsQuery
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role

SUE = Officer(OfficerId("sue"), "Sue", (Role.TARGETING, Role.SUPERVISOR), Handling.RED, tuple(Purpose), (), "fr")
GUS = Officer(OfficerId("gus"), "Gus Gate", (Role.PORT,), Handling.CLEAR, (Purpose.INSPECTION,), (SITE,), "nl", terminals=("SIMANR1",))


def browser_of(port: Port, officer: Officer) -> Iterator[Client]:
    officers.add(None, officer, port.node)
    with browse(port.app, cookies={"vigie": signed_in(port.node, officer)}) as client:
        yield client


@pytest.fixture(scope="module")
def sue(port: Port) -> Iterator[Client]:
    yield from browser_of(port, SUE)


@pytest.fixture(scope="module")
def gus(port: Port) -> Iterator[Client]:
    yield from browser_of(port, GUS)


def test_a_right_goes_from_the_list_to_the_gate(port: Port, ada: Client, sue: Client, gus: Client) -> None:
    box = next(row.container for row in arrivals.page(ADA, ArrivalsQuery(statuses=("new",), sites=(SITE,)), port.node).rows)
    page = "/tracking/releases"
    assert "No release rights yet" in ada.get(page).text
    form = {"number": box, "terminal": "SIMANR1", "to": "LINE", "role": "shipping-line", "hours": "48"}
    assert ada.post(page, data=form).headers["location"] == page
    where = re.search(r'href="(/tracking/releases/[^"?]+)"', ada.get(page).text)
    assert where is not None
    right = where[1]
    assert "Why do you look" in ada.get(right).text
    seen = ada.get(f"{right}?reason=called+by+the+line").text
    assert "LINE" in seen
    assert "data-confirm" in seen
    told = {"verb": "transfer", "party": "LINE", "to": "HAUL", "role": "carrier"}
    assert ada.post(f"{right}/steps", data=told).status_code == 303
    assert ada.post(f"{right}/steps", data={"verb": "accept", "party": "HAUL"}).status_code == 303
    key_form = {"party": "HAUL", "plate": "1-ABC-234", "hours": "8", "why": "x y z"}
    assert "two officers" in ada.post(f"{right}/keys", data=key_form).text
    made = sue.post(f"{right}/keys", data=key_form)
    key = re.search(r'<h2 class="id">([0-9A-Z-]{19})</h2>', made.text)
    assert key is not None
    assert made.headers["cache-control"] == "no-store"
    assert key[1] not in sue.get(f"{right}?reason=once+more").text
    shown = {"terminal": "SIMANR1", "gate": "G1", "container": box, "carrier": "HAUL", "plate": "1abc234", "key": key[1]}
    assert "Geweigerd" in gus.post("/tracking/gate", data=shown | {"key": "0000"}).text
    assert "Toegestaan" in gus.post("/tracking/gate", data=shown).text
    assert "gebruikt" in gus.post("/tracking/gate", data=shown).text
    after = ada.get(page).text
    assert "used before came again" in after
    assert "presented" in after
    assert "Key presented" in ada.get(f"{right}?reason=after+the+alert").text


def test_an_operator_sees_the_gate_and_no_right(gus: Client) -> None:
    assert 'name="key"' in gus.get("/tracking/gate").text
    assert "SIMANR1" in gus.get("/tracking/gate").text
    for path in ("/tracking/releases", "/tracking/releases/X-1-R1?reason=let+me+see"):
        assert gus.get(path).status_code in {403, 404}
    assert gus.post("/tracking/gate", data={"terminal": "OTHER", "gate": "G", "container": "X", "carrier": "C", "plate": "P", "key": "K"}).status_code in {403, 404}


def test_what_is_missing_is_told(ada: Client, bo: Client) -> None:
    assert ada.post("/tracking/releases", data={"number": "", "hours": "4"}).status_code == 422
    assert ada.post("/tracking/releases", data={"number": "X", "terminal": "T", "to": "L", "role": "carrier", "hours": "x"}).status_code in {403, 404, 422}
    assert bo.post("/tracking/releases", data={"number": "X", "terminal": "T", "to": "L", "role": "carrier", "hours": "4"}).status_code in {403, 404}
    assert ada.get("/tracking/releases?state=nonsense&before=x").status_code == 200
    assert bo.get("/tracking/gate").status_code == 200
