"""Migrations: once each, never backwards."""

import pytest
from tests.store_values import an_item
from tests.three_stores import Opener

from vigie.store.migrate import migrations
from vigie.terms import StoreFault

NEWEST = migrations()[-1][0]


def reason(error: pytest.ExceptionInfo[StoreFault]) -> object:
    return error.value.facts["reason"]


def test_opening_again_keeps_everything(lasting_url: str, opened: Opener) -> None:
    opened().inbox.add([an_item()])
    again = opened(create=False)
    assert again.inbox.waiting() == 1
    assert again.version == NEWEST
    assert again.db.one("SELECT count(*) FROM schema_version") == (len(migrations()),)


def test_a_newer_store_is_refused_with_both_versions(lasting_url: str, opened: Opener) -> None:
    row = (NEWEST + 3, NEWEST + 1)
    opened().db.run("INSERT INTO schema_version (version, compatible) VALUES (?, ?)", row)
    with pytest.raises(StoreFault) as error:
        opened()
    assert error.value.facts == {"reason": "newer-store", "found": NEWEST + 3, "known": NEWEST}


def test_a_newer_store_that_says_it_is_compatible_is_opened(lasting_url: str, opened: Opener) -> None:
    row = (NEWEST + 3, NEWEST)
    opened().db.run("INSERT INTO schema_version (version, compatible) VALUES (?, ?)", row)
    assert opened().version == NEWEST + 3
