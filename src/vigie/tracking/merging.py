"""Which parties are one: every word of it counts from its log entry on, and never for what was entered before."""

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from vigie.terms import Moment

_LONGEST = 32  # steps of a chain of merges that are followed; officers join two names at a time, a handful in all


class Merge(msgspec.Struct, frozen=True):
    """An officer's word that one party is another.

    Attributes:
        hlc: Its log entry; it counts for entries after it. key, into: Pseudonyms as integers (`key_number`); the same
            one twice takes the word before back. officer: Who said so.
    """

    hlc: Moment
    key: int
    into: int
    officer: str = ""


class Merges:
    """What officers said of parties that are one, in the order of the log; the same words give the same answers.

    Args:
        told: Every word, in any order.
    """

    def __init__(self, told: Iterable[Merge] = ()) -> None:
        self._steps: dict[int, list[tuple[Moment, int]]] = {}
        self.last = Moment(0)
        for one in sorted(told, key=lambda each: each.hlc):
            self.add(one)

    def __bool__(self) -> bool:
        return bool(self._steps)

    def add(self, told: Merge) -> None:
        """Take one more word in; it is later than all before it."""
        self._steps.setdefault(told.key, []).append((told.hlc, told.into))
        self.last = told.hlc

    def copy(self) -> "Merges":
        """The same words, to be added to without changing these."""
        twin = Merges()
        twin._steps, twin.last = {key: list(steps) for key, steps in self._steps.items()}, self.last
        return twin

    def resolve(self, key: int, at: int | None = None) -> int:
        """Tell under which pseudonym a party counts.

        Args:
            at: Log entry that is being written: only words before it count; None for all that were said.
        """
        for _ in range(_LONGEST):
            steps = self._steps.get(key)
            if steps is None:
                return key
            place = len(steps) if at is None else bisect_right(steps, (at - 1, 1 << 63))
            into = steps[place - 1][1] if place else key
            if into == key:
                return key
            key = into
        return key

    def one_with(self, key: int) -> tuple[int, ...]:
        """All pseudonyms that count as the same party now, this one first, the others in their order."""
        if not self._steps:
            return (key,)
        end = self.resolve(key)
        others = {each for each in (*self._steps, end) if each != key and self.resolve(each) == end}
        return (key, *sorted(others))
