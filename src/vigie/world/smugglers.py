"""Smugglers who adapt: what keeps being lost is used less, in favour of what gets through.

They know their own lots only: which came through, which did not. Four things can be moved: the country of departure,
the modus operandi, the cover load and the port. How much is sent stays what it was; only where it goes shifts.
"""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush
from math import exp

from vigie.terms import DAY, Moment
from vigie.world.chance import Choice
from vigie.world.drafts import Bill, Box
from vigie.world.parameters import (
    ADAPT_BOUNDS,
    ADAPT_HEAR_DAYS,
    ADAPT_LOGGED_DAYS,
    ADAPT_MEMORY_DAYS,
    ADAPT_PRIOR_LOTS,
    ADAPT_STRENGTH,
    INTERCEPTION,
)
from vigie.world.truth import Case, Shift
from vigie.world.typologies import Typology

DIMENSIONS = ("route", "modus", "cover", "port")
"""What can be moved: country of departure, modus operandi, heading of the cover load, port of discharge."""

Rates = Mapping[tuple[str, str], float]
"""A number per scope and country."""

_USUAL_LOSS = sum(INTERCEPTION.value.values()) / len(INTERCEPTION.value)


class Smugglers:
    """What those who plant lots have learnt so far; without losses they do as the published figures say.

    Args:
        strength: How strongly losses move them (`ADAPT_STRENGTH`); 0 never moves them.
    """

    def __init__(self, strength: float = ADAPT_STRENGTH.value) -> None:
        self.strength = strength
        self.shifts: list[Shift] = []
        self._coming: list[tuple[Moment, int, tuple[str, ...], bool]] = []
        self._sent: dict[tuple[str, str], float] = defaultdict(float)
        self._lost: dict[tuple[str, str], float] = defaultdict(float)
        self._at = Moment(0)
        self._heard = 0

    def hear(self, at: Moment, case: Case, lost: bool) -> None:
        """Learn of a lot some days after it was found, or after it came through.

        Args:
            at: When the control ended, or the box left. case: The lot. lost: Whether it was found.
        """
        self._heard += 1
        known = Moment(at + round(ADAPT_HEAR_DAYS.value * DAY))
        heappush(self._coming, (known, self._heard, (case.origin, case.typology, case.cover, case.site), lost))

    def wake(self, now: Moment) -> None:
        """Take in all that is known by now; moments never run backwards."""
        while self._coming and self._coming[0][0] <= now:
            at, _, arms, lost = heappop(self._coming)
            self._fade(at)
            for pair in (("all", ""), *zip(DIMENSIONS, arms, strict=True)):
                self._sent[pair] += 1.0
                self._lost[pair] += lost
        if self._at and (not self.shifts or now - self.shifts[-1].at >= ADAPT_LOGGED_DAYS.value * DAY):
            self.shifts.append(self._shift(now))

    def _fade(self, at: Moment) -> None:
        kept = 0.5 ** (max(0, at - self._at) / (ADAPT_MEMORY_DAYS.value * DAY)) if self._at else 1.0
        self._at = Moment(max(at, self._at))
        for table in (self._sent, self._lost):
            for pair in table:
                table[pair] *= kept

    def _loss(self, dimension: str, arm: str, usual: float) -> float:
        prior, pair = ADAPT_PRIOR_LOTS.value, (dimension, arm)
        return (prior * usual + self._lost.get(pair, 0.0)) / (prior + self._sent.get(pair, 0.0))

    def factor(self, dimension: str, arm: str) -> float:
        """How many times as often an arm is used as it would be without losses, before all are scaled to one."""
        usual = self._loss("all", "", _USUAL_LOSS)
        low, high = ADAPT_BOUNDS.value
        return min(high, max(low, exp(self.strength * (usual - self._loss(dimension, arm, usual)))))

    def modus(self, usual: Choice[Typology]) -> Choice[Typology]:
        """The typologies of a choice, as often as they are used now."""
        weights = [share * self.factor("modus", one.id) for one, share in zip(usual.things, usual.shares, strict=True)]
        return Choice(usual.things, weights)

    def boxes(self, fit: list[tuple[Bill, Box]]) -> Choice[tuple[Bill, Box]]:
        """The boxes that fit a lot, those with a cover load that comes through more often."""
        return Choice(fit, [self.factor("cover", cover_of(bill)) for bill, _ in fit])

    def rates(self, usual: Rates, boxes: Rates) -> dict[tuple[str, str], float]:
        """Lots per box by scope and country, moved between countries so that as many lots are sent as before.

        Args:
            usual: Lots per box by scope and country (`planting.Rates.per_box`). boxes: Boxes a day of each.
        """
        moved = {key: rate * (self.factor("route", key[1]) if key[1] else 1.0) for key, rate in usual.items()}
        before = sum(rate * boxes[key] for key, rate in usual.items())
        after = sum(rate * boxes[key] for key, rate in moved.items())
        return {key: rate * before / after for key, rate in moved.items()} if after else moved

    def ports(self, usual: Mapping[str, float]) -> dict[str, float]:
        """Factor per port, so that over all ports as many lots are sent as before.

        Args:
            usual: Lots a day per port (UN/LOCODE).
        """
        moved = {site: self.factor("port", site) for site in usual}
        whole = sum(lots * moved[site] for site, lots in usual.items())
        scale = sum(usual.values()) / whole if whole else 1.0
        return {site: factor * scale for site, factor in moved.items()}

    def _shift(self, now: Moment) -> Shift:
        arms: dict[str, dict[str, int]] = {name: {} for name in DIMENSIONS}
        for dimension, arm in sorted(self._sent):
            if dimension in arms:
                arms[dimension][arm] = round(1000 * self.factor(dimension, arm))
        return Shift(now, round(1000 * self._loss("all", "", _USUAL_LOSS)), arms)


def cover_of(bill: Bill) -> str:
    """The heading (four digits) under which a bill's goods are declared."""
    return bill.goods.hs[:4]
