"""Displacement of ports and routes: shares corrected for effort, with honest uncertainty, or silence."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.trends.counts import COLUMNS, Count, month_of, month_text, read_counts

_HOMES = {
    "counts": ("COLUMNS", "Count", "month_of", "month_text", "read_counts"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["COLUMNS", "Count", "month_of", "month_text", "read_counts"]


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.trends.{_WHERE[name]}"), name)
