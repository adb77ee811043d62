"""A real primary and a real standby, whose replay is paused and let go on."""

import os
import time

import pytest
from tests.postgres_cluster import standby
from tests.three_stores import _schema

from vigie.store import open_store, replica
from vigie.store.replica import MUST_SHOW
from vigie.terms import BadRequest

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def servers(postgres_url):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("the server is not ours to be copied")
    with standby(postgres_url) as there:
        yield postgres_url, there


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(replica, "AWAY_S", 0.1)  # tables come to the standby a moment after they are made


@pytest.fixture
def urls(servers):
    primary, there = servers
    with _schema(primary) as url:
        yield url, there + "?" + url.partition("?")[2]


@pytest.fixture
def store(urls, tmp_path):
    with open_store(urls[0], tmp_path / "keys", replica=urls[1], replica_lag_s=60) as store:
        until(lambda: store.pace.may(store.end()))
        yield store


@pytest.fixture
def told(urls):
    """Speaks to the standby itself."""
    from vigie.store.postgres import PostgresDb

    db = PostgresDb(urls[1])
    yield db
    db.run("SELECT pg_wal_replay_resume()")
    db.close()


def until(wanted):
    end = time.monotonic() + 30
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.02)


def far(store):
    """Whether what is read aside comes from the replica."""
    return store.aside(lambda: store.db.one("SELECT pg_is_in_recovery()"))[0]


@pytest.fixture
def anything_does():
    token = MUST_SHOW.set(0)
    yield
    MUST_SHOW.reset(token)


def test_only_who_says_what_must_be_seen_reads_from_the_replica(store):
    assert not far(store)
    token = MUST_SHOW.set(store.end())
    until(lambda: far(store))
    with store.transaction():
        assert not far(store)
    store.aside(lambda: store.settings.put("mark", b"written"))
    assert store.settings.get("mark") == b"written"
    MUST_SHOW.reset(token)


@pytest.mark.usefixtures("anything_does")
def test_who_has_acted_sees_it_though_the_replica_does_not_show_it_yet(store, told):
    store.settings.put("mark", b"old")
    until(lambda: store.pace.may(store.end()))
    told.run("SELECT pg_wal_replay_pause()")
    store.settings.put("mark", b"new")
    assert store.aside(lambda: store.settings.get("mark")) == b"old"
    token = MUST_SHOW.set(store.end())
    assert store.aside(lambda: store.settings.get("mark")) == b"new"
    told.run("SELECT pg_wal_replay_resume()")
    until(lambda: far(store))
    assert store.aside(lambda: store.settings.get("mark")) == b"new"
    MUST_SHOW.reset(token)


@pytest.mark.usefixtures("anything_does")
def test_a_replica_too_far_behind_is_left_until_it_has_caught_up(urls, told, tmp_path):
    with open_store(urls[0], tmp_path / "keys", replica=urls[1], replica_lag_s=0.6) as store:
        until(lambda: far(store))
        told.run("SELECT pg_wal_replay_pause()")
        store.settings.put("mark", b"new")
        until(lambda: not far(store))
        assert store.pace.behind_s > 0.6
        told.run("SELECT pg_wal_replay_resume()")
        until(lambda: far(store))


@pytest.mark.usefixtures("anything_does")
def test_what_is_no_replica_of_the_node_is_not_read(urls, tmp_path, servers):
    with open_store(urls[0], tmp_path / "keys", replica=urls[0]) as store:
        assert not far(store)
        assert store.pace.why == "no-replica"
    with _schema(servers[0]) as other:
        open_store(other, tmp_path / "others").close()
        there = servers[1] + "?" + other.partition("?")[2]
        with open_store(urls[0], tmp_path / "keys", replica=there) as store:
            until(lambda: store.pace.may(0) or store.pace.why != "database")  # until the tables have come there
            assert not far(store)
            assert store.pace.why == "another node's"


@pytest.mark.usefixtures("anything_does")
def test_a_replica_out_of_reach_costs_no_answer(urls, told, tmp_path):
    with open_store(urls[0], tmp_path / "keys", replica="postgresql://vigie@127.0.0.1:1/postgres") as store:
        assert not far(store)
        assert store.pace.why == "out-of-reach"
    with open_store(urls[0], tmp_path / "keys", replica=urls[1]) as store:
        until(lambda: far(store))
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'vigie'"
        assert store.aside(lambda: (told.rows(cut), store.settings.get("nothing"))[1]) is None  # read again at home


def test_only_postgresql_has_replicas(tmp_path):
    with pytest.raises(BadRequest):
        open_store(f"sqlite:///{tmp_path}/x.db", tmp_path / "keys", replica="postgresql://nowhere/x")
