"""Who asks: the session of the console's cookie, or the same session as a bearer token."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.requests import HTTPConnection

from vigie.node import Node
from vigie.terms import Officer

COOKIE_NAMES = ("__Host-vigie", "vigie")
"""The session cookie over HTTPS, and over plain HTTP on this machine (a `__Host-` cookie needs HTTPS)."""


def node_of(request: Request) -> Node:
    """The node this application serves."""
    node: Node = request.app.state.node
    return node


def tokens_of(asked: HTTPConnection) -> tuple[str, ...]:
    """The tokens that are shown: the bearer's where there is one, else those of the console's cookies."""
    kind, _, bearer = asked.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return (bearer.strip(),)
    return tuple(asked.cookies.get(name, "") for name in COOKIE_NAMES)


def signed_in(request: Request) -> Officer:
    """The officer of the request's session.

    Raises:
        HTTPException: 401 where there is no session, it has ended, or it was closed.
    """
    from vigie.desk import officers

    for token in filter(None, tokens_of(request)):
        session = officers.session(token, node_of(request))
        if session is not None:
            return session.officer
    raise HTTPException(401, "sign in first", {"WWW-Authenticate": "Bearer"})


Caller = Annotated[Officer, Depends(signed_in)]
Served = Annotated[Node, Depends(node_of)]
