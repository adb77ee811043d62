"""One table from errors to HTTP statuses; the answer is a problem document (RFC 9457)."""

import msgspec
from fastapi import Request, Response

from vigie.terms import (
    BadAmount,
    BadContainerNumber,
    BadIdentifier,
    BadMoment,
    BadRequest,
    Conflict,
    NotForYou,
    NotFound,
    StoreFault,
    VigieError,
)

STATUSES: dict[type[VigieError], int] = {
    NotForYou: 403,  # the same for what is refused and for what does not exist
    NotFound: 404,
    Conflict: 409,
    BadRequest: 422,
    BadContainerNumber: 422,
    BadIdentifier: 422,
    BadMoment: 422,
    BadAmount: 422,
    StoreFault: 503,
}


def problem(error: VigieError) -> Response:
    """Answer an error as a problem document: code and facts, never prose or personal data."""
    status = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)
    body = {"type": f"urn:vigie:{error.code}", "title": error.code, "status": status, "facts": dict(error.facts)}
    return Response(msgspec.json.encode(body), status, media_type="application/problem+json")


async def on_error(request: Request, error: Exception) -> Response:
    """Handle an error that a desk raised."""
    if not isinstance(error, VigieError):
        raise error
    return problem(error)
