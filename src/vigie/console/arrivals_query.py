"""The address of a worklist: from the parameters of a page to the desk's query, and back."""

from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from vigie.desk.views import ArrivalsQuery
from vigie.terms import HOUR, Moment

_WORDS = ("text", "carrier", "vessel", "voyage", "loading", "unloading", "hs2", "size_type", "claimed", "indicator")
WORDS = tuple(name for name in _WORDS if name in ArrivalsQuery.__struct_fields__)
LISTS = ("sites", "statuses", "bands", "strata")
TICKS = ("reefer", "empty", "mandatory", "watched", "selected")
DUE_HOURS = ("6", "12", "24", "48", "72")
LONGEST = 60  # characters of one filter; no code or name of the trade is longer
LARGEST_PAGE = 200


def read_query(params: QueryParams, now: Moment) -> ArrivalsQuery:
    """Read a query; what has no meaning is left out, so that an old address still shows a list."""
    fields: dict[str, object] = {}
    for name in WORDS:
        if value := params.get(name, "").strip()[:LONGEST]:
            fields[name] = value if name in {"text", "vessel", "claimed"} else value.upper()
    for name in LISTS:
        if values := tuple(value[:LONGEST] for value in params.getlist(name) if value):
            fields[name] = values
    for name in TICKS:
        if params.get(name) in {"yes", "no"}:
            fields[name] = params[name] == "yes"
    if params.get("due") in DUE_HOURS:
        fields["due_to"] = Moment(now + int(params["due"]) * HOUR)
    if sort := params.get("sort", ""):
        fields["sort"] = sort[:LONGEST]
        fields["descending"] = params.get("order") == "down"
    if params.get("limit", "").isdecimal():
        fields["limit"] = min(max(int(params["limit"]), 1), LARGEST_PAGE)
    fields["after"] = params.get("after", "")[:500]
    return ArrivalsQuery(**fields)  # type: ignore[arg-type]


def written(query: ArrivalsQuery, due: str = "", **changes: object) -> str:
    """Write a query as the parameters of an address, without what is the default."""
    shown = msgspec.structs.replace(query, **({"after": ""} | changes))
    pairs: list[tuple[str, str]] = []
    for name in WORDS:
        if value := getattr(shown, name):
            pairs.append((name, value))
    for name in LISTS:
        pairs += [(name, value) for value in getattr(shown, name)]
    for name in TICKS:
        if (value := getattr(shown, name)) is not None:
            pairs.append((name, "yes" if value else "no"))
    if due:
        pairs.append(("due", due))
    plain = ArrivalsQuery()
    if (shown.sort, shown.descending) != (plain.sort, plain.descending):
        pairs += [("sort", shown.sort), ("order", "down" if shown.descending else "up")]
    if shown.limit != plain.limit:
        pairs.append(("limit", str(shown.limit)))
    if shown.after:
        pairs.append(("after", shown.after))
    return urlencode(pairs)


def address(query: ArrivalsQuery, due: str = "", **changes: object) -> str:
    """The whole address of a worklist."""
    told = written(query, due, **changes)
    return f"/arrivals?{told}" if told else "/arrivals"


def filters_in_use(query: ArrivalsQuery) -> Mapping[str, object]:
    """The filters that narrow the list, without order and paging."""
    plain = ArrivalsQuery()
    names = (*WORDS, *LISTS, *TICKS, "due_to")
    return {name: getattr(query, name) for name in names if getattr(query, name) != getattr(plain, name)}
