"""Who is asking: the session cookie, the door in and out, and the officer's preferences."""

from typing import TYPE_CHECKING

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vigie.console.pages import Asked, Pages, back, done
from vigie.console.refusals import status_of, wanted_language
from vigie.desk import officers, today
from vigie.desk.views import Session
from vigie.terms import Language, OfficerId, VigieError, datetime_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from vigie.node import Node

    Handler = Callable[[Asked, Pages], Response]
    Endpoint = Callable[[Request], Awaitable[Response]]

LARGEST_FIELD = 4 * 1024 * 1024  # bytes: a watch list of 50,000 lines fits
THEMES = ("auto", "light", "dark")


def cookie_name(request: Request) -> str:
    """The session cookie; over TLS with the prefix that binds it to this host alone (RFC 6265bis)."""
    return "__Host-vigie" if request.url.scheme == "https" else "vigie"


def let_in(request: Request, session: Session, where: str) -> Response:
    """Answer with the session's cookie."""
    answer = RedirectResponse(where, status_code=303)
    answer.set_cookie(
        cookie_name(request),
        session.token,
        expires=datetime_of(session.expires),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
    return answer


def who_asks(request: Request, form: FormData, node: "Node") -> Asked | None:
    """Find the session of a request; None where nobody is signed in."""
    token = request.cookies.get(cookie_name(request), "")
    session = officers.session(token, node) if token else None
    if session is None:
        return None
    liked = officers.preferences(session.officer, node)
    officer = msgspec.structs.replace(session.officer, language=str(liked.language))
    return Asked(request, node, officer, today.frame(officer, node), liked, form, token)


def signed_in(handler: "Handler", node: "Node", pages: Pages, files: int = 1) -> "Endpoint":
    """Make an endpoint of a handler: only for officers, in a thread, its refusals turned into pages.

    Args:
        files: How many files its form may bring.
    """

    def answer(request: Request, form: FormData) -> Response:
        asked = who_asks(request, form, node)
        if asked is None:
            if request.headers.get("hx-request"):
                return Response(status_code=401, headers={"hx-redirect": "/sign-in"})
            return RedirectResponse("/sign-in", status_code=303)
        try:
            return handler(asked, pages)
        except VigieError as error:
            return refused(asked, pages, error)

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=files, max_fields=2000, max_part_size=LARGEST_FIELD) as form:
            return await run_in_threadpool(answer, request, form)

    return endpoint


def refused(asked: Asked, pages: Pages, error: VigieError) -> Response:
    """The page that says why not."""
    status = status_of(error)
    if asked.is_partial:
        answer = pages.fragment(asked, "refused_part.html", error=error)
    else:
        answer = pages.page(asked, "refused.html", error=error, code=status)
    answer.status_code = status
    return answer


async def sign_in_page(request: Request, node: "Node", pages: Pages) -> Response:
    """Show the door. The link itself changes nothing: programs that look at links must not use it up."""
    language = wanted_language(request)
    token = request.path_params.get("token", "")
    if request.method == "GET":
        return pages.bare("sign_in.html", language, token=token, worthless=False)
    try:
        session = await run_in_threadpool(officers.sign_in, token, node)
    except VigieError:
        return pages.bare("sign_in.html", language, status=403, token="", worthless=True)
    return let_in(request, session, "/")


def sign_out(asked: Asked, pages: Pages) -> Response:
    """End the session."""
    officers.sign_out(asked.token, asked.node)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(cookie_name(asked.request), path="/")
    return answer


def switch(asked: Asked, pages: Pages) -> Response:
    """In the demonstration: go on as the other officer."""
    session = officers.switch(asked.token, OfficerId(asked.field("officer")), asked.node)
    return let_in(asked.request, session, "/")


def prefer(asked: Asked, pages: Pages) -> Response:
    """Keep language, theme and keys."""
    liked = asked.preferences
    language = asked.field("language")
    theme = asked.field("theme")
    keys = asked.field("keys")
    liked = msgspec.structs.replace(
        liked,
        language=Language(language) if language in {str(one) for one in Language} else liked.language,
        theme=theme if theme in THEMES else liked.theme,
        keys=liked.keys | {"all": keys} if keys in {"on", "off"} else liked.keys,
    )
    officers.prefer(asked.officer, liked, asked.node)
    return done(back(asked, "/"))
