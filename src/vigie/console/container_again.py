"""A decision about a box made again, for the page of the box."""

from starlette.responses import Response

from vigie.console.container import visit_of
from vigie.console.pages import Asked, Pages
from vigie.desk import rederiving


def rederive(asked: Asked, pages: Pages) -> Response:
    """Make the decision at an entry again (`at`; the latest where it is not said): a fragment, or a page of its own."""
    at = asked.request.query_params.get("at", "")
    wanted = f"{visit_of(asked)}@{at}" if at else str(visit_of(asked))
    found = rederiving.rederive(asked.officer, wanted, asked.node, rederiving.purpose_of(asked.officer))
    if asked.is_partial:
        return pages.fragment(asked, "container/again_part.html", found=found)
    return pages.page(asked, "container/again.html", found=found)
