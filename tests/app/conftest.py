"""Stores for tests that serve a node."""

from tests.three_stores import postgres_url

__all__ = ["postgres_url"]
