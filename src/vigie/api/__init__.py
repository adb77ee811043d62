"""The HTTP API: the same desks, the same gate and the same trail as the console; described by OpenAPI 3.1."""

from typing import Any

__all__ = ["create_api"]


def __getattr__(name: str) -> Any:
    if name == "create_api":
        from vigie.api.routes import create_api

        return create_api
    raise AttributeError(name)
