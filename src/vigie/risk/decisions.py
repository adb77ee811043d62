"""The decision table, declared in one place: what was known when a box was decided on, what was decided, what came out.

One row per box and life-cycle segment. Everything on the side of knowledge is as it stood at `at`; only the side of the
outcome may lie later. What may be looked at to judge a box is told by `inputs`, and nothing else is let through.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from vigie.risk.columns_declared import Origin
from vigie.risk.columns_row import COLUMNS
from vigie.risk.language import Type
from vigie.terms import BadRequest

DECISIONS_VERSION = 1
"""Raised when a column of the decision table changes its meaning; an archive of another version is built anew."""


class Side(StrEnum):
    """What a column of the decision table tells of."""

    KEY = "key"
    KNOWN = "known"
    DECIDED = "decided"
    OUTCOME = "outcome"


class DecisionColumn(msgspec.Struct, frozen=True):
    """A column of the decision table. name: Its name. type: Of its values. side: What it tells of. meaning: Words."""

    name: str
    type: Type
    side: Side
    meaning: str


def _key(name: str, kind: Type, meaning: str) -> DecisionColumn:
    return DecisionColumn(name, kind, Side.KEY, meaning)


def _decided(name: str, kind: Type, meaning: str) -> DecisionColumn:
    return DecisionColumn(name, kind, Side.DECIDED, meaning)


def _outcome(name: str, kind: Type, meaning: str) -> DecisionColumn:
    return DecisionColumn(name, kind, Side.OUTCOME, meaning)


KEYS = (
    _key("visit", Type.TEXT, "the box in one life-cycle segment"),
    _key("at", Type.MOMENT, "log entry of the assessment that stood when the box was decided on, µs"),
    _key("unit", Type.INT, "erasure unit of the visit"),
    _key("consignee_key", Type.INT, "pseudonym of the consignee at `at`; keeps cases together; null: not told"),
    _key("consignor_key", Type.INT, "pseudonym of the consignor at `at`; keeps cases together; null: not told"),
    _key("site", Type.TEXT, "port whose customs answers, UN/LOCODE; empty where not known"),
    _key("shift", Type.TEXT, "name of the shift that was planned; empty where no plan considered the box"),
    _key("scanner", Type.TEXT, "scanner it was dealt to; empty where none"),
)
DECIDED = (
    _decided("policy", Type.TEXT, "hash of the policy that judged at `at`"),
    _decided("logodds_milli", Type.INT, "score at `at`, log-odds in thousandths"),
    _decided("band", Type.TEXT, "band of that score"),
    _decided("mandatory", Type.BOOL, "a mandatory indicator fired at `at`"),
    _decided("chosen", Type.BOOL, "a plan or an officer put it on a list; the column `selected` is an event"),
    _decided("stratum", Type.TEXT, "why: mandatory, officer, score, tilted, uniform; empty where not chosen"),
    _decided("propensity", Type.FLOAT, "chance (0, 1] to be drawn, of every box of a random pool; null outside one"),
)
OUTCOMES = (
    _outcome("outcome_at", Type.MOMENT, "when the control ended that decides the label, µs; null: nobody looked"),
    _outcome("found", Type.TEXT, "value of `vigie.terms.Found`, the gravest that stands; null: nobody looked"),
    _outcome("quantity_g", Type.INT, "net grams; null where nothing was weighed"),
    _outcome("concealment", Type.TEXT, "where it was hidden; null where nothing was found"),
    _outcome("detector", Type.TEXT, "what or who noticed it, or did the control"),
    _outcome("detector_id", Type.TEXT, "which scanner, dog or team"),
    _outcome("analyst", Type.TEXT, "who read the image; empty where not said"),
    _outcome("team", Type.TEXT, "services that took part, joined by semicolons"),
    _outcome("depth", Type.TEXT, "how far the control went"),
    _outcome("late", Type.BOOL, "found after the box had left the port: missed there; null: nobody looked"),
)

DECISIONS: tuple[DecisionColumn, ...] = (
    *KEYS,
    *(DecisionColumn(one.name, one.type, Side.KNOWN, "column of `vigie.risk.COLUMNS`, as known at `at`")
      for one in COLUMNS),
    *DECIDED,
    *OUTCOMES,
)  # fmt: skip
"""All columns of the decision table, in order."""

POSITIVE = "found = 'cocaine'"
"""What counts as a hit; SQL over the decision table."""

IRREGULAR = "found <> 'nothing'"
"""What counts as any irregularity; null where nobody looked."""

INSPECTED = "(found IS NOT NULL AND NOT late)"
"""Whether somebody looked at the port; a find after the box had left is a miss, and counted apart."""

RANDOM = "(chosen AND propensity IS NOT NULL AND stratum IN ('tilted', 'uniform'))"
"""Whether chance alone put the box on the list."""

_OWN_CONTROLS = frozenset(one.name for one in COLUMNS if Origin.CONTROL in one.origins)
"""Columns that tell of controls of this very box: what a label is made of."""

_INPUTS = tuple(one.name for one in COLUMNS if one.name not in _OWN_CONTROLS)


def inputs() -> tuple[str, ...]:
    """Name the columns that may be looked at to judge a box: known at `at`, and no part of its own outcome."""
    return _INPUTS


def check_inputs(names: Iterable[str]) -> tuple[str, ...]:
    """Let names of inputs through as they are.

    Raises:
        BadRequest: One of them is a key, a decision, an outcome, tells of controls of the box itself, or is unknown.
    """
    wanted = tuple(names)
    sides = {one.name: one.side for one in DECISIONS}
    for name in wanted:
        if name not in _INPUTS:
            side = Side.OUTCOME if name in _OWN_CONTROLS else sides.get(name)
            raise BadRequest(reason="not-an-input", column=name[:60],
                             side="" if side is None else side.value)  # fmt: skip
    return wanted
