"""What a browser asks for decides the language of a page before anybody is signed in."""

import pytest
from starlette.requests import Request

from vigie.console.refusals import status_of, wanted_language
from vigie.terms import BadRequest, Conflict, NotForYou, NotFound


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("nl-BE,nl;q=0.9,fr;q=0.8", "nl"),
        ("de,fr;q=0.7,en;q=0.9", "en"),
        ("pt-BR", "pt"),
        ("xx", "en"),
        ("", "en"),
        ("es;q=oops,fr", "fr"),
    ],
)
def test_the_first_language_we_speak(asked: str, spoken: str) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", asked.encode())]})
    assert wanted_language(request) == spoken


def test_what_may_not_be_seen_looks_like_what_is_absent() -> None:
    assert status_of(NotForYou()) == status_of(NotFound()) == 404
    assert status_of(Conflict()) == 409
    assert status_of(BadRequest(field="reason")) == 422
