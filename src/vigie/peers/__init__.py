"""HTTP to other nodes: the only place that opens a connection to one."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.peers.contexts import asking, listening
    from vigie.peers.courier import Courier

__all__ = ["Courier", "asking", "listening"]

_WHERE = {"Courier": "courier", "asking": "contexts", "listening": "contexts"}


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.peers.{_WHERE[name]}"), name)
