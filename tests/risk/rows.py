"""Rows of columns: one by name, or random ones that lie near the thresholds of the indicators."""

from hypothesis import strategies as st

from vigie.risk import COLUMNS, load_catalogue
from vigie.risk.columns_row import DERIVED_COLUMNS, GIVEN_KINDS
from vigie.risk.language import Literal, Type
from vigie.risk.language_python import row_more
from vigie.risk.language_text import parse

NAMES = tuple(column.name for column in COLUMNS)
_derive = row_more([parse(column.text) for column in DERIVED_COLUMNS], GIVEN_KINDS)


def given_row(**named):
    """A row in which only the named columns are known."""
    assert named.keys() <= set(NAMES)
    return tuple(named.get(name) for name in NAMES)


def _literals(expression):
    if isinstance(expression, Literal):
        yield expression.value
    for part in getattr(expression, "args", ()):
        yield from _literals(part)


_WRITTEN = [value for each in load_catalogue().indicators for value in _literals(each.tree)]
_TEXTS = sorted({value for value in _WRITTEN if isinstance(value, str)} | {"", "漢é🚢", "it's", "CO", "08"})
_NEAR = sorted({int(value) + step for value in _WRITTEN if isinstance(value, int) for step in (-1, 0, 1)})


def _values(column):
    if column.type is Type.BOOL:
        known = st.booleans()
    elif column.type is Type.TEXT:
        known = st.sampled_from(_TEXTS)
    else:
        low, high = int(column.low), int(column.high)
        near = [value for value in _NEAR if low <= value <= high] or [low]
        known = st.sampled_from(near) | st.integers(low, high)
    return st.none() | known


@st.composite
def _rows(draw):
    known = draw(st.dictionaries(st.sampled_from(list(GIVEN_KINDS)), st.none(), max_size=60))
    declared = {column.name: column for column in COLUMNS}
    given = tuple(draw(_values(declared[name])) if name in known else None for name in GIVEN_KINDS)
    return (*given, *_derive(given))


ROWS = _rows()
