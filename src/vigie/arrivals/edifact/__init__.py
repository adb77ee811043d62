"""UN/EDIFACT: messages of ports, carriers and customs are cut into parts, read, and written."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.arrivals.edifact.read import read, read_all
    from vigie.arrivals.edifact.split import split
    from vigie.arrivals.edifact.syntax import segments

_HOMES = {
    "read": "read", "read_all": "read", "segments": "syntax", "split": "split",
}  # fmt: skip

__all__ = ["read", "read_all", "segments", "split"]


def __getattr__(name: str) -> Any:
    """Load a reader or writer when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"vigie.arrivals.edifact.{_HOMES[name]}"), name)
