"""The three stores that one suite of tests holds to one contract."""

import asyncio
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.postgres_cluster import binaries, cluster

from vigie.store import Store, open_store

KINDS = ("file", "memory", pytest.param("postgresql", marks=pytest.mark.postgres))
Opener = Callable[..., Store]
_names = itertools.count()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A throw-away cluster, or the one that DATABASE_URL names."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    if binaries() is None:
        missing = "no PostgreSQL binaries (apt-get install postgresql)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with cluster() as url:
        yield url


async def _run(url: str, sql: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


@contextmanager
def _schema(server: str) -> Iterator[str]:
    """A schema of one's own: it costs less than a database."""
    schema = f"t{os.getpid()}_{next(_names)}"
    asyncio.run(_run(server, f"CREATE SCHEMA {schema}"))
    yield f"{server}?search_path={schema}"
    asyncio.run(_run(server, f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty store."""
    if request.param == "memory":
        yield "sqlite://"
    elif request.param == "file":
        yield f"sqlite:///{tmp_path}/store.db"
    else:
        with _schema(request.getfixturevalue("postgres_url")) as told:
            yield told


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def home_store(request: pytest.FixtureRequest) -> Iterator[str]:
    """The setting `store` of an empty node: SQLite in its home, or PostgreSQL."""
    if request.param == "sqlite":
        yield ""
        return
    with _schema(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture
def lasting_url(url: str) -> str:
    """As `url`, of a store that outlives the handle on it."""
    if url == "sqlite://":
        pytest.skip("a store in memory is gone when it is closed")
    return url


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def opened(url: str, key_file: Path) -> Iterator[Opener]:
    """Opens the store, as often as asked; all handles are closed at the end."""
    handles: list[Store] = []

    def opener(**said: bool) -> Store:
        handles.append(open_store(url, None if url == "sqlite://" else key_file, **said))
        return handles[-1]

    yield opener
    for handle in handles:
        handle.close()


@pytest.fixture
def store(opened: Opener) -> Store:
    return opened()
