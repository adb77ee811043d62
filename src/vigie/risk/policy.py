"""The policy of a score: which indicators count, where boxes start, how far reasons may go, what the bands mean."""

from hashlib import sha256

import msgspec

from vigie.risk.columns_row import DERIVED_COLUMNS, KINDS
from vigie.risk.features import FEATURE_SET
from vigie.risk.indicator import SCALE, Grade, Indicator
from vigie.risk.language_text import parse
from vigie.risk.language_types import check_condition
from vigie.risk.models.voting import Fusion
from vigie.terms import BadRequest


class Prior(msgspec.Struct, frozen=True):
    """Where boxes start. when: Condition, empty for all others. milli: Log-odds in thousandths. source: Its ground."""

    when: str
    milli: int
    source: str


class Band(msgspec.Struct, frozen=True):
    """A named stretch of the score. name: Code of its text. from_milli: Where it begins, log-odds in thousandths."""

    name: str
    from_milli: int


PRIORS = (
    Prior("touches_departure_country", -6468,
          "0.155 %: geometric middle of 0.06 % and 0.4 % of South-American boxes (reference page trade)"),
    Prior("", -9272,
          "0.0094 %: 330,000 boxes at 0.155 % hold 511 lots; in 2019 they brought 60 % (36.9 of 61.8 t): 345 "
          "remain among the 3.67 million others"),
)  # fmt: skip

BASE_MILLI = -8449
"""Log-odds of a box nothing is known of: 857 lots among 4 million inbound boxes (0.0214 %), from `PRIORS`."""

MOST_EVIDENCE_MILLI = 9210
"""All reasons together count for at most ln(10,000): the upper end of `strong` on the scale of `SCALE`."""

BANDS = (
    Band("ordinary", -1_000_000),
    Band("raised", BASE_MILLI + SCALE[Grade.MODERATE][0]),
    Band("high", BASE_MILLI + SCALE[Grade.MODERATELY_STRONG][0]),
    Band("very-high", BASE_MILLI + SCALE[Grade.MODERATELY_STRONG][1]),
)
"""Ten, a hundred and a thousand times the odds of a box nothing is known of: about 0.2, 2.1 and 17.6 expected hits per
100 scans. Not calibrated: the figures follow from priors and judged weights, and no outcome has confirmed them yet.

Source: steps of the scale of `SCALE`.
"""


class Policy(msgspec.Struct, frozen=True):
    """All that decides a score; every assessment names its hash.

    Attributes:
        indicators: In force. priors: Where boxes start; the first whose condition holds. most_evidence_milli: Bound of
            all reasons together. bands: Ascending. version: Raised when priors, bounds or bands change.
        fusion: Models that vote, and what chance a score means; None: the rules alone decide.

    Reasons of one typology are bounded together: however many fire, they stay within the grade of the strongest, so
    that one story told five times is not believed five times.

    Raises:
        BadRequest: No prior for all others, bands out of order, or an indicator twice.
        BadExpression: A condition of a prior has no meaning.
    """

    indicators: tuple[Indicator, ...]
    priors: tuple[Prior, ...] = PRIORS
    most_evidence_milli: int = MOST_EVIDENCE_MILLI
    bands: tuple[Band, ...] = BANDS
    version: int = 1
    fusion: Fusion | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot decide a score."""
        if not self.priors or self.priors[-1].when or not all(prior.when for prior in self.priors[:-1]):
            raise BadRequest(reason="the last prior, and only it, is for all others")
        starts = [band.from_milli for band in self.bands]
        if not starts or starts != sorted(set(starts)):
            raise BadRequest(reason="bands must ascend")
        if len({each.id for each in self.indicators}) != len(self.indicators):
            raise BadRequest(reason="an indicator twice in one policy")
        for prior in self.priors[:-1]:
            check_condition(parse(prior.when), KINDS)

    @property
    def hash(self) -> str:
        """Name the exact policy: 16 hexadecimal characters over indicators, weights, priors, bands and features."""
        decides: tuple[object, ...] = (
            self.version, [each.hash for each in self.indicators], self.priors, self.most_evidence_milli, self.bands,
            FEATURE_SET.definition(), list(KINDS), [(column.name, column.text) for column in DERIVED_COLUMNS],
        )  # fmt: skip
        if self.fusion is not None:
            decides = (*decides, self.fusion)
        return sha256(msgspec.json.encode(decides, order="sorted")).hexdigest()[:16]

    def band(self, milli: int) -> str:
        """The band a score lies in."""
        return next(band.name for band in reversed(self.bands) if milli >= band.from_milli)
