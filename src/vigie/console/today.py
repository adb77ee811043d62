"""Today: what waits for this officer, what moved, and how the node is."""

from starlette.responses import Response

from vigie.console.charts import columns
from vigie.console.pages import Asked, Pages, Said, done
from vigie.desk import today as desk

COUNTS = ("new", "mandatory", "selected", "held", "due", "late")
LINKS = {
    "new": "/arrivals?statuses=new",
    "mandatory": "/arrivals?mandatory=yes",
    "selected": "/arrivals?selected=yes",
    "held": "/arrivals?statuses=held",
    "due": "/arrivals?due=12&sort=due&order=up",
    "late": "/arrivals?due=6&sort=due&order=up",
}


def today(asked: Asked, pages: Pages) -> Response:
    """The first page of the day, or only its moving part."""
    if asked.may("see-terminal"):
        return done("/terminal")
    view = desk.today(asked.officer, asked.node)
    values = {"view": view, "counts": COUNTS, "links": LINKS, "bars": columns(view.hours)}
    if asked.is_partial:
        return pages.fragment(asked, "today/panels.html", **values)
    return pages.page(asked, "today/page.html", **values)


def seen(asked: Asked, pages: Pages) -> Response:
    """Mark warnings as read."""
    wanted = [int(value) for value in asked.fields("notice") if value.isdecimal()]
    desk.seen(asked.officer, wanted, asked.node)
    return done("/", Said("said-seen", {"n": len(wanted)}))


def help_page(asked: Asked, pages: Pages) -> Response:
    """The keys, and what the signs mean."""
    if asked.is_partial:
        return pages.fragment(asked, "help/text.html", overlay=True)
    return pages.page(asked, "help/page.html", overlay=False)
