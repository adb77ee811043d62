"""Every column an indicator may name, declared once, and the row of values of one visit.

A value is None where the messages do not say; a column never guesses. Features are columns by their own name; derived
columns are expressions of the indicator language over other columns, so they mean the same in every engine.
"""

from collections.abc import Sequence

from vigie.risk import (
    columns_equipment,
    columns_events,
    columns_goods,
    columns_noted,
    columns_parties,
    columns_route,
    columns_yard,
)
from vigie.risk.columns_declared import Declared, Origin, Unit, count
from vigie.risk.columns_derived import DERIVED
from vigie.risk.columns_seen import see
from vigie.risk.features import FEATURES
from vigie.risk.language import Type
from vigie.risk.language_python import Value, row_more
from vigie.risk.language_text import parse
from vigie.risk.language_types import EXACT, LARGEST_INT, Kind, kind_of
from vigie.terms import BadRequest, Moment
from vigie.tracking import Visit, WatchAction, WatchEntry, WatchList

WatchHits = Sequence[tuple[WatchList, WatchEntry]]
"""The watch lists a visit met, as the store matches them; lists past their end do not count."""

HEAVIEST_WATCH_MILLI = 6908
"""A weighted list adds at most ln(1000): the upper end of `moderately strong` (`SCALE` of `vigie.risk.indicator`)."""

WATCH = (
    count("watch_mandatory", Origin.WATCH), count("watch_weighted", Origin.WATCH),
    Declared("watch_weight_milli", Type.INT, Unit.MILLI, (Origin.WATCH,), (), "", 0, HEAVIEST_WATCH_MILLI),
)  # fmt: skip

_GROUPS = (
    columns_parties, columns_goods, columns_equipment, columns_route, columns_events, columns_yard, columns_noted,
)  # fmt: skip

VISIT_COLUMNS: tuple[Declared, ...] = tuple(column for group in _GROUPS for column in group.DECLARED)
"""Columns read from the visit itself."""


def _of_features() -> tuple[Declared, ...]:
    kinds = {"at": (Type.MOMENT, Unit.MOMENT, EXACT), "box": (Type.INT, Unit.KEY, LARGEST_INT)}
    grams = {"gross_g", "tare_g"}
    found = []
    for feature in FEATURES:
        other = (Type.INT, Unit.GRAM if feature.measure in grams else Unit.COUNT, EXACT)
        kind, unit, high = kinds.get(feature.measure, other)
        found.append(Declared(feature.name, kind, unit, (Origin.FEATURE,), (), "", 0, high))
    return tuple(found)


FEATURE_COLUMNS = _of_features()
_GIVEN = (*VISIT_COLUMNS, *WATCH, *FEATURE_COLUMNS)
GIVEN_KINDS: dict[str, Kind] = {column.name: column.kind for column in _GIVEN}
"""Kinds of the columns that no expression derives, in the order of the row."""


def _of_derived() -> tuple[Declared, ...]:
    found = []
    for column in DERIVED:
        kind = kind_of(parse(column.text), GIVEN_KINDS)
        found.append(Declared(column.name, kind.type, column.unit, (Origin.DERIVED,), (), column.text,
                              kind.low, kind.high, kind.tiny))  # fmt: skip
    return tuple(found)


DERIVED_COLUMNS = _of_derived()
COLUMNS: tuple[Declared, ...] = (*_GIVEN, *DERIVED_COLUMNS)
"""All columns, in the order of the row."""

BY_NAME: dict[str, Declared] = {column.name: column for column in COLUMNS}
KINDS: dict[str, Kind] = {column.name: column.kind for column in COLUMNS}
"""Name to kind, in the order of the row: what the language checks against."""

_derive = row_more([parse(column.text) for column in DERIVED_COLUMNS], GIVEN_KINDS)
_UNKNOWN: tuple[Value, ...] = (None,) * len(FEATURE_COLUMNS)


def columns(
    visit: Visit, features: Sequence[int | None], now: Moment, watch: WatchHits = ()
) -> tuple[Value, ...]:
    """Read the row of a visit.

    Args:
        visit: The visit.
        features: Its feature vector in the order of `FEATURES`; empty where none is known.
        now: The moment of assessment; ages and dwell count up to it.
        watch: Watch lists it met.

    Returns:
        One value per column of `COLUMNS`.

    Raises:
        BadRequest: The vector is not as long as the features are many.
    """
    if features and len(features) != len(FEATURE_COLUMNS):
        raise BadRequest(reason="a feature vector of another length", given=len(features))
    seen = see(visit, now)
    given = (
        *columns_parties.read(seen), *columns_goods.read(seen), *columns_equipment.read(seen),
        *columns_route.read(seen), *columns_events.read(seen), *columns_yard.read(seen), *columns_noted.read(seen),
        *_watched(watch, now), *(features or _UNKNOWN),
    )  # fmt: skip
    return given + _derive(given)


def _watched(watch: WatchHits, now: Moment) -> tuple[int, int, int]:
    if not watch:
        return 0, 0, 0
    standing = [told for told, _ in watch if told.expires > now]
    weights = [told.weight_milli for told in standing if told.action is WatchAction.WEIGHTED]
    heaviest = min(max(max(weights, default=0), 0), HEAVIEST_WATCH_MILLI)
    return len(standing) - len(weights), len(weights), heaviest
