"""What officers do with the exchange, over the API: the same desks as the pages."""

from tests.api.test_exchange import MARKING, METHOD, TOLD, partner  # noqa: F401 - a fixture
from tests.desk.federated import a_marking
from tests.desk.port import BOB
from tests.exchange.told import THINGS
from tests.exchange.values import BE, NL

from vigie.desk import exchange
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_receiving import receive
from vigie.terms import DAY, Moment


def from_nl(node, partner, thing, **said):  # noqa: F811
    marking = a_marking(NL, nodes=(BE,), retain_until=Moment(node.now() + 20 * DAY), **said)
    id = exchange.send(BOB, thing, marking, partner).id
    receive(outgoing(BE, partner), node)
    return id


def test_a_request_is_shown_and_answered(node, partner, bob):  # noqa: F811
    id = from_nl(node, partner, THINGS[4])
    assert bob.told("GET", "/v1/exchange/requests")[0]["id"] == id
    told = {"word": "nothing", "text": "opened, empty"}
    assert bob.told("POST", f"/v1/exchange/things/{id}/replies", 201, json=told)["to"] == [NL]
    view = bob.told("GET", f"/v1/exchange/things/{id}")
    assert [one["word"] for one in view["replies"]] == ["nothing"]
    bob.problem(404, "GET", "/v1/exchange/things/container--nothing")
    wrong = bob.problem(422, "POST", f"/v1/exchange/things/{id}/replies", json=told | {"word": "accept"})
    assert wrong["facts"]["reason"] == "exchange-no-such-answer"


def test_what_would_leave_is_shown_sent_or_thrown_away(node, partner, bob, ann):  # noqa: F811
    shown = bob.told("POST", "/v1/exchange/previews", 201, json=TOLD)
    assert shown["recipients"][0]["code"] == ""
    assert METHOD["cavity"] in shown["content"]
    assert bob.told("GET", "/v1/exchange/outbox") == []
    ann.problem(404, "POST", "/v1/exchange/previews/send", json={"draft": shown["draft"]})
    assert bob.told("POST", "/v1/exchange/previews/send", json={"draft": shown["draft"]})["state"] == "sent"
    again = bob.told("POST", "/v1/exchange/previews", 201, json=TOLD)
    bob.told("POST", "/v1/exchange/previews/discard", 204, json={"draft": again["draft"]})
    two = bob.told("POST", "/v1/exchange/things", 201, json=TOLD | {"marking": MARKING | {"handling": "H2"}})
    draft = f"{two['id']} 1"
    ann.told("DELETE", f"/v1/exchange/drafts/{draft}", 204)
    assert bob.told("GET", "/v1/exchange/drafts") == []


def test_an_operation_is_worked_on_and_reported(node, partner, bob):  # noqa: F811
    id = from_nl(node, partner, THINGS[6])
    assert bob.told("GET", "/v1/exchange/operations")[0]["stage"] == "proposed"
    step = f"/v1/exchange/operations/{id}/steps"
    bob.told("POST", step, json={"word": "accept", "text": "two teams"})
    view = bob.told("POST", step, json={"word": "begun", "text": "booked", "item": 1})
    assert view["tasks"][0]["state"] == "begun"
    assert bob.told("GET", f"/v1/exchange/operations/{id}")["log"][-1]["text"] == "booked"
    bob.problem(422, "POST", step, json={"word": "close", "text": "not ours"})
    assert "eindverslag" in bob.get(f"/v1/exchange/operations/{id}/report?form=html&language=nl").text


def test_a_training_is_completed_and_counted(node, partner, bob):  # noqa: F811
    id = from_nl(node, partner, THINGS[8])
    assert bob.told("POST", f"/v1/exchange/trainings/{id}/complete")["count"] == 1
    assert bob.told("GET", "/v1/exchange/trainings")[0]["done"] is not None
    assert bob.told("POST", f"/v1/exchange/trainings/{id}/report", json={"text": "one of us"})["to"] == [NL]


def test_agreements_and_what_was_refused(node, partner, bob):  # noqa: F811
    assert [one["partner"] for one in bob.told("GET", "/v1/exchange/agreements")] == [NL, NL]
    bob.problem(422, "POST", "/v1/exchange/bundles", content=b"noise")
    assert bob.told("GET", "/v1/exchange/refused")[0]["code"] == "exchange-unreadable"


def test_a_training_is_offered_with_its_material_and_its_files_come_out(node, partner, bob):  # noqa: F811
    told = {"name": "Reefers", "description": "where a load hides", "language": "en", "minutes": 30, "marking": MARKING,
            "files": [{"name": "a.txt", "body": "aGVsbG8=", "media": "text/plain", "label": "Text"}]}  # fmt: skip
    id = bob.told("POST", "/v1/exchange/trainings", 201, json=told)["id"]
    where = f"/v1/exchange/trainings/{id}/material"
    assert bob.told("GET", where) == [{"name": "a.txt", "media": "text/plain", "size": 5, "label": "Text"}]
    assert bob.get(f"{where}/a.txt").content == b"hello"
    bob.problem(404, "GET", f"{where}/b.txt")
    bob.problem(422, "POST", "/v1/exchange/trainings", json=told | {"files": [{"name": "../a", "body": "aGVsbG8="}]})
    bob.problem(422, "POST", "/v1/exchange/trainings", json=told | {"files": [{"name": "a", "body": "%"}]})


def test_what_is_followed_is_listed_shown_and_let_go(node, partner, bob):  # noqa: F811
    assert bob.told("POST", "/v1/exchange/following", 201, json={"kind": "box"})["rows"][0]["kind"] == "box"
    from_nl(node, partner, THINGS[4])
    assert [one["thing"] for one in bob.told("GET", "/v1/exchange/following/things")] == ["box"]
    assert bob.told("GET", "/v1/exchange/following")["rows"][0]["new"] == 0
    assert bob.told("POST", "/v1/exchange/following/remove", json={"kind": "box"})["rows"] == []
    bob.problem(422, "POST", "/v1/exchange/following", json={"kind": "rumour"})
