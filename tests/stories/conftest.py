"""A node of its own for every story; the three stores for those that must hold on each."""

import pytest
from tests.desk.port import a_node
from tests.three_stores import key_file, lasting_url, opened, postgres_url, store, url

__all__ = ["key_file", "lasting_url", "opened", "postgres_url", "store", "url"]


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        yield made
