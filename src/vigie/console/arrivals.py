"""Arrivals: the risk list of the day, its filters and saved views, and what is done to many boxes at once."""

import csv
import io
from collections.abc import Iterator

import msgspec
from starlette.datastructures import QueryParams
from starlette.responses import Response, StreamingResponse

from vigie.console.arrivals_query import DUE_HOURS, address, filters_in_use, read_query
from vigie.console.pages import Asked, Pages, Said, back, done
from vigie.desk import arrivals as desk
from vigie.desk.views import ArrivalRow, ArrivalsPage, ArrivalsQuery
from vigie.terms import BadRequest, Fact, VisitId, write_moment

STATUSES = ("new", "selected", "held", "released", "inspected", "gone")
BANDS = ("very-high", "high", "raised", "ordinary")
ACTS = {"claim": "unclaim", "unclaim": "claim", "select": "leave", "hold": "leave", "release": "leave", "leave": ""}
"""What can be done to many boxes, and what takes it back; a decision is taken back by leaving the box to the plan."""
CSV_PAGE = 500  # rows read at a time
COLUMNS = (
    "visit", "container", "status", "site", "terminal", "due", "score_milli", "band", "mandatory", "stratum", "fired",
    "doubts", "loading", "unloading", "carrier", "vessel", "voyage", "hs2", "size_type", "reefer", "empty",
    "claimed_by", "watched", "selected",
)


def table(asked: Asked, pages: Pages) -> Response:
    """The list: a whole page, the list alone, or only its next rows."""
    params = asked.request.query_params
    due = params.get("due", "") if params.get("due") in DUE_HOURS else ""
    query = read_query(params, asked.frame.now)
    if query.sort not in desk.SORTS:
        query = msgspec.structs.replace(query, sort="score", descending=True)
    page = desk.page(asked.officer, query, asked.node, asked.purpose)
    values = {
        "page": page,
        "query": page.query,
        "due": due,
        "address": lambda **changes: address(query, due, **changes),
        "in_use": filters_in_use(query),
        "statuses": STATUSES,
        "bands": BANDS,
        "sorts": desk.SORTS,
        "hours": DUE_HOURS,
        "saved_address": lambda kept: address(kept),
    }
    if asked.is_partial:
        rows_only = asked.request.headers.get("hx-target", "").startswith("tr")
        return pages.fragment(asked, "arrivals/rows.html" if rows_only else "arrivals/list.html", **values)
    return pages.page(asked, "arrivals/page.html", **values)


def plain_cell(value: object) -> str:
    """A value for a spreadsheet; what it would run as a formula stays text. Source: OWASP CSV Injection."""
    text = "" if value is None else str(value)
    formula = text[:1] in {"=", "+", "@", "\t", "\r"} or (text[:1] == "-" and not text[1:].isdigit())
    return f"'{text}" if formula else text


def csv_line(row: ArrivalRow) -> list[str]:
    """One row for a spreadsheet."""
    told = {name: getattr(row, name) for name in COLUMNS} | {"due": "" if row.due is None else write_moment(row.due)}
    return [plain_cell(told[name]) for name in COLUMNS]


def export(asked: Asked, pages: Pages) -> Response:
    """The whole list as CSV, in the order it is shown."""
    query = msgspec.structs.replace(read_query(asked.request.query_params, asked.frame.now), limit=CSV_PAGE, after="")
    if query.sort not in desk.SORTS:
        raise BadRequest(field="sort")

    def page_after(cursor: str) -> ArrivalsPage:
        return desk.page(asked.officer, msgspec.structs.replace(query, after=cursor), asked.node, asked.purpose)

    page = page_after("")  # a refusal comes before the first byte, as an answer and not as a torn file

    def lines() -> Iterator[str]:
        held = io.StringIO()
        csv.writer(held, lineterminator="\r\n").writerow(COLUMNS)
        yield held.getvalue()
        turned = page
        while True:
            held = io.StringIO()
            csv.writer(held, lineterminator="\r\n").writerows(csv_line(row) for row in turned.rows)
            yield held.getvalue()
            if not turned.next:
                return
            turned = page_after(turned.next)

    name = f"arrivals-{write_moment(asked.frame.now)[:16].replace(':', '')}.csv"
    return StreamingResponse(
        lines(), media_type="text/csv; charset=utf-8", headers={"content-disposition": f'attachment; filename="{name}"'}
    )


def bulk(asked: Asked, pages: Pages) -> Response:
    """Do one thing to all marked boxes."""
    act = asked.field("act")
    visits = [VisitId(value) for value in asked.fields("visit")]
    if act not in ACTS or not visits:
        raise BadRequest(field="act" if act not in ACTS else "visit")
    result = desk.bulk(asked.officer, visits, act, asked.node, asked.field("reason"), asked.purpose)
    facts: dict[str, Fact] = {"n": len(result.done), "refused": len(result.refused)}
    said = Said("said-bulk-refused" if result.refused else f"said-{act}", facts)
    if ACTS[act] and result.done:
        fields = {"act": [ACTS[act]], "visit": [str(one) for one in result.done], "reason": [asked.field("reason")]}
        if len(result.done) <= 60:  # more would not fit a cookie (4 KiB)
            said = msgspec.structs.replace(said, undo="/arrivals/bulk", fields=fields)
    return done(back(asked, "/arrivals"), said)


def save_view(asked: Asked, pages: Pages) -> Response:
    """Keep the list as it is filtered and ordered now, under a name; a deadline is not kept, for it would pass."""
    name = asked.field("name")
    if not name:
        raise BadRequest(field="name")
    query = _kept(asked)
    desk.save_view(asked.officer, name, query, asked.node)
    return done(address(query), Said("said-view-saved", {"name": name}))


def _kept(asked: Asked) -> ArrivalsQuery:
    query = read_query(QueryParams(asked.field("query")), asked.frame.now)
    return msgspec.structs.replace(query, after="", due_to=None)


def drop_view(asked: Asked, pages: Pages) -> Response:
    """Forget a saved view."""
    desk.drop_view(asked.officer, asked.field("name"), asked.node)
    return done("/arrivals", Said("said-view-dropped", {"name": asked.field("name")}))
