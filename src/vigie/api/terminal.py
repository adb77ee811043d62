"""`/terminal`: what a port operator sees."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from vigie.api.access import Caller, Served
from vigie.api.answers import answer
from vigie.api.schema import shown
from vigie.desk import terminal
from vigie.desk.views.terminal import TerminalView

api = APIRouter(tags=["terminal"])


@api.get("/terminal", responses=shown(TerminalView), summary="Boxes of the caller's own terminal")
def boxes(
    officer: Caller, node: Served, after: str = "", limit: Annotated[int, Query(ge=1, le=terminal.MOST)] = 200
) -> Response:
    """List the boxes on the caller's own terminals: selected, not selected, released; never why."""
    return answer(terminal.boxes(officer, node, after, limit))
