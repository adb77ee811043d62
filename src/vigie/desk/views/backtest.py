"""What a backtest, a comparison and a simulation show; the values are those of the risk room, with names beside."""

from typing import Any

import msgspec

from vigie.risk import SHADOW_POSITIVES, Estimate, Judged, Measured, Moved, Overlap, Pairing, Simulated, Tested
from vigie.terms import Moment


class ArchiveView(msgspec.Struct, frozen=True):
    """What the decision table holds.

    Attributes:
        rows: Boxes. cursor: Log entry up to which it is made. looked_at: Boxes looked at this time. written: Rows
            written this time. missing: Boxes still to be looked at, beside the answer.
    """

    rows: int
    cursor: int
    looked_at: int
    written: int
    missing: int = 0


class RateRow(msgspec.Struct, frozen=True):
    """What controls of some boxes showed.

    Attributes:
        code, name: Which boxes, and in words. boxes, inspected, hits, irregular, late, random_inspected, random_hits:
            As in `Measured`. per_thousand, low, high: Hits per 1,000 controls with their exact interval; None without a
            control. weighted …: Hits per 1,000 boxes of the random pools. lift …: Against boxes drawn uniformly;
            `lift_high` None where it has no bound.
    """

    code: str
    name: str
    boxes: int
    inspected: int
    hits: int
    irregular: int
    late: int
    per_thousand: float | None
    low: float | None
    high: float | None
    random_inspected: int
    random_hits: int
    weighted: float | None
    weighted_low: float | None
    weighted_high: float | None
    lift: float | None
    lift_low: float | None
    lift_high: float | None


class TestedRow(RateRow, frozen=True, kw_only=True):
    """An indicator in a backtest: its rates, and what it alone tells.

    Attributes:
        version, typology, action: As declared. alone_alerts, alone_inspected, alone_hits: As in `Alone`.
        dead: It never fired. within: Indicators beside which it says nothing new. state: `live`, `shadow` or `draft`.
    """

    version: int
    typology: str
    action: str
    alone_alerts: int
    alone_inspected: int
    alone_hits: int
    dead: bool
    within: tuple[str, ...]
    state: str


class BacktestView(msgspec.Struct, frozen=True):
    """A backtest as it is shown.

    Attributes:
        policy: Hash. since, until: First and last decision, µs. missing: What it lacks to tell something: `decisions`,
            `outcomes`, `hits`, `draws`, or empty. all, fired, random: As in `Backtest`. The rest: Rows.
    """

    policy: str
    since: Moment | None
    until: Moment | None
    missing: str
    all: RateRow
    fired: RateRow
    random: RateRow
    indicators: tuple[TestedRow, ...]
    typologies: tuple[RateRow, ...]
    slices: dict[str, tuple[RateRow, ...]]
    overlaps: tuple[Overlap, ...]


class ShadowRow(msgspec.Struct, frozen=True):
    """What an indicator in shadow would do, without doing it.

    Attributes:
        id, version, name: Which. open: Boxes here at which it fires now. would_come, would_drop: Boxes it would bring
            onto today's lists, and off them. past: Its rates over decisions since it entered the shadow. since: When
            that was. missing: Boxes whose decisions are not in `past` yet.
    """

    id: str
    version: int
    name: str
    open: int
    would_come: int
    would_drop: int
    past: RateRow
    since: Moment
    missing: int = 0


class ShadowModelView(msgspec.Struct, frozen=True):
    """What a version of the models in shadow would do, and how it fared since it entered it.

    Attributes:
        version, since, votes: Which, since when, and the channels that would vote. day, today: The lists of today
            without and with it; the boxes that move carry both scores. boxes, chosen, both: Decisions since, boxes that
            each side may choose, chosen by both. looked, random: Known boxes paired up, as in `Compared`.
        champion, challenger: What the score in force and the one in shadow are worth on decisions since that somebody
            looked at; None where there are none. missing: Boxes whose decisions are not in these counts yet.
    """

    version: int
    since: Moment
    votes: tuple[str, ...]
    day: str
    today: Simulated
    boxes: int
    chosen: int
    both: int
    looked: Pairing
    random: Pairing
    champion: Judged | None
    challenger: Judged | None
    missing: int = 0


class SimulationView(msgspec.Struct, frozen=True):
    """A simulated list as it is shown.

    Attributes:
        day: ISO date. sites: Ports. draft: What is tried, as `P1@2`; empty where nothing is. missing: `capacity`,
            `boxes`, or empty. took_ms: How long judging and listing took. told: The lists. names: Indicator to its
            name. drafts: What could be tried. shadow: What runs in shadow.
        uncalibrated: Why no hits are expected: `models` (none is live), `finds` (none to learn from), `chosen` (learnt
            from boxes that were chosen), `votes` (the settings changed the votes), or empty. finds: Finds among boxes
            drawn by chance; `needed` of them make a chance.
    """

    day: str
    sites: tuple[str, ...]
    draft: str
    missing: str
    took_ms: int
    told: Simulated
    names: dict[str, str]
    drafts: tuple[str, ...]
    shadow: tuple[str, ...]
    uncalibrated: str = ""
    finds: int = 0
    needed: int = SHADOW_POSITIVES


class CompareView(msgspec.Struct, frozen=True):
    """Champion and challenger as they are shown.

    Attributes:
        draft: What the challenger changes. missing: `decisions`, `outcomes`, or empty. boxes, chosen, both: As in
            `Compared`. looked, random: Known boxes paired up. sites: (port, chosen, both).
    """

    draft: str
    missing: str
    champion: str
    challenger: str
    boxes: int
    chosen: int
    both: int
    looked: Pairing
    random: Pairing
    sites: tuple[tuple[str, int, int], ...]


PER = 1000


def rate_row(one: Measured, name: str) -> RateRow:
    """A row of rates, per thousand."""
    return RateRow(**_rates(one, name))


def tested_row(one: Tested, name: str, state: str) -> TestedRow:
    """A row of an indicator."""
    return TestedRow(
        **_rates(one.measured, name, one.indicator), version=one.version, typology=one.typology, action=one.action,
        alone_alerts=one.alone.alerts, alone_inspected=one.alone.inspected, alone_hits=one.alone.hits, dead=one.dead,
        within=one.within, state=state,
    )  # fmt: skip


def _rates(one: Measured, name: str, code: str = "") -> dict[str, Any]:
    rate = _thousand(one.rate) if one.inspected else (None, None, None)
    weighted = _thousand(one.weighted)
    lift = (None, None, None) if one.lift is None else (one.lift.value, one.lift.low, one.lift.high)
    return {
        "code": code or one.code, "name": name, "boxes": one.boxes, "inspected": one.inspected, "hits": one.hits,
        "irregular": one.irregular, "late": one.late, "per_thousand": rate[0], "low": rate[1], "high": rate[2],
        "random_inspected": one.random_inspected, "random_hits": one.random_hits, "weighted": weighted[0],
        "weighted_low": weighted[1], "weighted_high": weighted[2],
        **{key: _finite(value) for key, value in zip(("lift", "lift_low", "lift_high"), lift, strict=True)},
    }  # fmt: skip


def _thousand(one: Estimate | None) -> tuple[float | None, float | None, float | None]:
    if one is None:
        return None, None, None
    return one.value * PER, one.low * PER, one.high * PER


def _finite(value: float | None) -> float | None:
    return None if value is None or value == float("inf") else value


def csv_row(side: str, one: Moved) -> tuple[object, ...]:
    """A box that comes or drops out as a row of a table: side, box, port, shift, origin, scores, reasons."""
    return (side, one.visit, one.site, one.shift, one.origin, one.before_milli, one.after_milli, one.mandatory,
            " ".join(one.gained), " ".join(one.lost), one.pushed)  # fmt: skip
