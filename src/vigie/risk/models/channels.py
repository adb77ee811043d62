"""Channels taught together: their models, the votes they earned, what that is worth; one version to approve."""

import msgspec

from vigie.risk.models.declared import BadModel
from vigie.risk.models.evaluate import Worth
from vigie.risk.models.file import Card
from vigie.risk.models.fusion import Gain
from vigie.risk.models.voting import Fusion


class Member(msgspec.Struct, frozen=True):
    """One channel of a set. name: Its channel. model: Hash of its model. learner: Who taught it. card: For people."""

    name: str
    model: str
    learner: str
    inputs: tuple[str, ...]
    card: Card


class Judged(msgspec.Struct, frozen=True):
    """What one way to score is worth on later rows. name: `rules`, `all`, `without NAME`, `only NAME`;
    `irregular` (any irregularity, by the proxy) and `irregular with who looked`.
    """

    name: str
    worth: Worth


class LearningMeasured(msgspec.Struct, frozen=True):
    """What a set was learnt from and judged on.

    Attributes:
        since, until: First and last decision. taught_until: Models know labels up to here. judged_from: Nothing that
            was learnt saw a row from here on. rows, looked, positives, irregular: Counts over all.
        worth: Each way to score. chances: Of the calibration: (chance said, share found, rows), millionths.
        random_positives: Finds in the random stratum since `taught_until`. seed: Of all draws.
        together: Decisions after `taught_until` that judged nothing, because a trader of theirs stood beside an
            earlier find (`vigie.risk.apart`). `rows` counts them, too.
    """

    since: int
    until: int
    taught_until: int
    judged_from: int
    rows: int
    looked: int
    positives: int
    irregular: int
    worth: tuple[Judged, ...]
    chances: tuple[tuple[int, int, int], ...] = ()
    random_positives: int = 0
    seed: int = 1
    together: int = 0


class ChannelSet(msgspec.Struct, frozen=True):
    """A version of models: what officers approve and what then votes.

    Attributes:
        members: Channels that were taught. fusion: Votes and calibration. gains: What each channel was worth.
        reason: Why there are votes or not: `earned`, `none`, `few`. measured: On what. notes: Codes of limits, see
            `console/texts/models.toml`.
    """

    members: tuple[Member, ...]
    fusion: Fusion
    gains: tuple[Gain, ...]
    reason: str
    measured: LearningMeasured
    notes: tuple[str, ...] = ()

    def models(self) -> tuple[str, ...]:
        """Hashes of all models it names."""
        return tuple(member.model for member in self.members)


def write_channels(told: ChannelSet) -> bytes:
    """Write a set as JSON: the body of its version."""
    return msgspec.json.encode(told, order="sorted")


def read_channels(body: bytes) -> ChannelSet:
    """Read a set.

    Raises:
        BadModel: Not a set, or a channel votes with a model that it does not name.
    """
    try:
        told = msgspec.json.decode(body, type=ChannelSet)
    except msgspec.MsgspecError as unread:
        raise BadModel(reason="unreadable", column="") from unread
    for vote in told.fusion.votes:
        if vote.model not in told.models():
            raise BadModel(reason="absent", column=vote.model[:16])
    return told
