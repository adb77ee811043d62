"""Moving a node to another database: everything is copied, counted and hashed on both sides."""

from collections.abc import Callable, Sequence
from typing import Any

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.terms import Officer, Purpose, StoreFault


def copy_store(
    officer: Officer, url: str, node: Node, told: Callable[[str, int], None] = lambda table, rows: None,
    purpose: Purpose = Purpose.ADMINISTRATION,
) -> Sequence[Any]:
    """Copy all that a node keeps into an empty database. The trail of the copy says so, too.

    The key file stays where it is and opens both; only one of them may be used from then on.

    Args:
        url: `sqlite:///…` or `postgresql://…`; it may hold a password and is never written down.
        told: Hears a table and how many of its rows were copied so far.

    Returns:
        Per table its name, rows and SHA-256 (`store.copying.Copied`).

    Raises:
        NotForYou: The officer may not. StoreFault: The node runs (stop it first), the target cannot be reached or holds
        something, or what arrived differs; then nothing was copied.
    """
    kind = url.partition(":")[0][:20]
    permit(officer, "copy-store", purpose, f"store {kind}", node)
    with node.sequencer() as mine:
        if not mine:
            raise StoreFault(reason="node-runs")
        leave(officer, purpose, "copy-store", f"store {kind}", node)
        return node.store.copy_to(url, told)
