"""Runs over many past decisions: the desk's questions handed to the engine, and what came out handed back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vigie.desk.refolding import Taken, Wanted, again
from vigie.node.hands import Hands, lent, opened
from vigie.terms import AnalyticsMissing

if TYPE_CHECKING:
    from vigie.engine import Counts, Decided, Engine
    from vigie.node.wiring import Node

Told = Callable[[int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """Read the decisions of one part from the log.

    Attributes:
        hands: Opens the node. folder, stamp: Of the run. part: Its number. wanted: Its decisions. judged: Rows for
            scores, too.
    """

    hands: Hands
    folder: Path
    stamp: str
    part: int
    wanted: tuple[Wanted, ...]
    judged: bool

    @property
    def out(self) -> Path:
        """What is written last."""
        from vigie.engine import asks_of

        return asks_of(self.folder, self.part)


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
        self._node, self._engine, self._judged, self._stamp = node, engine, judged, stamp
        self._path: Path = node.settings.home / kind
        self._run = Refold(self._path, stamp)

    @property
    def folder(self) -> str:
        """Where results lie."""
        return str(self._path)

    def made(self, parts: Sequence[Sequence[Wanted]], reading: Told, told: Told) -> "Counts":
        """Read, fold and judge all parts; gives what came out.

        Args:
            reading: Told how many parts are read, of all. told: Told hundredths of all that follows.
        """
        from vigie.engine import open_engine, stored_rows

        store, rules = self._node.store, self._node.rules
        with open_engine(self._engine) as engine:
            self._read(parts, engine, reading)
            return self._run.run(
                len(parts), engine, list(store.archived.paths("history")),
                stored_rows(store.history.after, store.archived.until("history") - 1),
                rules.policy if self._judged else None, rules.models if self._judged else {}, told,
            )  # fmt: skip

    def _read(self, parts: Sequence[Sequence[Wanted]], engine: "Engine", told: Told) -> None:
        """Read parts from the log on the engine; here where nobody else can open the store."""
        from vigie.engine import open_engine, worked

        with lent(self._node) as hands, open_engine() as here:
            tasks = [Reading(hands, self._path, self._stamp, number, tuple(part), self._judged)
                     for number, part in enumerate(parts)]  # fmt: skip
            worked(here if hands.alone else engine, read_part, tasks, told)


def read_part(task: Reading) -> None:
    """Read the decisions of a part, with what each asked of history."""
    from vigie.engine import Refold

    with opened(task.hands) as node:
        taken, asks = again(task.wanted, node, judged=task.judged)
    Refold(task.folder, task.stamp).keep(task.part, [_decided(one) for one in taken], asks)


def _decided(one: Taken) -> "Decided":
    from vigie.engine import Decided

    kept = one.kept
    return Decided(kept.visit, kept.hlc, kept.policy, kept.score_milli, kept.band, kept.mandatory, kept.features,
                   one.pointers, one.row)  # fmt: skip
