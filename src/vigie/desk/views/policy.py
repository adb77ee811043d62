"""Settings of the policy and their versions as the faces show them."""

import msgspec

from vigie.desk.views.rules import DiffRow, FaultRow, StepRow
from vigie.risk import Band, Prior, Shares
from vigie.terms import Moment


class PolicyRow(msgspec.Struct, frozen=True):
    """One version of the settings.

    Attributes:
        version: From 1; 0 is what came with vigie. state, hash: Where it stands, SHA-256 of what it says.
        author, made, approved_by, reason: Who made it, when, who approved it, why. valid_from, valid_until: When it may
            be in force. in_force: It decides now. changes: Values in which it differs from what came with vigie, as far
            as the asking officer may know them. steps: What the asking officer could do with it.
    """

    version: int
    state: str
    hash: str
    author: str
    made: Moment | None
    approved_by: str
    reason: str
    valid_from: Moment | None
    valid_until: Moment | None
    in_force: bool
    changes: int
    steps: tuple[str, ...] = ()


class VoteRow(msgspec.Struct, frozen=True):
    """A channel's vote. milli: Its weight, thousandths; 0: it does not vote. earned_milli: The most it may have."""

    name: str
    milli: int
    earned_milli: int


class WeightRow(msgspec.Struct, frozen=True):
    """An indicator's weight. name: Its title. milli: In thousandths of log-odds. declared_milli: As its version says.

    low, high: What its grade allows.
    """

    id: str
    name: str
    grade: str
    milli: int
    declared_milli: int
    low: int
    high: int


class PolicyValues(msgspec.Struct, frozen=True):
    """All values of one version, those that it leaves as they came too.

    Attributes:
        priors, bands, most_evidence_milli: As in `Policy`. shares: Of chance. votes: Of the models that are live.
        weights: Of the indicators in force that the asking officer may know.
    """

    priors: tuple[Prior, ...]
    bands: tuple[Band, ...]
    most_evidence_milli: int
    shares: Shares
    votes: tuple[VoteRow, ...]
    weights: tuple[WeightRow, ...]


class PolicyDetail(msgspec.Struct, frozen=True):
    """One version in full. changes: In what it differs from what is in force. taken: Its steps, oldest first."""

    row: PolicyRow
    values: PolicyValues
    changes: tuple[DiffRow, ...]
    taken: tuple[StepRow, ...] = ()


class PolicyCheck(msgspec.Struct, frozen=True):
    """Settings as judged. changes: In what they would differ from what is in force."""

    ok: bool
    faults: tuple[FaultRow, ...] = ()
    changes: tuple[DiffRow, ...] = ()
