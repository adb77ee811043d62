"""The page of one box: what is known, why it has its score, and what is done about it."""

import re

import pytest
from tests.console.browsing import Client, browse
from tests.console.conftest import ADA, Port, signed_in

from vigie.desk import arrivals as desk
from vigie.desk import officers
from vigie.desk.views import ArrivalRow, ArrivalsQuery, ContainerView
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role


def top(port: Port) -> ArrivalRow:
    return desk.page(ADA, ArrivalsQuery(), port.node).rows[0]


def view(port: Port) -> ContainerView:
    return desk.container(ADA, top(port).visit, port.node)


def test_everything_known_stands_on_the_timeline(port: Port, ada: Client) -> None:
    found = view(port)
    page = ada.get(f"/arrivals/{found.row.visit}").text
    anchors = re.findall(r'<li id="e(\d+)"', page)
    assert sorted(map(int, anchors)) == sorted(int(entry.hlc) for entry in found.timeline)
    for entry in found.timeline:
        assert entry.text.split(",")[0].replace("'", "&#39;")[:20] in page


def test_the_score_is_told_as_a_sum(port: Port, ada: Client) -> None:
    found = view(port)
    assert found.explanation is not None
    page = ada.get(f"/arrivals/{found.row.visit}").text
    steps = re.findall(r'<rect class="(base|up|down|sum)"', page)
    extra = 1 if found.explanation.caps_milli else 0
    assert len(steps) == len(found.explanation.reasons) + 2 + extra
    for reason in found.explanation.reasons:
        assert f">{reason.indicator}</span>" in page
    assert "Not calibrated" in page
    assert page.count("<summary class=\"small dim\">Evidence") == sum(1 for one in found.explanation.reasons if one.evidence)
    linked = set(re.findall(r'href="#e(\d+)">see the timeline', page))
    assert linked
    assert linked <= set(re.findall(r'<li id="e(\d+)"', page))
    for unknown in found.explanation.unknown:
        assert f'href="/risk/indicators#i-{unknown}"' in page


def test_a_bare_number_opens_its_latest_visit(port: Port, ada: Client) -> None:
    row = top(port)
    assert row.container in ada.get(f"/arrivals/{row.container}").text


def test_what_does_not_exist_looks_like_what_may_not_be_seen(ada: Client) -> None:
    answer = ada.get("/arrivals/NONE0000000-1")
    assert answer.status_code == 404
    assert "which of both is not told" in answer.text


def test_a_claim_is_taken_and_given_back(port: Port, ada: Client) -> None:
    where = f"/arrivals/{top(port).visit}"
    ada.post(f"{where}/claim", data={"act": "claim"})
    assert "In your queue" in ada.get(where).text
    ada.post(f"{where}/claim", data={"act": "unclaim"})
    assert "In your queue" not in ada.get(where).text


def test_a_decision_needs_a_reason_and_what_was_seen(port: Port, ada: Client) -> None:
    row = desk.page(ADA, ArrivalsQuery(), port.node).rows[4]
    where = f"/arrivals/{row.visit}"
    seen = desk.container(ADA, row.visit, port.node).revision
    assert ada.post(f"{where}/override", data={"decision": "hold", "reason": ""}).status_code == 422
    assert ada.post(f"{where}/override", data={"decision": "burn", "reason": "why"}).status_code == 422
    kept = ada.post(f"{where}/override", data={"decision": "hold", "reason": "weight gap", "revision": str(seen)})
    assert kept.status_code == 303
    page = ada.get(where).text
    assert "weight gap" in page
    assert "Held: 1" in page
    stale = ada.post(f"{where}/override", data={"decision": "leave", "reason": "late", "revision": str(seen - 1)})
    assert stale.status_code == 409
    assert "changed" in stale.text


def test_an_outcome_is_recorded_with_all_it_says(port: Port, ada: Client) -> None:
    row = desk.page(ADA, ArrivalsQuery(), port.node).rows[5]
    where = f"/arrivals/{row.visit}"
    form = {"found": "cocaine", "quantity_kg": "12,5", "concealment": "behind-doors", "detector": "scanner", "depth": "scan",
            "detector_id": "MX-1", "analyst": "ada", "team": "customs, police", "note": "two bags"}  # fmt: skip
    assert ada.post(f"{where}/outcome", data=form).status_code == 303
    outcome = desk.container(ADA, row.visit, port.node).outcomes[-1].outcome
    assert (outcome.quantity_g, outcome.team, outcome.note) == (12_500, ("customs", "police"), "two bags")
    page = ada.get(where).text
    for told in ("cocaine", "12.5 kg", "behind the doors", "MX-1", "two bags"):
        assert told in page


@pytest.mark.parametrize(
    "wrong", [{"found": "gold"}, {"quantity_kg": "much"}, {"at": "yesterday"}, {"depth": ""}, {"detector": "nobody"}]
)
def test_an_outcome_that_cannot_be_is_refused(port: Port, ada: Client, wrong: dict[str, str]) -> None:
    form = {"found": "nothing", "detector": "scanner", "depth": "scan"} | wrong
    assert ada.post(f"/arrivals/{top(port).visit}/outcome", data=form).status_code == 422


def test_the_original_bytes_leave_as_a_file(port: Port, ada: Client, bo: Client) -> None:
    found = view(port)
    part = f"/arrivals/{found.row.visit}/parts/{found.parts[0].id}"
    answer = ada.get(part)
    assert answer.status_code == 200
    assert answer.content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert bo.get(part).status_code == 404


def test_an_inspector_looks_and_records_but_does_not_decide(port: Port, bo: Client) -> None:
    page = bo.get(f"/arrivals/{top(port).visit}").text
    assert "/override" not in page
    assert "/outcome" in page
    assert "/watch" not in page


def test_a_reason_above_the_clearance_is_said_to_be_there_and_no_more(port: Port) -> None:
    cy = Officer(OfficerId("cy"), "Cy Targeting", (Role.TARGETING,), Handling.AMBER, (Purpose.TARGETING,), (), "en")
    officers.add(None, cy, port.node)
    found = desk.page(cy, ArrivalsQuery(sort="fired", limit=200), port.node).rows
    hidden = next(
        row for row in found
        if any(not one.indicator for one in desk.container(cy, row.visit, port.node).explanation.reasons)  # type: ignore[union-attr]
    )
    with browse(port.app) as client:
        client.cookies.set("vigie", signed_in(port.node, cy))
        answer = client.get(f"/arrivals/{hidden.visit}")
    assert answer.status_code == 200
    assert "A reason above your clearance" in answer.text
