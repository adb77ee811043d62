"""Processes of one node at once: importers, the web service, and what is left of them after kill -9."""

import random
import time

import httpx
import pytest
from tests.nodes.conftest import BOXES, finished

CHANCE = random.Random(20261122)  # moments of death, the same in every run


def boxes_of(client):
    """All boxes that the web service lists, page by page."""
    found, after = set(), ""
    while True:
        page = client.get("/api/v1/arrivals", params={"limit": 500, "sort": "opened", "after": after}).json()
        found |= {row["container"] for row in page["rows"]}
        after = page["next"]
        if not after:
            return found


def whole(place):
    told = place.done("audit", "verify")
    return told["whole"] and told["entries"]


def test_two_importers_and_readers_at_once(place, ships):
    with place.web(), place.browser() as client:
        importers = [place.start("arrivals", "import", file, "--json") for file, _ in ships]
        seen = []
        while any(child.poll() is None for child in importers):
            page = client.get("/api/v1/arrivals", params={"limit": 50})
            assert page.status_code == 200
            seen.append(page.json()["total"])
            time.sleep(0.1)
        told = [finished(child) for child in importers]
        assert [(one["containers"], one["faults"], one["known"]) for one in told] == [(BOXES, 0, 0)] * 2
        assert seen == sorted(seen)  # what was listed once stays listed
        assert boxes_of(client) == ships[0][1] | ships[1][1]
    assert whole(place)


@pytest.mark.parametrize("after_s", [CHANCE.uniform(0.5, 1.6) for _ in range(2)], ids="{:.2f}".format)
def test_an_importer_is_killed(place, ships, after_s):
    file, boxes = ships[0]
    with place.web(), place.browser() as client:
        child = place.start("arrivals", "import", file, "--json")
        time.sleep(after_s)
        child.kill()
        child.communicate()
        again = place.done("arrivals", "import", file)
        assert again["faults"] == 0
        assert boxes_of(client) == boxes
        third = place.done("arrivals", "import", file)
        assert (third["known"], third["entries"]) == (third["parts"], 0)
    assert whole(place)


@pytest.mark.parametrize("after_s", [CHANCE.uniform(0.6, 1.8) for _ in range(2)], ids="{:.2f}".format)
def test_the_sequencer_is_killed_while_messages_come(place, ships, after_s):
    with place.web() as web:
        child = place.start("arrivals", "import", ships[0][0], "--json")
        time.sleep(after_s)
        web.kill()
        web.wait()
        told = finished(child)  # nobody answers any more: the importer writes by itself
        assert (told["containers"], told["faults"]) == (BOXES, 0)
    with place.web(), place.browser() as client:
        assert boxes_of(client) == ships[0][1]
        before = client.get("/api/v1/arrivals", params={"limit": 1}).json()["rows"]
        again = place.done("arrivals", "import", ships[0][0])
        assert (again["known"], again["entries"]) == (again["parts"], 0)
        assert client.get("/api/v1/arrivals", params={"limit": 1}).json()["rows"] == before
    assert whole(place)


def test_what_was_acknowledged_before_a_kill_is_there_after_it(place, ships):
    """An upload that was answered is durable; one that was not may be handed in again."""
    acknowledged = []
    with place.web() as web, place.browser() as client:
        body = ships[0][0].read_bytes()
        until = time.monotonic() + CHANCE.uniform(0.5, 1.5)
        number = 0
        while time.monotonic() < until:
            one = body.replace(b"S0B", b"Q%dB" % number)[: 20_000 + number]
            answer = client.post("/api/v1/arrivals/messages", params={"name": f"u{number}"}, content=one)
            assert answer.status_code == 200
            acknowledged.append(one)
            number += 1
        web.kill()
        web.wait()
        with pytest.raises(httpx.HTTPError):
            client.get("/api/v1/today")
    assert acknowledged
    with place.web(), place.browser() as client:
        for one in acknowledged:
            answer = client.post("/api/v1/arrivals/messages", content=one).json()
            assert (answer["known"], answer["entries"]) == (answer["parts"], 0)
    assert whole(place)
