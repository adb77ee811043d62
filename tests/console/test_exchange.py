"""The exchange page, one thing and what is done with it, seen by officers with different rights."""

import html
import re

import pytest
from tests.console.federated import OWN, PARTNER, joined
from tests.desk.port import ADA, BOB

from vigie.console.exchange import STEPS
from vigie.desk import arrivals
from vigie.desk import exchange as desk
from vigie.desk.views import ArrivalsQuery
from vigie.exchange import Box, Concealment, Desk, Movement
from vigie.terms import DAY, Handling, write_moment


@pytest.fixture(scope="module")
def partner(port, tmp_path_factory):
    return joined(port, tmp_path_factory.mktemp("partner"))


def a_box(port):
    return arrivals.page(BOB, ArrivalsQuery(limit=1), port.node).rows[0].container


def saw(port):
    return Movement(a_box(port), "left the row at night", "NLRTM", port.node.now(), "no <b>order</b>")


def test_before_it_joined_the_page_says_how(ada):
    for path in ("", "/entries/inbox", "/compose", "/operations", "/trainings"):
        assert "vigie federation join" in ada.get(f"/exchange{path}").text, path


def test_the_overview_tells_how_partners_stand(partner, ada, port):
    partner.tell(saw(port))
    page = ada.get("/exchange").text
    for text in ("NL-CUSTOMS", "Suspicious movement", "TLP:AMBER", "we send", "we receive", "Nothing waits for a second"):
        assert text in page
    for path in ("/exchange/entries/inbox", f"/exchange/entries/inbox?partner={PARTNER}"):
        assert a_box(port) in ada.get(path).text
    assert "Nothing has left yet" in ada.get("/exchange/entries/outbox").text
    assert ada.get("/exchange/entries/elsewhere").status_code == 422
    assert a_box(port) in ada.get(f"/exchange?about={a_box(port).lower()}").text
    assert "Nothing that you may read" in ada.get("/exchange?about=MSCU0000000").text


def test_a_thing_shows_its_marking_and_no_markup_of_a_partner(partner, ada, port):
    id = partner.tell(saw(port), case="NL-<i>9</i>")
    page = ada.get(f"/exchange/things/{id}").text
    assert "no &lt;b&gt;order&lt;/b&gt;" in page
    assert "NL-&lt;i&gt;9&lt;/i&gt;" in page
    assert "Regulation (EC) 515/97" in page
    assert "readonly" in page


def test_who_needs_not_know_finds_nothing(partner, ada, bo):
    id = partner.tell(Concealment("rip-on", "bags", "evaporator"), desks=(Desk.PROSECUTOR,))
    assert bo.get(f"/exchange/things/{id}").status_code == 404
    assert ada.get(f"/exchange/things/{id}").status_code == 200


def test_a_box_tells_why_it_is_marked(partner, ada, port):
    number = a_box(port)
    partner.tell(saw(port))
    page = ada.get(f"/arrivals/{number}-1").text
    assert "Because NL-CUSTOMS saw" in page
    assert "left the row at night" in page
    assert ">X1</span>" in page


def test_a_request_is_answered_from_the_page(partner, ada, port):
    id = partner.tell(Box(a_box(port), reason="same shipper"))
    assert "same shipper" in ada.get("/exchange").text
    told = {"verb": "reply", "word": "nothing", "text": "opened, empty", "back": "/exchange"}
    answer = ada.post(f"/exchange/things/{id}/steps", data=told)
    assert answer.headers["location"] == "/exchange"
    partner.carry()
    assert "opened, empty" in ada.get(f"/exchange/things/{id}").text
    assert {row.word for row in __import__("vigie.desk.exchange_replies", fromlist=["x"]).requests(BOB, partner.node)[0].answers} == {"nothing"}


def test_taking_back_shows_who_erased(partner, ada, port):
    sent = desk.send(BOB, Concealment("rip-on", "bags", "evaporator"),
                     partner.marking(originator=OWN, nodes=(PARTNER,)), port.node)  # fmt: skip
    partner.carry()
    where = f"/exchange/things/{sent.id}"
    assert ada.post(f"{where}/steps", data={"verb": "retract", "reason": "wrong box"}).status_code == 303
    assert "has not answered" in ada.get(where).text
    partner.carry()
    page = ada.get(where).text
    assert re.search(r"erased \d", page)
    assert "has not answered" not in page
    assert "taken back" in page


def test_a_hold_needs_two(partner, ada, port):
    id = partner.tell(saw(port))
    where = f"/exchange/things/{id}"
    day = write_moment(port.node.now() + 5 * DAY)[:10]
    told = {"verb": "hold", "authority": "court of Antwerp", "case": "AN-1", "ground": "art. 39bis", "until": day}
    assert ada.post(f"{where}/steps", data=told | {"until": ""}).status_code == 422
    assert ada.post(f"{where}/steps", data=told).status_code == 303
    page = ada.get(where).text
    assert "Another officer has to confirm" in page
    assert ada.post(f"{where}/steps", data={"verb": "confirm"}).status_code in (403, 409)
    from vigie.desk import exchange_holding

    exchange_holding.confirm_hold(BOB, id, port.node)
    assert "Lift the hold" in ada.get(where).text
    assert ada.post(f"{where}/steps", data={"verb": "lift"}).status_code == 303


def test_passing_on_asks_first(partner, ada, port):
    id = partner.tell(saw(port))
    where = f"/exchange/things/{id}/steps"
    assert ada.post(where, data={"verb": "ask", "reason": "their ship"}).status_code == 422
    assert ada.post(where, data={"verb": "ask", "reason": "their ship", "nodes": ["br-gateway"]}).status_code == 303
    refused = ada.post(where, data={"verb": "pass-on", "nodes": [PARTNER]})
    assert refused.status_code >= 400
    assert ada.post(where, data={"verb": "no-such"}).status_code == 422


def test_every_step_tells_what_was_done(ada):
    from vigie.console.pages import Pages

    assert {f"said-ex-{verb}" for verb in STEPS} <= set(Pages.load().texts.table)


@pytest.mark.parametrize("language", ["fr", "nl", "es", "pt"])
def test_the_pages_speak_every_language(partner, ada, port, language):
    id = partner.tell(saw(port), tlp=Handling.GREEN)
    ada.post("/me/preferences", data={"language": language, "back": "/"})
    english = ("Nothing has", "What it says", "we send", "Take back", "There is no")
    for path in ("/exchange", f"/exchange/things/{id}", "/exchange/compose", "/exchange/operations", "/exchange/trainings",
                 "/exchange/entries/outbox"):  # fmt: skip
        page = html.unescape(ada.get(path).text)
        assert not [text for text in english if text in page], path
    ada.post("/me/preferences", data={"language": "en", "back": "/"})


def test_what_is_followed_is_told_of_and_taken_back(partner, ada, port):
    assert "You follow nothing yet" in ada.get("/exchange").text
    ada.post("/exchange/following", data={"verb": "follow", "kind": "movement", "partner": "", "about": ""})
    partner.tell(saw(port))
    page = ada.get("/exchange").text
    assert "What I follow" in page
    assert "You follow it from now on" in page  # with a button that takes it back
    listed = ada.get("/exchange/entries/inbox?followed=yes").text
    assert "Only what you follow" in listed
    assert a_box(port) in listed
    ada.post("/exchange/following", data={"verb": "unfollow", "kind": "movement", "partner": "", "about": ""})
    assert "You follow nothing yet" in ada.get("/exchange").text
    assert ada.post("/exchange/following", data={"verb": "follow"}).status_code == 422


def test_a_log_with_two_pasts_is_told_of_at_the_top(partner, ada, port):
    from vigie.desk import exchange_split as split
    from vigie.desk.exchange_node import signer
    from vigie.exchange import sign_head

    size = port.node.store.exchange.last(PARTNER).size
    split.shown(sign_head(PARTNER, size, b"\7" * 32, port.node.now(), signer(partner.node)), "br-gateway", port.node)
    page = ada.get("/exchange").text
    assert "showed br-gateway another past of its log" in page
    assert "log in doubt" in page
    split.believe(ADA, PARTNER, "they were asked", port.node)
    assert "another past of its log" not in ada.get("/exchange").text
