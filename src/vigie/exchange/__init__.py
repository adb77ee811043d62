"""What other nodes learn: the log that is exchanged, its markings, and what may leave for whom."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.exchange.tree import (
        EMPTY_ROOT,
        Growing,
        TileRead,
        Tree,
        leaf_hash,
        verify_consistency,
        verify_inclusion,
        verify_several,
    )

_HOMES = {
    "tree": (
        "EMPTY_ROOT", "Growing", "TileRead", "Tree", "leaf_hash", "verify_consistency", "verify_inclusion",
        "verify_several",
    ),
}  # fmt: skip
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "EMPTY_ROOT", "Growing", "TileRead", "Tree", "leaf_hash", "verify_consistency", "verify_inclusion",
    "verify_several",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.exchange.{_WHERE[name]}"), name)
