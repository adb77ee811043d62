"""The three stores, for stories of several processes."""

from tests.three_stores import key_file, lasting_url, opened, postgres_url, store, url

__all__ = ["key_file", "lasting_url", "opened", "postgres_url", "store", "url"]
