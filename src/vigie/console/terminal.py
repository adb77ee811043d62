"""Terminal: the one page of a port operator."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages
from vigie.desk import terminal as desk

ROWS = 200


def boxes(asked: Asked, pages: Pages) -> Response:
    """The boxes on the operator's own terminal, and whether customs wants them."""
    after = asked.request.query_params.get("after", "")[:40]
    return pages.page(asked, "terminal/page.html", view=desk.boxes(asked.officer, asked.node, after, ROWS))
