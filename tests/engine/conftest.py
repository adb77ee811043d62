"""The PostgreSQL on which the oracle's SQL runs too."""

from tests.three_stores import postgres_url

__all__ = ["postgres_url"]
