import json

import pytest

from vigie.api.errors import STATUSES, problem
from vigie.terms import BadRequest, NotForYou, VigieError


def every(kind=VigieError):
    for one in kind.__subclasses__():
        yield one
        yield from every(one)


@pytest.mark.parametrize("kind", list(STATUSES))
def test_an_error_is_a_problem_document(kind):
    told = problem(kind(reason="x"))
    body = json.loads(told.body)
    assert told.media_type == "application/problem+json"
    assert (body["status"], body["title"], body["facts"]) == (told.status_code, kind.code, {"reason": "x"})


def test_a_refusal_does_not_tell_whether_the_thing_exists():
    assert problem(NotForYou()).status_code == 403
    assert problem(BadRequest(reason="x")).status_code == 422
