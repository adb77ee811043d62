"""Audit: who saw and did what, and whether the chain of entries is whole."""

from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from vigie.console.pages import Asked, Pages
from vigie.desk import audit as desk
from vigie.desk.views import AuditQuery
from vigie.terms import write_moment

FILTERS = ("officer", "act", "subject", "outcome")


def read_query(asked: Asked) -> AuditQuery:
    """Read the filters of an address."""
    params = asked.request.query_params
    before = params.get("before", "")
    told = {name: params.get(name, "").strip()[:80] for name in FILTERS}
    return AuditQuery(
        officer=told["officer"], act=told["act"], subject=told["subject"], outcome=told["outcome"],
        before=int(before) if before.isdecimal() else None,
    )  # fmt: skip


def address(query: AuditQuery, **more: object) -> str:
    """The parameters of a query, for an address."""
    told = {name: getattr(query, name) for name in FILTERS if getattr(query, name)}
    return urlencode(told | {name: value for name, value in more.items() if value is not None})


def trail(asked: Asked, pages: Pages) -> Response:
    """The trail, newest first."""
    page = desk.page(asked.officer, read_query(asked), asked.node)
    return pages.page(asked, "audit/page.html", page=page, query=page.query, checks=None, address=address)


def verify(asked: Asked, pages: Pages) -> Response:
    """Compute the chains again from their first entry."""
    checks = desk.verify(asked.officer, asked.node)
    page = desk.page(asked.officer, read_query(asked), asked.node)
    return pages.page(asked, "audit/page.html", page=page, query=page.query, checks=checks, address=address)


def export(asked: Asked, pages: Pages) -> Response:
    """The filtered trail as JSON lines."""
    name = f"audit-{write_moment(asked.frame.now)[:16].replace(':', '')}.jsonl"
    return StreamingResponse(
        desk.export(asked.officer, read_query(asked), asked.node),
        media_type="application/jsonl",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )
