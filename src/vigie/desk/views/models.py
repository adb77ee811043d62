"""Models, their votes and their worth as the faces show them."""

import msgspec

from vigie.desk.views.rules import StepRow
from vigie.risk import ChannelSet, Judged
from vigie.terms import Moment


class ModelRow(msgspec.Struct, frozen=True):
    """One version of the models.

    Attributes:
        version, state, hash: Which. author, made, approved_by, reason: Who made it, when, who approved, why.
        valid_from, valid_until: When it may be in force. in_force: It votes now. fault: Why it does not though live.
        channels, votes: Channels that were taught; those of them that earned a vote.
        rows, positives: Decisions and finds it was learnt from. calibrated: Chances were learnt from boxes drawn by
            chance. steps: What the asking officer could do with it.
    """

    version: int
    state: str
    hash: str
    author: str
    made: Moment
    approved_by: str
    reason: str
    valid_from: Moment
    valid_until: Moment | None
    in_force: bool
    fault: str
    channels: tuple[str, ...]
    votes: tuple[str, ...]
    rows: int
    positives: int
    calibrated: bool
    steps: tuple[str, ...] = ()


class ModelDetail(msgspec.Struct, frozen=True):
    """One version in full: its row, what was taught and judged, the steps it took."""

    row: ModelRow
    told: ChannelSet
    taken: tuple[StepRow, ...] = ()


class WorthView(msgspec.Struct, frozen=True):
    """What a version is worth.

    Attributes:
        version: Which. since: Only decisions later than this were judged. rows, positives: How many of them.
        fresh: Judged now, on decisions that came after all it was learnt from; else its own figures of then.
        worth: Each way to score.
    """

    version: int
    since: Moment
    rows: int
    positives: int
    fresh: bool
    worth: tuple[Judged, ...]


class ChannelReason(msgspec.Struct, frozen=True):
    """One reason of a model. text: In the officer's language, with its value. milli: What it adds, log-odds."""

    text: str
    milli: int


class ChannelView(msgspec.Struct, frozen=True):
    """What a channel said of a box.

    Attributes:
        name: Which channel. weight_milli: Its vote. raw_milli: Its model's own score. milli: What it added.
        reasons: The strongest first; none where the models or the columns are not at hand any more.
    """

    name: str
    weight_milli: int
    raw_milli: int
    milli: int
    reasons: tuple[ChannelReason, ...] = ()


class TrainingView(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far models are taught.

    Attributes:
        state: `waiting`, `running`, `done`, `failed`. step: What is being done: `archive`, a channel, `judge`.
        officer, reason, seed, asked: Who asked for it, why, with which draws, when. ended: When it ended.
        version: The draft that was made. fault, facts: Why it failed: code of the error and its facts.
    """

    state: str
    step: str
    officer: str
    reason: str
    seed: int
    asked: Moment
    ended: Moment | None = None
    version: int | None = None
    fault: str = ""
    facts: dict[str, str | int | float | bool | None] = {}

    @property
    def open(self) -> bool:
        """Not ended yet."""
        return self.state in ("waiting", "running")
