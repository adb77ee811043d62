"""Drift and honesty as the faces show them."""

import msgspec

from vigie.risk import Adjusted, ColumnDrift, IndicatorDrift, Share, StratumRow, WeekRow
from vigie.terms import Moment


class Proof(msgspec.Struct, frozen=True):
    """What random controls without a find prove. n: Controls. bound: Highest rate that stays possible, at 95 %."""

    n: int
    bound: float


class VolumeRow(msgspec.Struct, frozen=True):
    """Messages of one form by week, oldest first; `state`: `same`, `silent` (it came and comes no more), `new`."""

    form: str
    weeks: tuple[int, ...]
    state: str


class DriftView(msgspec.Struct, frozen=True):
    """What the past weeks prove and do not prove.

    Attributes:
        label: What counts as a hit: `irregular` or `cocaine`. rows: Decisions looked at. controls: Of those, controls.
        since, until: First and last week, starts, µs; 0 where there is none. window_since, window_until: Decisions of
        this span were asked for, whether there are any or not; µs.
        strata: Hit rate by stratum. weeks: Exploitation beside chance. pool_low, pool_high: Rate of a box of the pool,
        by draws weighted with their chances. indicators: Charts of those the officer may know.
        names: Indicator to title. columns: Data then and now, those that moved most first. volumes: Messages by form.
        detector: What tells detectors apart. detectors: Beside the busiest one.
        random: Random controls. hits: Of those, finds. bound: Highest rate they leave possible where none found.
        proofs: The same for round numbers. share: Proposed share of chance.
    """

    label: str
    rows: int
    controls: int
    since: Moment
    until: Moment
    strata: tuple[StratumRow, ...]
    weeks: tuple[WeekRow, ...]
    pool_low: float
    pool_high: float
    indicators: tuple[IndicatorDrift, ...]
    names: dict[str, str]
    columns: tuple[ColumnDrift, ...]
    volumes: tuple[VolumeRow, ...]
    detector: tuple[str, ...]
    detectors: tuple[Adjusted, ...]
    random: int
    hits: int
    bound: float
    proofs: tuple[Proof, ...]
    share: Share
    window_since: Moment = Moment(0)
    window_until: Moment = Moment(0)
