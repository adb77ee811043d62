"""Answers: views as JSON."""

from typing import Any

import msgspec
from fastapi import Response

from vigie.desk.views.plain import plain


def answer(view: Any, status: int = 200) -> Response:
    """Write a view as JSON; moments as ISO 8601."""
    return Response(msgspec.json.encode(plain(view)), status, media_type="application/json")
