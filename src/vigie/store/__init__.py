"""SQLite (default) and PostgreSQL behind the same repositories; bodies with personal data sealed per erasure unit."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.store.arriving import Arriving
    from vigie.store.chain import Verified
    from vigie.store.erasure import Erased
    from vigie.store.opening import Store, open_store
    from vigie.store.orders import Sent
    from vigie.store.selections import Commitment, Draw
    from vigie.store.sequencer import Sequencer
    from vigie.store.trail import Trodden

_WHERE = {
    "Arriving": "arriving", "Commitment": "selections", "Draw": "selections", "Erased": "erasure", "Sent": "orders",
    "Sequencer": "sequencer",
    "Store": "opening", "Trodden": "trail", "Verified": "chain", "open_store": "opening",
}  # fmt: skip

__all__ = [
    "Arriving", "Commitment", "Draw", "Erased", "Sent", "Sequencer", "Store", "Trodden", "Verified", "open_store",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load what is asked for only when it is asked for: cryptography and drivers are heavy."""
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.store.{_WHERE[name]}"), name)
