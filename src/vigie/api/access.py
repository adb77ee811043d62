"""Who asks: the session of the console's cookie, or the same session as a bearer token."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request

from vigie.node import Node
from vigie.terms import Officer

COOKIE_NAMES = ("__Host-vigie", "vigie")
"""The session cookie over HTTPS, and over plain HTTP on this machine (a `__Host-` cookie needs HTTPS)."""


def node_of(request: Request) -> Node:
    """The node this application serves."""
    node: Node = request.app.state.node
    return node


def signed_in(request: Request) -> Officer:
    """The officer of the request's session.

    Raises:
        HTTPException: 401 where there is no session, it has ended, or it was closed.
    """
    from vigie.desk import officers

    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    tokens = [bearer.strip()] if kind.lower() == "bearer" else [request.cookies.get(name, "") for name in COOKIE_NAMES]
    for token in filter(None, tokens):
        session = officers.session(token, node_of(request))
        if session is not None:
            return session.officer
    raise HTTPException(401, "sign in first", {"WWW-Authenticate": "Bearer"})


Caller = Annotated[Officer, Depends(signed_in)]
Served = Annotated[Node, Depends(node_of)]
