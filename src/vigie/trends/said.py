"""What is said of shares: values alone, so that whoever shows them needs nothing that computes them."""

import msgspec


class Ratio(msgspec.Struct, frozen=True):
    """A name's rate against all others, after a month against before it, at equal effort.

    Attributes:
        value, low, high: How many times what it was, with an interval of 95 %; 1 is no change. counted: Findings
            after. expected: What the earlier rate would have brought. share_before, share_now: Of all findings, at the
            effort of the last year; share_low, share_high: Interval of the latter.
    """

    value: float
    low: float
    high: float
    counted: int
    expected: float
    share_before: float
    share_now: float
    share_low: float
    share_high: float


class Assumed(msgspec.Struct, frozen=True):
    """What a ratio would be were one control's sensitivity changed by a factor since the change.

    stands: The interval still excludes no change. share_now: As `Ratio`.
    """

    factor: float
    value: float
    low: float
    high: float
    share_now: float
    stands: bool


class Alarm(msgspec.Struct, frozen=True):
    """A share moved.

    Attributes:
        month: When the evidence passed its limit (`2026-03`). name: Port or route that rose most, or fell.
        direction: `up` or `down`. together: The small ports together passed, before any one alone.
        ranked: Names by the evidence that they rose, most first. source: Name whose share fell most.
        since, since_low, since_high: When it began, with an interval.
        ratio: Share now against before, at equal effort, with its interval; the span was chosen by the same counts, so
            the first months after a start look stronger than they are.
    """

    month: str
    name: str
    direction: str
    together: bool
    ranked: tuple[str, ...]
    source: str
    since: str
    since_low: str
    since_high: str
    ratio: Ratio


class Standing(msgspec.Struct, frozen=True):
    """How one name stands. known: Months with known effort. small: Less than an even share. early: An early warning.

    findings, inspected: Over all months. ratio: The last `NOW` months (from the alarm's start, where there is one)
    against those before. lot_kg_before, lot_kg_now: Median weight of a finding over months; None where not known.
    """

    name: str
    findings: int
    inspected: int
    known: int
    small: bool
    early: bool
    ratio: Ratio
    lot_kg_before: float | None
    lot_kg_now: float | None


class Verdict(msgspec.Struct, frozen=True):
    """What the counts say.

    Attributes:
        by: `port` or `route`. says: `moved`, `early` (a warning for a small port, weaker than an alarm), `nothing`,
            `counts-only` (inspections are missing: no statement on displacement), `too-short`, `too-few`.
        first, last: First and last month. monitored: First monitored month. names: Who was compared.
        silent: Names of which nothing is said. findings: Per name; all that is said where nothing else may be.
        false_alarms: Rate of false alarms over the monitored months. alarm, standings: What was found.
        missing: Spans of months (`2024-01/2024-03`) of which inspections are not known, by name; those months count for
            nothing there.
    """

    by: str
    says: str
    first: str = ""
    last: str = ""
    monitored: str = ""
    names: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    findings: dict[str, int] = {}
    false_alarms: float = 0.0
    alarm: Alarm | None = None
    standings: tuple[Standing, ...] = ()
    missing: dict[str, tuple[str, ...]] = {}


class Delay(msgspec.Struct, frozen=True):
    """What would be seen of a shift.

    Attributes:
        moving: Part of the large ports' flow that goes to one small port. found: Share of series in which it is seen
            within `WATCHED` months. soon: Within 12. months: Median delay of those that are seen; None where none is.
        named: Share of the seen ones in which the receiving port is among the first two named. series: How many.
    """

    moving: float
    found: float
    soon: float
    months: float | None
    named: float
    series: int


class Rate(msgspec.Struct, frozen=True):
    """How many times as often per inspection a name finds something since a month, against all others.

    name; value, low, high: The ratio with its interval, 95 %. chance: Of one as far from 1 without any change.
    """

    name: str
    value: float
    low: float
    high: float
    chance: float
