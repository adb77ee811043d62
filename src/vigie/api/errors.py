"""One table from errors to HTTP statuses; the answer is a problem document (RFC 9457)."""

from collections.abc import Mapping

import msgspec
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from vigie.exchange import ExchangeRefused
from vigie.risk import BadExpression, BadIndicator
from vigie.scanning import BadBank, BadCalibration, BadCutout, BadProjection, BadScan, ModelRefused, ProjectedScan
from vigie.terms import (
    AnalyticsMissing,
    BadAmount,
    BadContainerNumber,
    BadIdentifier,
    BadMoment,
    BadRequest,
    Conflict,
    Erased,
    NotForYou,
    NotFound,
    StoreFault,
    VigieError,
)

STATUSES: dict[type[VigieError], int] = {
    NotForYou: 403,  # the same for what is refused and for what does not exist
    NotFound: 404,
    Conflict: 409,
    Erased: 410,
    BadRequest: 422,
    BadContainerNumber: 422,
    BadIdentifier: 422,
    BadMoment: 422,
    BadAmount: 422,
    BadIndicator: 422,
    BadExpression: 422,
    ExchangeRefused: 422,
    BadScan: 422,
    BadCalibration: 422,
    ModelRefused: 422,
    BadBank: 422,
    BadCutout: 422,
    BadProjection: 422,
    ProjectedScan: 422,
    StoreFault: 503,
    AnalyticsMissing: 501,
}


CODES = {401: "sign-in", 404: "not-found", 405: "not-found", 422: "bad-request"}
"""Codes of what is refused before a desk is asked."""

MEDIA = "application/problem+json"


def problem(error: VigieError) -> Response:
    """Answer an error as a problem document: code and facts, never prose or personal data."""
    status = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)
    return _document(error.code, status, dict(error.facts))


def _document(
    code: str, status: int, facts: Mapping[str, object], headers: Mapping[str, str] | None = None
) -> Response:
    body = {"type": f"urn:vigie:{code}", "title": code, "status": status, "facts": facts}
    return Response(msgspec.json.encode(body), status, headers, MEDIA)


async def on_error(request: Request, error: Exception) -> Response:
    """Answer whatever was raised on the way to an answer; a fault nobody foresaw is logged by the server, not told."""
    if isinstance(error, VigieError):
        return problem(error)
    if isinstance(error, RequestValidationError):
        # Only where it is wrong and how: what was sent may name a person.
        wrong = [{"where": "/".join(map(str, one["loc"])), "wrong": one["type"]} for one in error.errors()[:20]]
        return _document(CODES[422], 422, {"fields": wrong})
    if isinstance(error, HTTPException):
        return _document(CODES.get(error.status_code, "vigie"), error.status_code, {}, error.headers)
    return _document("vigie", 500, {})
