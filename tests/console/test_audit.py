"""The trail: every look is in it, it can be filtered and taken away, and its chain verified."""

import html
import json
import re

from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.desk import arrivals
from vigie.desk.views import ArrivalsQuery, AuditQuery


def test_a_look_at_a_box_is_in_the_trail(port: Port, ada: Client) -> None:
    visit = arrivals.page(ADA, ArrivalsQuery(sort="container"), port.node).rows[0].visit
    ada.get(f"/arrivals/{visit}")
    assert visit in ada.get(f"/audit?subject={visit}&act=see").text


def test_a_refusal_is_in_the_trail(ada: Client, bo: Client) -> None:
    bo.get("/audit")
    page = ada.get("/audit?officer=bo&outcome=refused").text
    assert page.count("<tr data-row>") >= 1
    assert "No entry matches" in ada.get("/audit?officer=nobody").text


def test_the_chains_are_computed_again(ada: Client) -> None:
    page = ada.get("/audit/verify").text
    assert page.count(">whole</span>") == 2
    assert ">broken</span>" not in page


def test_older_entries_follow(port: Port, ada: Client) -> None:
    for _ in range(AuditQuery().limit):
        arrivals.page(ADA, ArrivalsQuery(limit=1), port.node)
    page = ada.get("/audit").text
    older = re.search(r"/audit\?[^\"]*before=[0-9]+", page)
    assert older
    assert "<tr data-row>" in ada.get(html.unescape(older[0])).text


def test_the_trail_leaves_as_json_lines(ada: Client) -> None:
    answer = ada.get("/audit/export?officer=bo")
    entries = [json.loads(line) for line in answer.text.splitlines()]
    assert entries
    assert answer.headers["content-type"].startswith("application/jsonl")
