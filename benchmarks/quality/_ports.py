"""Simulated ports: the intensities of the reference page sense (A3), with and without displacement, whoever adapts."""

from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from vigie.terms import DAY, Moment
from vigie.trends import Count
from vigie.world import Smugglers

LARGE, SMALL = (60.0, 45.0), (4.5,) * 6
"""Consignments a month with cocaine, 105 + 27 in all (A3); how they part among ports is not published: own figure."""

NAMES = ("Large A", "Large B", *(f"Small {letter}" for letter in "CDEFGH"))
BOXES = (100_000.0, 80_000.0, *(8_000.0,) * 6)
"""Boxes a month; they only scale the recorded inspections."""

INSPECTED = 0.10
"""Share of boxes inspected. A3 does not publish it; Europol 2023 (A4) says 2 to 10 % can be: the upper end is taken, and
5 % beside it. With 10 % the reference's own plain methods find about what A3 says of them (first rows of the table)."""

DETECTED = 0.5
MONTHS, MOVED_AT, BASELINE = 72, 36, 24
SPREAD, WALK, RECORDING = 0.1, 0.05, 0.10
"""Overdispersion (variance of a month's factor), step of the common random walk (standard deviation of its logarithm):
own figures, A3 names both without numbers. Inspections are recorded to ±10 % (A3)."""


@dataclass(frozen=True)
class Scenario:
    """shift: Part of the large ports' flow that moves; to: To how many small ports. doubled: Small ports look twice as
    much. adaptive: Smugglers learn from losses (`vigie.world.Smugglers`) after the large ports look twice as much.
    unknown: Inspections are not recorded. inspected: Share of boxes."""

    name: str
    shift: float = 0.0
    to: int = 1
    doubled: bool = False
    adaptive: bool = False
    unknown: bool = False
    inspected: float = INSPECTED


@dataclass(frozen=True)
class Series:
    """findings, inspected: Shape (months, ports). receivers: Places of the receiving ports. moved: Part of the large
    ports' flow that truly left them."""

    findings: NDArray[np.float64]
    inspected: NDArray[np.float64]
    receivers: frozenset[int]
    moved: float = 0.0

    def counts(self, known: bool = True) -> list[Count]:
        """As a node would read them; a finding weighs 300 kg, which nothing here asks for."""
        return [
            Count(12 * 2019 + month, NAMES[port], "", float(found), float(found) * 300.0,
                  float(self.inspected[month, port]) if known else None)
            for month, row in enumerate(self.findings) for port, found in enumerate(row)
        ]  # fmt: skip


def drawn(scenario: Scenario, seed: int) -> Series:
    """Draw one series."""
    chance = np.random.default_rng([seed, 6])
    flow = np.exp(chance.normal(0, WALK, MONTHS).cumsum())[:, None] * np.array([*LARGE, *SMALL])
    receivers = chance.choice(np.arange(len(LARGE), flow.shape[1]), scenario.to, replace=False)
    moved = flow[MOVED_AT:, : len(LARGE)].sum(axis=1) * scenario.shift
    flow[MOVED_AT:, : len(LARGE)] *= 1 - scenario.shift
    flow[MOVED_AT:, receivers] += moved[:, None] / scenario.to
    share = np.full(flow.shape, scenario.inspected)
    if scenario.doubled:
        share[MOVED_AT:, len(LARGE) :] *= 2
    if scenario.adaptive:
        share[MOVED_AT:, : len(LARGE)] *= 3
        return _adapting(flow, share, chance)
    found = _found(flow, share, chance)
    places = frozenset(receivers.tolist()) if scenario.shift else frozenset()
    return Series(found, _recorded(share, chance), places, scenario.shift)


def _found(flow: NDArray[np.float64], share: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float64]:
    factor = chance.gamma(1 / SPREAD, SPREAD, flow.shape)
    return chance.poisson(flow * share * DETECTED * factor).astype(float)


def _recorded(share: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float64]:
    return np.round(share * np.array(BOXES) * chance.uniform(1 - RECORDING, 1 + RECORDING, share.shape))


def _adapting(flow: NDArray[np.float64], share: NDArray[np.float64], chance: np.random.Generator) -> Series:
    """Month by month: smugglers hear what was lost where, and use ports less or more; large ports look harder."""
    smugglers, found = Smugglers(), np.zeros(flow.shape)
    first = np.array([*LARGE, *SMALL])
    sent_before, sent_after = np.zeros(flow.shape[1]), np.zeros(flow.shape[1])
    for month in range(len(flow)):
        at = Moment((20_000 + 30 * month) * DAY)
        smugglers.wake(at)
        factors = smugglers.ports(dict(zip(NAMES, first.tolist(), strict=True)))
        mean = flow[month] * [factors[name] for name in NAMES] * chance.gamma(1 / SPREAD, SPREAD, flow.shape[1])
        sent = chance.poisson(mean)
        lost = chance.binomial(sent, np.minimum(share[month] * DETECTED, 1.0))
        found[month] = lost
        (sent_after if month >= MOVED_AT + 12 else sent_before)[:] += mean if month >= 12 else 0
        for port, name in enumerate(NAMES):
            for number in range(int(sent[port])):
                smugglers.hear(at, _Lot(name), number < lost[port])  # type: ignore[arg-type]
    grown = sent_after / sent_after.sum() / (sent_before / sent_before.sum())
    large = slice(0, len(LARGE))
    left = 1 - sent_after[large].sum() / sent_after.sum() / (sent_before[large].sum() / sent_before.sum())
    receivers = frozenset(np.flatnonzero(grown > exp(0.1)).tolist())
    return Series(found, _recorded(share, chance), receivers, float(left))


@dataclass(frozen=True)
class _Lot:
    """What smugglers remember of a lot; only the port differs here."""

    site: str
    origin: str = "XX"
    typology: str = "any"
    cover: str = "0803"
