"""The three stores, for the contract of each table."""

from tests.three_stores import home_store, key_file, lasting_url, opened, postgres_url, store, url

__all__ = ["home_store", "key_file", "lasting_url", "opened", "postgres_url", "store", "url"]
