"""A node of its own for every test of the node."""

import pytest
from tests.desk.port import a_node
from tests.three_stores import postgres_url

__all__ = ["node", "postgres_url"]


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        yield made
