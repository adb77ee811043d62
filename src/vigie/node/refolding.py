"""Runs over many past decisions: the desk's questions handed to the engine, and what came out handed back."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vigie.desk.refolding import Taken
from vigie.terms import AnalyticsMissing

if TYPE_CHECKING:
    from pathlib import Path

    from vigie.engine import Counts, Decided
    from vigie.node.wiring import Node
    from vigie.risk import Keys

Told = Callable[[int, int], None]


class Run:
    """One run, in a folder of its own below the node's home.

    Args:
        kind: `rescore` or `skew`. stamp: Names exactly what is to be done. engine: Who works. judged: Scores, too.

    Raises:
        AnalyticsMissing: The extra is not installed.
    """

    def __init__(self, node: "Node", kind: str, stamp: str, engine: str, *, judged: bool) -> None:
        try:
            from vigie.engine import Refold
        except ModuleNotFoundError:
            raise AnalyticsMissing from None
        self._node, self._engine, self._judged = node, engine, judged
        self._path: Path = node.settings.home / kind
        self._run = Refold(self._path, stamp)

    @property
    def folder(self) -> str:
        """Where results lie."""
        return str(self._path)

    def has(self, part: int) -> bool:
        """Whether a part was read by this very run before."""
        return self._run.has(part)

    def keep(self, part: int, taken: Sequence[Taken], asks: "Sequence[tuple[Keys, int]]") -> None:
        """Keep a part."""
        self._run.keep(part, [_decided(one) for one in taken], asks)

    def finish(self, parts: int, told: Told) -> "Counts":
        """Fold and judge all parts; gives what came out."""
        from vigie.engine import open_engine, stored_rows

        store, rules = self._node.store, self._node.rules
        with open_engine(self._engine) as engine:
            return self._run.run(
                parts, engine, list(store.archived.paths("history")),
                stored_rows(store.history.after, store.archived.until("history") - 1),
                rules.policy if self._judged else None, rules.models if self._judged else {}, told,
            )  # fmt: skip


def _decided(one: Taken) -> "Decided":
    from vigie.engine import Decided

    kept = one.kept
    return Decided(kept.visit, kept.hlc, kept.policy, kept.score_milli, kept.band, kept.mandatory, kept.features,
                   one.pointers, one.row)  # fmt: skip
