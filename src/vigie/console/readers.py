"""Readers: who looked at which profiles, the most unusual first; and the decoys among them."""

from starlette.responses import Response

from vigie.console.pages import Asked, Pages
from vigie.desk import canaries as desk


def page(asked: Asked, pages: Pages) -> Response:
    """Who read what, and the decoys."""
    purpose = desk.purpose_of(asked.officer)
    return pages.page(
        asked, "audit/readers.html", found=desk.who_read(asked.officer, asked.node, purpose),
        decoys=desk.canaries(asked.officer, asked.node, purpose), days=desk.SPAN_DAYS,
    )  # fmt: skip
