"""Dossiers: made for the own service; for another one asked by one officer and allowed by another."""

from collections.abc import Iterator

import pytest
from tests.console.browsing import Client, browse
from tests.console.conftest import ADA, Port, signed_in
from tests.registry.recorded import a_report

from vigie.desk import officers, registry
from vigie.desk.dossier_checking import check_dossier
from vigie.terms import DAY, Handling, Moment, Officer, OfficerId, Purpose, Role

CASE = "GE.7/24"
ASK = {"case": CASE, "recipient": "Public prosecutor", "clearance": "2", "wanted": "inspection",
       "reason": "asked for by <b>letter</b>"}  # fmt: skip


@pytest.fixture(scope="module")
def second(port: Port) -> Iterator[Client]:
    """A second officer of oversight, and a seizure of the case."""
    registry.record(ADA, a_report(Moment(port.node.now() - 400 * DAY), case=CASE), port.node)
    eno = Officer(OfficerId("eno"), "Eno", (Role.AUDITOR,), Handling.RED, (Purpose.OVERSIGHT,))
    officers.add(None, eno, port.node)
    with browse(port.app, cookies={"vigie": signed_in(port.node, eno)}) as client:
        yield client


def test_a_dossier_is_made_asked_for_and_allowed(ada: Client, second: Client) -> None:
    assert "No dossier has been asked" in ada.get("/registry/dossiers").text
    own = ada.post("/registry/dossiers/make", data={"case": CASE})
    assert check_dossier(own.content).whole
    assert ada.post("/registry/dossiers", data=ASK).status_code == 303
    page = ada.get("/registry/dossiers").text
    assert "by &lt;b&gt;letter" in page
    assert "Withdraw" in page
    where = "/registry/dossiers/1"
    assert ada.post(where, data={"decision": "allowed"}).status_code == 403
    assert "Allow" in second.get("/registry/dossiers").text
    assert second.post(where, data={"decision": "allowed"}).status_code == 303
    assert f'{where}/file"' in ada.get("/registry/dossiers").text
    check = check_dossier(ada.get(f"{where}/file").content)
    assert (check.whole, check.recipient, check.withheld > 0) == (True, "Public prosecutor", True)


def test_what_is_refused(ada: Client, bo: Client, second: Client) -> None:
    assert bo.get("/registry/dossiers").status_code == 404
    assert ada.post("/registry/dossiers/make", data={"case": ""}).status_code == 422
    assert ada.post("/registry/dossiers/make", data={"case": "none"}).status_code == 404
    for told in ({"clearance": "9"}, {"wanted": "gossip"}, {"reason": "why"}):
        assert ada.post("/registry/dossiers", data=ASK | told).status_code == 422
