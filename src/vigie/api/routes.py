"""The API as one application below `/api`, with its description."""

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException

from vigie import __version__
from vigie.api import (
    archiving,
    arrivals,
    audit,
    backtest,
    bulletin,
    canaries,
    dossier,
    drift,
    erasure,
    errands,
    exchange,
    exchange_operations,
    indicators,
    inspections,
    models,
    officers,
    packages,
    parties,
    policy,
    ports,
    priorities,
    registry,
    release,
    risk,
    scanning,
    scanning_readings,
    selection,
    terminal,
    tracking,
    trends,
)
from vigie.api.errors import MEDIA, on_error
from vigie.api.reference import page, style
from vigie.api.schema import components
from vigie.desk import views
from vigie.node import Node
from vigie.terms import VigieError

SHOWN = [getattr(views, name) for name in views.__all__]
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "facts"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "facts": {"type": "object"},
    },
}
REFUSALS = {"401": "No session", "403": "Refused, or it does not exist", "422": "The request has no meaning"}

PARTS = (
    arrivals.api,
    risk.api,
    indicators.api,
    models.api,
    scanning.api,
    packages.api,
    scanning_readings.api,
    selection.api,
    inspections.api,
    audit.api,
    officers.api,
    erasure.api,
    parties.api,
    ports.api,
    priorities.api,
    bulletin.api,
    dossier.api,
    release.api,
    exchange.api,
    exchange_operations.api,
    registry.api,
    drift.api,
    errands.api,
    archiving.api,
    policy.api,
    canaries.api,
    backtest.api,
    terminal.api,
    tracking.api,
    trends.api,
)
"""The rooms of the API, in the order of its description."""


def create_api(node: Node) -> FastAPI:
    """Build the API of a node: `/v1/...`, described at `/openapi.json` and, for people, at `/docs`."""
    app = FastAPI(
        title="vigie",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        description="Which sea container to scan, why, what was found. Sign in with a session token as bearer token.",
    )
    app.state.node = node
    for kind in (VigieError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, on_error)
    for part in PARTS:
        app.include_router(part, prefix="/v1")
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    app.add_api_route("/openapi.json", lambda: app.openapi(), include_in_schema=False)
    app.add_api_route("/docs", documented, include_in_schema=False)
    app.add_api_route("/docs.css", lambda: Response(style(), media_type="text/css"), include_in_schema=False)
    return app


def documented(request: Request) -> Response:
    """Describe the API for people; it names no container and no person, so nobody needs to sign in."""
    return Response(page(request.app.openapi()), media_type="text/html; charset=utf-8")


def described(app: FastAPI) -> dict[str, Any]:
    """Describe the API by OpenAPI 3.1, with the schemas of all views."""
    if not app.openapi_schema:
        told = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            openapi_version="3.1.0",
            servers=[{"url": "/api"}],
        )
        parts = told.setdefault("components", {})
        parts.setdefault("schemas", {}).update(components(SHOWN) | {"Problem": PROBLEM})
        parts["securitySchemes"] = {"session": {"type": "http", "scheme": "bearer"}}
        told["security"] = [{"session": []}]
        for route in told["paths"].values():
            for operation in route.values():
                operation["responses"].update(_refusals())
        app.openapi_schema = told
    return app.openapi_schema


def _refusals() -> dict[str, Any]:
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": told, "content": content} for status, told in REFUSALS.items()}
