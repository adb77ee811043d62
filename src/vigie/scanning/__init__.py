"""What instruments show of a container: X-ray pictures, what is found in them, and how people read them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.scanning.xray.scan import LARGEST_PIXELS, Scan, ScanFacts, Travel

_HOMES = {
    "xray.scan": ("LARGEST_PIXELS", "Scan", "ScanFacts", "Travel"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["LARGEST_PIXELS", "Scan", "ScanFacts", "Travel"]


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.scanning.{_WHERE[name]}"), name)
