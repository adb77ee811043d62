"""The API of a node with a small ship in it, asked as programs ask it: with the session token as bearer token."""

import asyncio

import httpx
import pytest
from tests.desk.port import ADA, ANN, BOB, EVE, IAN, a_consignment, a_node, bay_plan, manifest, numbers, take_in

from vigie.api import create_api
from vigie.desk import officers

BOXES = numbers(6)
DAY = "2026-03-02"
SHIFT = {"name": "early", "start": "06:00", "hours": 8, "scanners": {"MX-1": 3}}
OFFICERS = {"ann": ANN, "bob": BOB, "eve": EVE, "ada": ADA, "ian": IAN}


class Asking:
    """A program that asks for one officer, in memory; answers a fault as a server does."""

    def __init__(self, app, base_url="http://localhost", **options):
        self._loop = asyncio.new_event_loop()
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url, **options)

    def request(self, method, path, **more):
        return self._loop.run_until_complete(self._client.request(method, path, **more))

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, path, **more):
        return self.request("POST", path, **more)

    def close(self):
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def problem(self, status, method, path, **more):
        """Ask for what is refused; gives the problem document."""
        told = self.request(method, path, **more)
        assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json"), told.text
        body = told.json()
        assert set(body) == {"type", "title", "status", "facts"}
        assert (body["status"], body["type"]) == (status, f"urn:vigie:{body['title']}")
        return body

    def told(self, method, path, status=200, **more):
        """Ask for what is answered; gives the answer's JSON."""
        answer = self.request(method, path, **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content and "json" in answer.headers["content-type"] else answer.content


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        for officer in OFFICERS.values():
            officers.add(None, officer, made)
        bills = [a_consignment(f"BL{place}", box) for place, box in enumerate(BOXES)]
        take_in(made, manifest(*bills), bay_plan(*BOXES))
        yield made


@pytest.fixture
def asks():
    """Makes programs, and closes them."""
    made = []

    def one(app, **options):
        made.append(Asking(app, **options))
        return made[-1]

    yield one
    for each in made:
        each.close()


@pytest.fixture
def asking(node, asks):
    """Makes a program that asks for an officer; without a name it has no session."""
    app = create_api(node)

    def made(name=""):
        headers = {}
        if name:
            token = officers.sign_in(officers.link(None, OFFICERS[name].id, node).token, node).token
            headers = {"authorization": f"Bearer {token}"}
        return asks(app, headers=headers)

    return made


@pytest.fixture
def bob(asking):
    """Asks for a supervisor who may do everything but officers."""
    return asking("bob")


@pytest.fixture
def ann(asking):
    """Asks for a targeting officer."""
    return asking("ann")
