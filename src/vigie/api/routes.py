"""The API as one application below `/api`, with its description."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from vigie import __version__
from vigie.api import arrivals, audit, inspections, risk, selection
from vigie.api.errors import on_error
from vigie.api.schema import components
from vigie.desk import views
from vigie.node import Node
from vigie.terms import VigieError

SHOWN = [getattr(views, name) for name in views.__all__]


def create_api(node: Node) -> FastAPI:
    """Build the API of a node: `/v1/...`, described at `/openapi.json`."""
    app = FastAPI(
        title="vigie",
        version=__version__,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        description="Which sea container to scan, why, what was found. Sign in with a session token as bearer token.",
    )
    app.state.node = node
    app.add_exception_handler(VigieError, on_error)
    for part in (arrivals.api, risk.api, selection.api, inspections.api, audit.api):
        app.include_router(part, prefix="/v1")
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


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
        parts.setdefault("schemas", {}).update(components(SHOWN))
        parts["securitySchemes"] = {"session": {"type": "http", "scheme": "bearer"}}
        told["security"] = [{"session": []}]
        app.openapi_schema = told
    return app.openapi_schema
