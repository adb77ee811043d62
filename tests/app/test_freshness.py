"""Officers at a node with a real standby, whose replay is paused: each sees his own acts, others what the standby shows."""

import os
import time

import httpx
import pytest
from tests.api.conftest import Asking
from tests.desk.port import ANN, BOB, VISIT, a_node, manifest, take_in
from tests.postgres_cluster import standby
from tests.three_stores import _schema

from vigie.app.web import create_app
from vigie.desk import officers
from vigie.store import replica
from vigie.store.postgres import PostgresDb

pytestmark = pytest.mark.postgres


@pytest.fixture
def node(postgres_url, tmp_path, monkeypatch):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the server is not ours to be copied")
    monkeypatch.setattr(replica, "AWAY_S", 0.1)
    with standby(postgres_url) as there, _schema(postgres_url) as url:
        told = PostgresDb(there)
        with a_node(tmp_path, store=url, replica_url=f"{there}?{url.partition('?')[2]}", replica_lag_s=60) as node:
            for one in (ANN, BOB):
                officers.add(None, one, node)
            take_in(node, manifest())
            end = time.monotonic() + 30
            while not node.store.pace.may(node.store.end()):
                assert time.monotonic() < end
                time.sleep(0.02)
            told.run("SELECT pg_wal_replay_pause()")
            yield node
        told.close()


@pytest.fixture
def asked_by(node):
    made, app = [], create_app(node)

    def one(officer, transport=app):
        token = officers.sign_in(officers.link(None, officer.id, node).token, node).token
        made.append(Asking(transport, headers={"authorization": f"Bearer {token}"}))
        return made[-1]

    yield one
    for each in made:
        each.close()


def status(client):
    (row,) = client.told("GET", "/api/v1/arrivals")["rows"]
    return row["status"]


def test_each_officer_sees_his_own_acts_at_once_and_those_of_others_as_the_replica_does(node, asked_by):
    bob, ann = asked_by(BOB), asked_by(ANN)
    assert status(bob) == status(ann) == "new"
    answer = bob.post(f"/api/v1/arrivals/{VISIT}/override", json={"decision": "hold", "reason": "a look inside"})
    assert answer.status_code == httpx.codes.NO_CONTENT, answer.text
    assert status(ann) == "new"  # which the store itself does not say any more
    assert status(bob) == "held"
    assert status(asked_by(BOB, create_app(node))) == "held"  # in another session, of another process
    assert node.live == node.store.log.last()  # whoever asks without saying what he must see
