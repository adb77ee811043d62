"""The models of the house: what they may see of the decision table, and how the three channels are declared."""

from collections.abc import Sequence

from vigie.risk.columns_declared import Declared, Origin, Unit
from vigie.risk.columns_row import BY_NAME, COLUMNS
from vigie.risk.decisions import DECISIONS, Side, inputs
from vigie.risk.language import Type
from vigie.risk.models.declared import DIRECT_POSITIVES, Field, How, Input, Label, Learner, ModelSpec, Role

_OWN_SELECTION = ("CUSS", "CUSI")
"""Events of our own decision: a model that sees them learns what was chosen, not what was found."""

_DETECTORS = frozenset(("detector", "detector_id", "analyst", "team", "depth", "scanner", "site", "shift"))
"""Who looked, or where: explains much of what is found and nothing of what is inside (reference page risk, Chicago)."""

CODES = (
    "hs2", "hs4", "cover_load", "chemical_carrier", "consignor_country", "consignee_country", "notify_country",
    "document_level", "vgm_method", "owner_code", "size_type", "loading", "unloading", "acceptance",
    "loading_country", "acceptance_country", "carrier", "filing_form",
)  # fmt: skip
"""Texts with few values; free texts, vessels and voyages name single cases and are left out."""

SEEN_ENOUGH = 5
"""A value of a text seen fewer times in training is "other": it would name a case."""

_KG = 1000.0
_STEPS = {Unit.GRAM: 10 * _KG, Unit.NONE: 0.01, Unit.PERMILLE: 1.0}
"""Steps to which numbers are rounded: 10 kg, a permille, a hundredth of a logarithm; all others are whole numbers."""

_DAY = 86_400e6  # µs


def _role(name: str, side: Side) -> Role:
    if name in _DETECTORS:
        return Role.DETECTOR
    if side is not Side.KNOWN or name not in inputs():
        return Role.OUTCOME
    return Role.OUTCOME if _after_selection(BY_NAME[name]) else Role.KNOWN


def _after_selection(column: Declared) -> bool:
    return any(event in column.events for event in _OWN_SELECTION)


def house_fields() -> tuple[Field, ...]:
    """The columns of the decision table, each with its role for a model."""
    return tuple(Field(one.name, one.type, _role(one.name, one.side)) for one in DECISIONS)


_TAUGHT_BY_NOBODY = {Origin.WATCH, Origin.ACCESS, Origin.PARTNER, Origin.PICTURE}
"""What a list says is decided already; what access logs say of a box comes in part from finds, its own among them; what
partners told may be taken back, and a model does not forget; pictures have readers and detectors of their own."""


def _numbers() -> tuple[Input, ...]:
    found = []
    for column in COLUMNS:
        known = _role(column.name, Side.KNOWN) is Role.KNOWN
        counted = column.type in (Type.INT, Type.FLOAT, Type.BOOL) and column.unit is not Unit.KEY
        if known and counted and not _TAUGHT_BY_NOBODY & set(column.origins):
            step = 1.0 if column.type is Type.BOOL else _STEPS.get(column.unit, 1.0)
            if column.type is Type.INT and column.unit is Unit.NONE:
                step = 1.0
            found.append(Input(column.name, step=step))
    return tuple(found)


def _ages() -> tuple[Input, ...]:
    """How long before the announcement a party or lane was first and last seen, days."""
    names = [column.name for column in COLUMNS if Origin.FEATURE in column.origins and column.type is Type.MOMENT]
    return tuple(Input(name, ("filed_at", name), How.GAP, _DAY) for name in names)


def _texts() -> tuple[Input, ...]:
    return tuple(Input(name, how=How.CODE, least=SEEN_ENOUGH) for name in CODES)


_RARE = (
    ("loading", "hs4"), ("carrier", "loading"), ("consignor_country", "loading_country"), ("owner_code", "carrier"),
)  # fmt: skip
"""Combinations that trade repeats: a rare one is odd."""


def _rarity() -> tuple[Input, ...]:
    return tuple(Input("+".join(columns), columns, How.COUNT) for columns in _RARE)


_FOREST: dict[str, float] = {"trees": 50, "sample": 128}
_SHORT: dict[str, float] = {"trees": 60, "leaves": 15}
_BAG: dict[str, float] = {"bags": 10, "trees": 30, "rate": 0.2}
"""Trees that a live decision can afford: 410 for all channels, where the learners' own defaults make 1,100.

Source: simulated years, see docs/explanation/models.md: taught on 12 years, judged by all planted lots of other years,
the small ensembles found no fewer than the large ones.
"""


def house_specs(positives: int, seed: int = 1) -> tuple[ModelSpec, ...]:
    """Declare the channels of a node.

    Args:
        positives: Finds of what is sought, known so far: they decide how the seizure model is taught.
    """
    seen: Sequence[Input] = (*_numbers(), *_ages())
    direct = positives >= DIRECT_POSITIVES
    taught = Learner.BOOSTED if direct else Learner.BAGGED
    return (
        ModelSpec("anomaly", Label.NONE, Learner.ISOLATION, (*seen, *_rarity()), _FOREST, seed=seed),
        ModelSpec("proxy", Label.IRREGULAR, Learner.BOOSTED, (*seen, *_texts()), _SHORT, seed=seed),
        ModelSpec("seizure", Label.POSITIVE, taught, (*seen, *_texts()), {} if direct else _BAG, seed=seed),
    )
