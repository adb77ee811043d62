"""Search: one box on every page for container, bill, declaration, seal, ship and party."""

from starlette.responses import RedirectResponse, Response

from vigie.console.pages import Asked, Pages
from vigie.desk import search as desk
from vigie.desk.views import SearchView

LONGEST = 100  # characters


def search(asked: Asked, pages: Pages) -> Response:
    """The hits; one exact container opens at once."""
    text = asked.request.query_params.get("q", "").strip()[:LONGEST]
    view = desk.find(asked.officer, text, asked.node, asked.purpose) if text else SearchView("", ())
    exact = [hit for hit in view.hits if hit.exact and hit.kind == "container"]
    if len(view.hits) == 1 and exact and not asked.is_partial:
        return RedirectResponse(f"/arrivals/{exact[0].row.visit}", status_code=303)
    return pages.page(asked, "search/page.html", view=view)
