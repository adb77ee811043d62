"""How models join the score of the rules: each channel adds a bounded whole number, and a table tells the chance."""

from bisect import bisect_right
from collections.abc import Mapping

import msgspec

from vigie.terms import BadRequest

MOST_MILLI: Mapping[str, int] = {"anomaly": 2303, "proxy": 2303, "seizure": 6908}
"""The most a channel may add or take, thousandths of log-odds: ln 10 for voices that were not taught on what is sought
(they did not find it, reference page risk, rare labels), ln 1,000 for the one that was: the upper end of `moderately
strong`, so that no model outweighs evidence."""

OTHER_MILLI = 2303
MOST_WEIGHT_MILLI = 3000
"""No channel speaks louder than three times its own log-odds."""


class Voting(msgspec.Struct, frozen=True):
    """A channel with a vote.

    Attributes:
        name: `anomaly`, `proxy`, `seizure`. model: Hash of its model. weight_milli: Earned out of time, thousandths,
            greater than 0. centre_milli: The score of a usual box, at which it says nothing.
        most_milli: The most it adds or takes.

    Raises:
        BadRequest: A weight that was not earned or is too loud, or no bound.
    """

    name: str
    model: str
    weight_milli: int
    centre_milli: int
    most_milli: int

    def __post_init__(self) -> None:
        """Refuse a voice without a measure."""
        if not 0 < self.weight_milli <= MOST_WEIGHT_MILLI:
            raise BadRequest(reason="a channel votes with a weight above 0 and at most 3")
        if not 0 < self.most_milli <= MOST_MILLI.get(self.name, OTHER_MILLI):
            raise BadRequest(reason="a channel is bounded")

    def adds(self, raw_milli: int) -> int:
        """What a score of its model adds to the log-odds, thousandths; rounded down."""
        told = self.weight_milli * (raw_milli - self.centre_milli) // 1000
        return max(-self.most_milli, min(told, self.most_milli))


class Calibration(msgspec.Struct, frozen=True):
    """What chance a score means, from outcomes.

    Attributes:
        starts: Scores at which a step begins, ascending, thousandths of log-odds.
        ppm: Chance from there on, millionths, never falling; below the first start the first chance holds.
        calibrated: From boxes drawn by chance. Otherwise from boxes that were chosen: a rank, not a chance to rely on.
        rows, positives: Learnt from. ece_ppm, brier_ppm: Measured on later rows than the steps were learnt from; None
            where there were too few.

    Raises:
        BadRequest: Steps that fall, or are not as many as their starts.
    """

    starts: tuple[int, ...]
    ppm: tuple[int, ...]
    calibrated: bool
    rows: int
    positives: int
    ece_ppm: int | None = None
    brier_ppm: int | None = None

    def __post_init__(self) -> None:
        """Refuse a table by which a greater score means a smaller chance."""
        starts = list(self.starts)
        if not starts or len(starts) != len(self.ppm) or starts != sorted(set(starts)):
            raise BadRequest(reason="steps of a calibration must ascend")
        if list(self.ppm) != sorted(self.ppm) or not 0 <= self.ppm[0] <= self.ppm[-1] <= 1_000_000:
            raise BadRequest(reason="a chance never falls with the score")

    def chance(self, milli: int) -> int:
        """The chance that a score means, millionths."""
        return self.ppm[max(bisect_right(self.starts, milli) - 1, 0)]


class Fusion(msgspec.Struct, frozen=True):
    """All that models add to a policy. votes: Channels with a weight. calibration: None: nothing was learnt yet.

    Raises:
        BadRequest: A channel twice.
    """

    votes: tuple[Voting, ...] = ()
    calibration: Calibration | None = None

    def __post_init__(self) -> None:
        """Refuse one voice that votes twice."""
        if len({vote.name for vote in self.votes}) != len(self.votes):
            raise BadRequest(reason="a channel twice in one policy")


class Channel(msgspec.Struct, frozen=True):
    """What a channel said of one box.

    Attributes:
        name, model: Which. raw_milli: Its model's score. weight_milli: Its vote. milli: What it added to the log-odds.
    """

    name: str
    model: str
    raw_milli: int
    weight_milli: int
    milli: int
