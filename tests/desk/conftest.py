"""A node of one's own for every test of the desk."""

import pytest
from tests.desk.port import a_node
from tests.three_stores import home_store, postgres_url

__all__ = ["home_store", "node", "postgres_url"]


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        yield made
