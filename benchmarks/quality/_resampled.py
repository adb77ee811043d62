"""Years drawn from a library: weekly plans by the real selection, outcomes only where it looked, smugglers who answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from benchmarks.quality._library import TRUTH, UPLIFT, Library
from benchmarks.quality._road import SECRET, SHARES, WEEK
from numpy.typing import NDArray

from vigie.engine.archive import decision_table
from vigie.risk import Policy
from vigie.selection import (
    Candidate,
    Scanner,
    SelectionPolicy,
    Shift,
    ShiftPlan,
    Stratum,
    day_key,
    plan_shift,
    pool_chances,
)
from vigie.terms import DAY, Found, Moment, VisitId
from vigie.world import DIMENSIONS, START, Case, Smugglers
from vigie.world.parameters import IRREGULARITY, SENSITIVITY

FIRST = Moment(START // WEEK * WEEK + 4 * DAY)  # a Monday: 1970-01-01 was a Thursday
AHEAD = 28 * DAY
"""How long before arrival a lot is packed and its way is chosen: a voyage of two to three weeks, and the yard."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What a policy says of every row of a library. milli: Log-odds in thousandths. mandatory: Must be looked into."""

    milli: list[int]
    mandatory: list[bool]
    policy: str


@dataclass(frozen=True, slots=True)
class Week:
    """A decided week.

    Attributes:
        since: Monday. rows: Library row of each box. plan: What was chosen; `VisitId`s end in the box's place in `rows`.
        shows: What a control of each box would show. chance: Per box its chance to be drawn, NaN outside the pool.
        stratum: Per box why it was chosen, empty where it was not.
    """

    since: Moment
    rows: Ints
    plan: ShiftPlan
    shows: list[Found]
    chance: NDArray[np.float64]
    stratum: list[str]


@dataclass(slots=True)
class Port:
    """A port whose years are drawn from a library.

    Attributes:
        library: The boxes. scores: What the policy in force says of them; of the same library.
        seed: Of all draws. boxes: A year. uplift: 1 plants lots at the published intensity.
        smugglers: Those who adapt; None where they do as ever.
        policy: Shares of score, tilted and uniform draws. share: Of boxes that can be scanned.
    """

    library: Library
    scores: Scores
    seed: int
    boxes: int = 20_000
    uplift: float = 1.0
    smugglers: Smugglers | None = None
    policy: SelectionPolicy = SHARES
    share: float = 0.08
    _arms: dict[str, tuple[list[str], Ints]] = field(init=False)

    def __post_init__(self) -> None:
        """Number the arms of all lots, so that a week's weights are a few look-ups."""
        self._arms = {}
        for dimension, name in zip(DIMENSIONS, TRUTH, strict=False):
            told = [self.library.truth[name][row] for row in self.library.lots.tolist()]
            arms, codes = np.unique(told, return_inverse=True)
            self._arms[dimension] = arms.tolist(), codes

    def year(self, number: int) -> Iterator[Week]:
        """Decide the weeks of a year; the same seed, number and history give the same weeks."""
        chance = np.random.default_rng([self.seed, number])
        for week in range(52):
            yield self._week(number * 52 + week, chance)

    def _week(self, number: int, chance: np.random.Generator) -> Week:
        since = Moment(FIRST + number * WEEK)
        rows = self._rows(since, chance)
        shows = self._shows(rows, chance)
        names = [VisitId(f"S{self.seed}W{number}-{place}") for place in range(len(rows))]
        boxes = [Candidate(name, self.scores.milli[row], since, None, self.scores.mandatory[row])
                 for name, row in zip(names, rows.tolist(), strict=True)]  # fmt: skip
        slots = round(self.share * len(boxes))
        shift = Shift("BEANR", "week", since, Moment(since + WEEK), (Scanner("SIM-1", slots),))
        plan = plan_shift(boxes, shift, self.policy, day_key(SECRET, "BEANR", f"{self.seed} week {number}"))
        stratum = [""] * len(rows)
        for one in plan.selections:
            stratum[_place(one.visit)] = one.stratum.value
        drawn = np.full(len(rows), np.nan)
        for visit, one in pool_chances(plan).items():
            drawn[_place(visit)] = one
        made = Week(since, rows, plan, shows, drawn, stratum)
        self._tell(made)
        return made

    def _rows(self, since: Moment, chance: np.random.Generator) -> Ints:
        library = self.library
        whole = self.boxes / 52
        rate = len(library.lots) / (len(library.lots) + len(library.clean)) / UPLIFT * self.uplift
        lots = chance.poisson(whole * rate)
        clean = chance.poisson(whole * (1.0 - rate))
        weights = None
        if self.smugglers is not None:
            self.smugglers.wake(Moment(since - AHEAD))
            weights = np.ones(len(library.lots))
            for dimension, (arms, codes) in self._arms.items():
                weights *= np.array([self.smugglers.factor(dimension, arm) for arm in arms])[codes]
            weights /= weights.sum()
        planted = chance.choice(library.lots, lots, p=weights)
        rows = np.concatenate((chance.choice(library.clean, clean), planted))
        chance.shuffle(rows)
        return rows

    def _shows(self, rows: Ints, chance: np.random.Generator) -> list[Found]:
        hidden = self.library.truth["concealment"]
        found = []
        for row, draw in zip(rows.tolist(), chance.random(len(rows)).tolist(), strict=True):
            where = hidden[row]
            if not where:
                found.append(Found.IRREGULARITY if draw < IRREGULARITY.value else Found.NOTHING)
            elif draw >= SENSITIVITY.value[where]:
                found.append(Found.NOTHING)
            else:
                found.append(Found.PEOPLE if where == "hotel-container" else Found.COCAINE)
        return found

    def _tell(self, week: Week) -> None:
        if self.smugglers is None:
            return
        truth = self.library.truth
        for place, row in enumerate(week.rows.tolist()):
            if truth["typology"][row]:
                route, modus, cover, port = self.library.arms(row)
                case = Case("", "", port, modus, truth["concealment"][row], 0, route, truth["size"][row], (), week.since,
                            week.since, cover=cover)  # fmt: skip
                lost = bool(week.stratum[place]) and week.shows[place] in (Found.COCAINE, Found.PEOPLE)
                self.smugglers.hear(Moment(week.since + WEEK), case, lost)


def _place(visit: VisitId) -> int:
    return int(visit.rpartition("-")[2])


def scores_of(library: Library, policy: Policy, models: dict[str, object] | None = None) -> Scores:
    """Score every row of a library, in bulk, as the live score would."""
    from vigie.engine.indicators import scored

    told = scored(policy, library.rows, (), 1, models or {})
    return Scores(told["logodds_milli"].to_pylist(), told["mandatory"].to_pylist(), policy.hash)


def table_of(library: Library, scores: Scores, weeks: list[Week]) -> pa.Table:
    """The decision table of some weeks: labels only where the plan looked, known a week later."""
    rows: list[dict[str, object]] = []
    picked = library.rows.take(pa.array(np.concatenate([week.rows for week in weeks])))
    known = picked.drop_columns(["due"])
    for week in weeks:
        for place, row in enumerate(week.rows.tolist()):
            stratum, drawn = week.stratum[place], week.chance[place]
            told: dict[str, object] = {
                "visit": f"{week.plan.shift.start}-{place}", "at": int(week.since), "unit": 0, "site": "BEANR",
                "shift": "week", "policy": scores.policy, "logodds_milli": scores.milli[row],
                "mandatory": scores.mandatory[row], "chosen": bool(stratum), "stratum": stratum,
                "propensity": None if np.isnan(drawn) else float(drawn),
            }
            if stratum:
                told |= {"outcome_at": int(week.since + WEEK), "found": week.shows[place].value, "late": False,
                         "detector": "inspection-team", "detector_id": "SIM-ANR-TEAM-1", "team": "customs", "depth": "scan"}
            rows.append(told)
    empty = decision_table(rows)
    for name in known.column_names:
        place = empty.column_names.index(name)
        empty = empty.set_column(place, empty.schema.field(name), known[name].cast(empty.schema.field(name).type))
    return empty


RANDOM = (Stratum.TILTED.value, Stratum.UNIFORM.value)
