"""What every answer carries, and which requests are not answered at all: headers and the guard against forged forms."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content security policy: nothing leaves the host, no inline script or style, no frame around a page.

Workers fall under what is said of scripts.
"""

ALWAYS = {"x-content-type-options": "nosniff"}
HEADERS = ALWAYS | {
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": POLICY,
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
PARTS = ("text/css", "text/javascript", "image/svg+xml", "application/vnd.pmtiles")
"""Kinds of our own files that are never a page, so that headers about pages would only weigh on the wire."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_forged(method: str, headers: Headers) -> bool:
    """Tell whether a request that changes something was made by another site's page.

    A browser says where a request comes from (Fetch Metadata); one that does not is judged by its Origin; what carries
    a cookie and says neither is refused.

    Source: W3C Fetch Metadata Request Headers; OWASP Cross-Site Request Forgery Prevention Cheat Sheet.
    """
    if method in SAFE:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != headers.get("host", "")
    return "cookie" in headers


class Guard:
    """ASGI layer around the pages: refuses forged requests and adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                part = headers.get("content-type", "").startswith(PARTS)
                for name, value in (ALWAYS if part else HEADERS).items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        if is_forged(scope["method"], Headers(scope=scope)):
            await PlainTextResponse("403", status_code=403)(scope, receive, sealed)
            return
        await self.app(scope, receive, sealed)
