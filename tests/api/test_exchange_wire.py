"""What partners ask over the wire, through the application itself."""

import threading

import pytest
from tests.api.conftest import Asking
from tests.desk.federated import BE, NL, a_marking, federate
from tests.desk.port import ANN
from tests.exchange.told import THINGS

from vigie.api.exchange_wire import create_wire, refused
from vigie.desk import exchange as telling
from vigie.desk.exchange_delivering import parcel
from vigie.exchange import ExchangeRefused, Why, origin_of, read_answer


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, BE, NL)
    yield made
    for node in made.values():
        node.close()


@pytest.fixture
def asked_by():
    """The application as the listener calls it for a member."""
    made = []

    def ask(name, nodes, at):
        app = create_wire(nodes[at])

        async def shown(scope, receive, send):
            certificate = nodes[name].trust.certificate(name) if name else b""
            await app({**scope, "state": {"certificate": certificate}}, receive, send)

        made.append(Asking(shown))
        return made[-1]

    yield ask
    for one in made:
        one.close()


def tell(nodes, count=1):
    return [telling.send(ANN, THINGS[0], a_marking(), nodes[BE]).id for _ in range(count)]


def test_a_batch_goes_in_and_heads_come_out(nodes, asked_by):
    tell(nodes, 2)
    client = asked_by(BE, nodes, NL)
    answer = client.post("/vx/1/inbox", content=parcel(NL, -1, 0, nodes[BE]).raw)
    assert (answer.status_code, read_answer(answer.content).upto) == (200, 1)
    assert read_answer(client.get("/vx/1/heads").content).known == 2


def test_whoever_shows_nothing_is_refused_everywhere(nodes, asked_by):
    client = asked_by("", nodes, NL)
    for method, path in (("POST", "inbox"), ("GET", "log"), ("GET", "heads"), ("GET", "stream")):
        answer = client.request(method, f"/vx/1/{path}")
        assert (answer.status_code, answer.json()["reason"]) == (403, "exchange-unknown-peer")


def test_a_long_question_is_answered_when_something_comes(nodes, asked_by):
    client = asked_by(NL, nodes, BE)
    assert client.get("/vx/1/log?wait=0").content == b""
    later = threading.Timer(0.2, tell, [nodes])
    later.start()
    batch, _ = origin_of(client.get("/vx/1/log?after=-1&wait=20").content)
    later.join()
    assert len(batch.entries) == 1


@pytest.mark.parametrize("query", ["after=x", "after=1e9", "known=--1", "wait=١", "after=" + "9" * 30])
def test_a_number_that_is_none_is_refused(nodes, query, asked_by):
    answer = asked_by(NL, nodes, BE).get(f"/vx/1/log?{query}")
    assert (answer.status_code, answer.json()["reason"]) == (422, "exchange-bad-content")


def test_every_refusal_has_a_status():
    for why in Why:
        assert 400 <= refused(ExchangeRefused(reason=why.value)).status_code < 500


def test_a_stream_begins_after_the_last_event_that_was_seen(nodes):
    import asyncio

    from vigie.api.exchange_wire import _events

    tell(nodes, 3)

    async def first(after, count):
        events = _events(NL, after, nodes[BE])
        return [await anext(events) for _ in range(count)]

    told = asyncio.run(first(0, 3))
    assert told[0].startswith(b"retry:")
    assert [one.split(b"\n")[0] for one in told[1:]] == [b"id: 1", b"id: 2"]
