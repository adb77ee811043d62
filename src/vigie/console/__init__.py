"""The console: pages for officers; each page asks one desk function and shows what it answers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.console.guard import Guard
    from vigie.console.site import create_pages, handlers

__all__ = ["Guard", "create_pages", "handlers"]


def __getattr__(name: str) -> Any:
    """Load the web parts only when a face is really built: the front door stays light."""
    if name == "Guard":
        from vigie.console.guard import Guard

        return Guard
    if name in {"create_pages", "handlers"}:
        from vigie.console import site

        return getattr(site, name)
    raise AttributeError(name)
