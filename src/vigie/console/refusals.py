"""What the console answers when the desk says no: a page in the officer's language and a status."""

from starlette.requests import Request

from vigie.terms import Language, VigieError

STATUS = {
    "not-for-you": 404,
    "not-found": 404,
    "conflict": 409,
    "training-under-way": 409,
    "errand-under-way": 409,
    "erased": 410,
    "own-work": 403,
    "store-fault": 503,
}
"""HTTP status of each error code; every other one is something the officer can put right: 422. A refusal does not tell
whether the thing exists, so it looks like one that is absent."""


def status_of(error: VigieError) -> int:
    """The HTTP status of an error."""
    return STATUS.get(error.code, 422)


def wanted_language(request: Request) -> str:
    """The language a browser asks for, as far as the node speaks it; English otherwise."""
    known = {str(language) for language in Language}
    asked: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            rank = float(weight or 1)
        except ValueError:
            rank = 0.0
        asked.append((-rank, tag[:2].lower()))
    return next((tag for _, tag in sorted(asked, key=lambda one: one[0]) if tag in known), "en")
