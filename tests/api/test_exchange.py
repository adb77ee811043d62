import pytest
from tests.desk.federated import HOLDERS, agreed
from tests.desk.port import ADA, NOW
from tests.exchange.told import THINGS
from tests.exchange.values import BE, NL

from vigie.desk import exchange_federation as joining
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_receiving import receive
from vigie.node import FixedClock, Settings, build
from vigie.terms import DAY, Moment, write_moment

MARKING = {
    "tlp": "amber",
    "handling": "H0",
    "source": "A",
    "information": 1,
    "originator": BE,
    "nodes": [NL],
    "desks": ["targeting"],
    "purpose": "targeting",
    "case": "BE-2026-17",
    "legal_basis": "Regulation (EC) 515/97, art. 4",
    "subjects": "none",
    "retain_until": write_moment(Moment(NOW + 30 * DAY)),
}
METHOD = {"name": "rip-on", "description": "bags", "cavity": "evaporator"}
TOLD = {"kind": "concealment", "thing": METHOD, "marking": MARKING}


@pytest.fixture
def partner(node, tmp_path):
    """The node of another country, which knows this one."""
    now = node.now()
    agreement = [agreed(BE, NL, ends=Moment(now + 99 * DAY)), agreed(NL, BE, ends=Moment(now + 99 * DAY))]
    with build(Settings(home=tmp_path / "nl"), FixedClock(now)) as other:
        root, empty = joining.found("north sea", HOLDERS, now)
        cards = [joining.card(ADA, name, name, name[:2], one) for name, one in ((BE, node), (NL, other))]
        told = joining.renew(root, empty, HOLDERS, now, cards, agreement)
        for one in (node, other):
            joining.take(ADA, root, told, one)
        yield other


def test_something_is_told_seen_by_the_partner_and_taken_back(node, partner, bob):
    sent = bob.told("POST", "/v1/exchange/things", 201, json=TOLD)
    assert receive(bob.told("GET", f"/v1/exchange/bundles/{NL}"), partner).new == 1
    assert [one["id"] for one in bob.told("GET", "/v1/exchange/outbox")] == [sent["id"]]
    changed = TOLD | {"thing": METHOD | {"name": "rip-on rip-off"}}
    assert bob.told("PUT", f"/v1/exchange/things/{sent['id']}", json=changed)["version"] == 2
    bob.told("POST", f"/v1/exchange/things/{sent['id']}/retract", json={"reason": "another one"})
    assert {one["outcome"] for one in bob.told("GET", f"/v1/exchange/things/{sent['id']}/answers")} == {""}
    assert bob.told("GET", "/v1/exchange/log")["entries"] == 3
    assert bob.told("GET", "/v1/exchange/partners")[0]["partner"] == NL


def test_what_a_partner_sends_is_taken_in_or_refused_with_its_code(node, partner, bob):
    from tests.desk.federated import a_marking
    from tests.desk.port import BOB

    from vigie.desk import exchange

    marking = a_marking(NL, nodes=(BE,), retain_until=Moment(node.now() + DAY))
    exchange.send(BOB, THINGS[2], marking, partner)
    raw = outgoing(BE, partner)
    assert bob.told("POST", "/v1/exchange/bundles", content=raw)["new"] == 1
    assert [one["thing"] for one in bob.told("GET", "/v1/exchange/inbox")] == ["seizure"]
    assert len(bob.told("GET", f"/v1/exchange/inbox?about={THINGS[2].container}")) == 1
    wrong = bob.problem(422, "POST", "/v1/exchange/bundles", content=b"noise")
    assert wrong["facts"]["reason"] == "exchange-unreadable"
    large = bob.problem(422, "POST", "/v1/exchange/bundles", content=bytes(5 << 20))
    assert large["facts"]["reason"] == "exchange-oversize"


def test_an_empty_audience_is_refused_and_two_officers_are_asked(node, partner, bob, ann):
    empty = TOLD | {"marking": MARKING | {"nodes": []}}
    told = bob.problem(422, "POST", "/v1/exchange/things", json=empty)
    assert told["facts"]["reason"] == "exchange-empty-audience"
    waits = ann.told("POST", "/v1/exchange/things", 201, json=TOLD | {"marking": MARKING | {"handling": "H1"}})
    assert waits["state"] == "waits"
    draft = bob.told("GET", "/v1/exchange/drafts")[0]["id"]
    ann.problem(403, "POST", f"/v1/exchange/drafts/{draft}/approve")
    assert bob.told("POST", f"/v1/exchange/drafts/{draft}/approve")["state"] == "sent"


def test_the_federation_is_shown(node, partner, bob):
    told = bob.told("GET", "/v1/exchange/federation")
    assert (told["name"], told["node"], len(told["members"])) == ("north sea", BE, 2)


def test_a_hold_is_asked_confirmed_and_lifted(node, partner, bob, asking):
    from tests.desk.federated import a_marking
    from tests.desk.port import BOB

    from vigie.desk import exchange

    sent = exchange.send(BOB, THINGS[2], a_marking(NL, nodes=(BE,), retain_until=Moment(node.now() + DAY)), partner)
    bob.told("POST", "/v1/exchange/bundles", content=outgoing(BE, partner))
    road = f"/v1/exchange/things/{sent.id}"
    told = {"authority": "court", "case": "17", "ground": "law", "until": write_moment(Moment(node.now() + DAY))}
    bob.told("POST", f"{road}/hold", 202, json=told)
    bob.problem(403, "POST", f"{road}/hold/confirm")
    bob.problem(404, "DELETE", f"{road}/hold")
    bob.told("POST", f"{road}/release-request", 204, json={"nodes": ["br-gateway"], "reason": "they need it"})
    refused = bob.problem(422, "POST", f"{road}/pass-on", json={"nodes": [NL]})
    assert refused["facts"]["reason"] == "exchange-not-releasable-node"
    bob.problem(
        404, "POST", f"{road}/release", json={"asked_by": NL, "granted": True, "until": told["until"], "reason": "yes"}
    )


def test_many_things_how_delivering_goes_and_tokens(node, partner, bob):
    sent = bob.told("POST", "/v1/exchange/things/many", 201, json={"things": [TOLD, TOLD]})
    assert [one["state"] for one in sent] == ["sent", "sent"]
    row = bob.told("GET", "/v1/exchange/deliveries")[0]
    assert (row["partner"], row["way"], row["waiting"]) == (NL, "fetched", 2)
    problem = bob.problem(422, "POST", "/v1/exchange/things/many", json={"things": [{"kind": "x"}]})
    assert problem["title"] == "exchange-refused"


def test_only_an_administrator_handles_tokens(node, partner, bob, asking):
    ada = asking("ada")
    assert bob.request("POST", f"/v1/exchange/tokens/{NL}", json={"days": 2}).status_code == 403
    token = ada.told("POST", f"/v1/exchange/tokens/{NL}", 201, json={"days": 2})["token"]
    assert len(token) > 40
    assert [one["partner"] for one in ada.told("GET", "/v1/exchange/tokens")] == [NL]
    assert ada.told("DELETE", f"/v1/exchange/tokens/{NL}") == {"withdrawn": 1}
