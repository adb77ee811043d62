"""The worklist question compiled to SQL: reach, filters and sort become one or a few ordered streams of rows."""

from collections.abc import Iterator
from typing import Any

import msgspec

from vigie.terms import BadRequest
from vigie.tracking import SORTS, Query, Reach, Status

NEVER = 1 << 53
"""How an unknown `due` is stored: after every real moment (these end at 2**53), so that it sorts last."""

STATUSES = tuple(status.value for status in Status)
GONE = STATUSES.index(Status.GONE)

# Flags and columns that mostly hold their first value have an index over the other rows only. Each is read as groups of
# rows in ascending order: (test, sort value that all rows of the group share, or None where the column sorts them).
_SPARSE: dict[str, tuple[tuple[str, str | int | None], ...]] = {
    "mandatory": (("mandatory = 0", 0), ("mandatory = 1", 1)),
    "watched": (("watched = 0", 0), ("watched = 1", 1)),
    "selected": (("selected = 0", 0), ("selected = 1", 1)),
    "reefer": (("reefer < 1", 0), ("reefer = 1", 1)),
    "empty": (("empty_box < 1", 0), ("empty_box = 1", 1)),
    "doubts": (("doubts = 0", 0), ("doubts > 0", None)),
    "claimed_by": (("claimed_by = ''", ""), ("claimed_by <> ''", None)),
    "stratum": (("stratum = ''", ""), ("stratum <> ''", None)),
    "status": (("status = 0", 0), ("status > 0", None)),
    "handling": (("handling = 0", 0), ("handling > 0", None)),
}
_TEXTS = frozenset({
    "container", "vessel", "voyage", "carrier", "loading", "unloading", "site", "terminal", "hs2", "size_type",
    "claimed_by", "stratum",
})  # fmt: skip
_COLUMN = {"opened": "id", "band": "score_milli", "empty": "empty_box"}

_FIRED = "id IN (SELECT visit FROM fired_on WHERE indicator = ?)"
_FIRED_COMMON = "EXISTS (SELECT 1 FROM fired_on f WHERE f.indicator = ? AND f.visit = v.id)"

Where = tuple[str, list[Any]]


class Stream(msgspec.Struct, frozen=True):
    """Rows in one order: `WHERE` text with its arguments, sort column, direction. value: Sort value that all share."""

    where: str
    args: tuple[Any, ...]
    column: str
    descending: bool
    value: str | int | None = None


def column_of(sort: str) -> str:
    """The column that a sort key sorts by.

    Raises:
        BadRequest: Not a sort key.
    """
    if sort not in SORTS:
        raise BadRequest(reason="sort", value=sort[:20])
    return _COLUMN.get(sort, sort)


def reach_where(reach: Reach, prefix: str = "") -> Where:
    """What an officer reaches, as SQL: the rule of `Reach.covers`."""
    if reach.none:
        return "1 = 0", []
    text, args = f"{prefix}handling <= ?", [reach.clearance]
    if reach.sites:
        return f"{text} AND {prefix}site IN ({_marks(reach.sites)})", [*args, *reach.sites]
    return text, list(args)


def _marks(values: tuple[Any, ...]) -> str:
    return ",".join("?" * len(values))


def _after_prefix(text: str) -> str:
    """The first text after all texts that start with this one, in byte order."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def where(query: Query, reach: Reach, common: bool = False) -> Where:
    """Reach and filters as SQL over `visit v`; `gone` is left to the streams.

    Args:
        common: The indicator asked for fired on many boxes: each row is tested, instead of looking up all its boxes.
    """
    text, args = reach_where(reach)
    clauses = [text]
    if query.indicator:
        clauses.append(_FIRED_COMMON if common else _FIRED)
        args.append(query.indicator)
    for clause, values in _filters(query):
        clauses.append(clause)
        args += values
    return " AND ".join(clauses), args


def _filters(query: Query) -> Iterator[tuple[str, list[Any]]]:
    several = (
        ("site", query.sites), ("stratum", query.strata), ("band", query.bands), ("terminal", query.terminals),
        ("carrier", query.carriers), ("voyage", query.voyages), ("loading", query.loading),
        ("unloading", query.unloading), ("hs2", query.hs2), ("size_type", query.size_types),
    )  # fmt: skip
    for column, values in several:
        if values:
            yield f"{column} IN ({_marks(values)})", list(values)
    if query.statuses:
        numbers = [STATUSES.index(status) for status in query.statuses if status in STATUSES]
        yield (f"status IN ({_marks(tuple(numbers))})", numbers) if numbers else ("1 = 0", [])
    for column, start in (("container", query.container), ("vessel", query.vessel)):
        if start:
            yield f"{column} >= ? AND {column} < ?", [start, _after_prefix(start)]
    if query.claimed_by:
        yield "claimed_by = ?", ["" if query.claimed_by == "-" else query.claimed_by]
    flags = (("reefer", query.reefer), ("empty_box", query.empty), ("mandatory", query.mandatory),
             ("watched", query.watched), ("selected", query.selected))  # fmt: skip
    for column, said in flags:
        if said is not None:
            yield f"{column} = {int(said)}", []
    bounds = (("score_milli >= ?", query.score_from), ("due >= ?", query.due_from), ("due < ?", query.due_to),
              ("leaves >= ?", query.leaves_from), ("leaves < ?", query.leaves_to),
              ("changed >= ?", query.changed_from), ("changed < ?", query.changed_to))  # fmt: skip
    for clause, bound in bounds:
        if bound is not None:
            yield clause, [bound]


def halves(query: Query) -> tuple[int, ...]:
    """Which halves of the indexes are asked: boxes that are here, boxes that are gone."""
    if query.statuses and Status.GONE.value not in query.statuses:
        return (0,)
    return (1,) if query.statuses == (Status.GONE.value,) else (0, 1)


def streams(query: Query, reach: Reach, common: bool = False) -> list[list[Stream]]:
    """The streams that answer a query: groups in sequence, the streams of a group to be merged."""
    column, (text, args) = column_of(query.sort), where(query, reach, common)
    mark = read_mark(query.after, query.sort) if query.after else None
    groups = _SPARSE.get(query.sort, (("1 = 1", None),))
    answer = []
    for test, shared in reversed(groups) if query.descending else groups:
        sorted_by = column if shared is None else "id"
        onward = _onward(mark, sorted_by, shared, query.descending)
        if onward is not None:
            clause, values = onward
            all_args = (*args, *values)
            group = [
                Stream(f"gone = {half} AND {test} AND {text}{clause}", all_args, sorted_by, query.descending, shared)
                for half in halves(query)
                if not (half and query.sort == "status" and shared is not None)  # what is gone is not new
            ]
            answer += [group] if group else []
    return answer


def _onward(
    mark: tuple[Any, int] | None, column: str, shared: Any, descending: bool
) -> tuple[str, list[Any]] | None:
    """Where a stream goes on after a mark; None where the page before ended beyond it."""
    if mark is None:
        return "", []
    value, place = mark
    sign = "<" if descending else ">"
    if shared is not None and value != shared:
        return ("", []) if (shared < value) == descending else None
    if column == "id":
        return f" AND id {sign} ?", [place]
    return f" AND ({column}, id) {sign} (?, ?)", [value, place]


def write_mark(value: str | int, place: int) -> str:
    """Where a page ended, as a text that a URL carries."""
    return msgspec.json.encode((value, place)).hex()


def read_mark(mark: str, sort: str) -> tuple[str | int, int]:
    """Read the mark of a page that was sorted so.

    Raises:
        BadRequest: Not a mark of ours, or of another sort.
    """
    value: type = str if sort in _TEXTS else int
    try:
        return msgspec.json.decode(bytes.fromhex(mark), type=tuple[value, int])  # type: ignore[valid-type]
    except (ValueError, msgspec.MsgspecError):
        raise BadRequest(reason="after") from None
