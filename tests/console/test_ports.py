"""Ports: names under pseudonyms with their evidence, opened by two, and figures without persons."""

from collections.abc import Iterator

import pytest
from tests.console.browsing import Client, browse
from tests.console.conftest import ADA, NOW, Port, signed_in
from tests.desk.test_ports import crowd

from vigie.desk import officers, ports
from vigie.ports import pseudonym
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role, read_moment
from vigie.terms.moments import DAY


@pytest.fixture(scope="module")
def other(port: Port) -> Iterator[Client]:
    """A second officer of oversight."""
    eva = Officer(OfficerId("eva"), "Eva", (Role.AUDITOR,), Handling.RED, (Purpose.OVERSIGHT,))
    officers.add(None, eva, port.node)
    with browse(port.app, cookies={"vigie": signed_in(port.node, eva)}) as client:
        yield client


def test_names_are_shown_asked_for_and_opened(port: Port, ada: Client, other: Client) -> None:
    shift = (port.node.now() - read_moment("2026-03-02T06:00:00Z")) // DAY
    boxes = [f"SIMU{n:07d}" for n in range(14)]
    text = crowd(boxes)
    moved = "\n".join(_later(line, shift) for line in text.splitlines())
    ports.take_in(ADA, moved, port.node)
    page = ada.get("/ports/insiders").text
    me = pseudonym("Mallory", port.node.store.secret("access"))
    assert me in page
    assert "Mallory" not in page
    assert "above chance" in page
    asked = ada.post("/ports/openings", data={"user": me, "reason": "twelve boxes of one lane"})
    where = asked.headers["location"]
    assert "another officer has to agree" in ada.get(where).text
    assert ada.post(where, data={"decision": "opened"}).status_code == 403
    assert other.post(where, data={"decision": "opened"}).status_code == 303
    assert "Mallory" in other.get(where).text
    assert "Mallory" in ada.get(where).text
    assert "Mallory" not in ada.get("/ports/insiders").text


def _later(line: str, days: int) -> str:
    from vigie.terms import Moment, write_moment

    at, comma, rest = line.partition(",")
    return line if at == "at" else f"{write_moment(Moment(read_moment(at) + days * DAY))}{comma}{rest}"


def test_figures_show_groups(port: Port, ada: Client) -> None:
    assert "Quartiles per person" in ada.get("/ports/figures").text or "no group of five" in ada.get("/ports/figures").text
    assert NOW > 0


def test_it_is_no_inspectors_to_see(bo: Client) -> None:
    assert bo.get("/ports/insiders").status_code in {403, 404}
    assert bo.get("/ports/figures").status_code in {403, 404}
