"""Operations and trainings on their pages, from proposal to report."""

import re

import pytest
from tests.console.federated import OWN, PARTNER, joined
from tests.desk.federated import a_marking
from tests.desk.port import BOB

from vigie.desk import exchange, exchange_operations, exchange_packages, exchange_training
from vigie.exchange import JointOperation, Piece, Training
from vigie.terms import DAY, Moment


@pytest.fixture(scope="module")
def partner(port, tmp_path_factory):
    return joined(port, tmp_path_factory.mktemp("partner"))


@pytest.fixture
def work(partner, port):
    now = port.node.now()
    told = JointOperation("north <b>sea</b>", "two weeks", ("HARC",), Moment(now - DAY), Moment(now + DAY),
                          ("CSQU3054383",), ("scan row A",))  # fmt: skip
    return partner.tell(told)


def test_empty_pages_say_so(ada, partner):
    assert "There is no joint operation yet" in ada.get("/exchange/operations").text
    assert "There is no training yet" in ada.get("/exchange/trainings").text


def test_an_operation_is_accepted_worked_on_and_reported(partner, ada, work):
    where = f"/exchange/operations/{work}"
    assert "north &lt;b&gt;sea" in ada.get("/exchange/operations").text
    assert "Accept" in ada.get(where).text
    for told in ({"word": "accept", "text": "two teams"}, {"word": "unit", "text": "port police"},
                 {"word": "done", "text": "no find", "item": "1"}):  # fmt: skip
        assert ada.post(f"{where}/steps", data=told).status_code == 303
    partner.carry()
    view = exchange_operations.show(BOB, work, partner.node)
    assert (dict(view.answers)[OWN], view.tasks[0].state, view.units[-1]) == ("accept", "done", (OWN, "port police"))
    exchange_operations.step(BOB, work, "close", "one find", partner.node)
    partner.carry()
    page = ada.get(where).text
    assert "one find" in page
    assert 'name="word"' not in page
    report = ada.get(f"{where}/report?form=html&language=nl")
    assert "eindverslag" in report.text
    assert report.headers["content-disposition"].endswith('-nl.html"')


def test_what_cannot_be_said_now(partner, ada, work):
    where = f"/exchange/operations/{work}/steps"
    assert ada.post(where, data={"word": "close", "text": "no"}).status_code == 422
    assert ada.post("/exchange/operations/grouping--nothing/steps", data={"word": "accept", "text": "x"}).status_code == 404


def test_a_training_is_completed_and_told(partner, ada, port):
    made = Training("reefers", "how to open one", port.node.now(), "nl", 45, "cd" * 32, 900, "application/pdf", "r.pdf")
    id = partner.tell(made)
    page = ada.get("/exchange/trainings").text
    assert re.search("r.pdf", page)
    assert ada.post(f"/exchange/trainings/{id}", data={"verb": "complete"}).status_code == 303
    assert ada.post(f"/exchange/trainings/{id}", data={"verb": "report", "text": "one of us"}).status_code == 303
    assert ada.post(f"/exchange/trainings/{id}", data={"verb": "other"}).status_code == 422
    partner.carry()
    told = [row for row in exchange.inbox(BOB, partner.node) if row.thing == "reply"]
    assert told[0].origin == OWN
    assert PARTNER in told[0].to


def test_the_files_of_a_training_are_offered_once_they_are_here(partner, ada, port):
    body = b"<script>alert(1)</script>"
    raw_of = exchange_training.offer(
        BOB, "lamps", "where they hide", "en", 20, [Piece("lamps.html", "text/html", body, "material", "Lamps")],
        a_marking(PARTNER, nodes=(OWN,), retain_until=Moment(port.node.now() + 9 * DAY)), partner.node,
    )  # fmt: skip
    partner.carry()
    where = f"/exchange/trainings/{raw_of.id}/material"
    assert "The material has not come yet" in ada.get("/exchange/trainings").text
    assert "The material has not come yet" in ada.get(where).text
    for name, origin, _ in exchange_packages.wanted(port.node):
        if origin == PARTNER and partner.node.store.packages.held([name]):
            exchange_packages.arrived(exchange_packages.for_partner(OWN, name, partner.node), name, port.node)
    assert where in ada.get("/exchange/trainings").text
    assert f"{where}/lamps.html" in ada.get(where).text
    answer = ada.get(f"{where}/lamps.html")
    assert (answer.content, answer.headers["content-type"]) == (body, "application/octet-stream")
    assert answer.headers["content-disposition"] == 'attachment; filename="lamps.html"'
    assert ada.get(f"{where}/other.html").status_code == 404
