import json

from vigie.api.answers import answer
from vigie.desk.views import ChainCheck, SignInLink
from vigie.terms import Moment, OfficerId


def test_moments_are_iso_8601_and_nothing_is_left_out():
    told = answer(SignInLink(OfficerId("ann"), "t", Moment(0)), 201)
    assert (told.status_code, told.media_type) == (201, "application/json")
    assert json.loads(told.body) == {"officer": "ann", "token": "t", "expires": "1970-01-01T00:00:00Z"}
    assert json.loads(answer((ChainCheck("log", 1, True),)).body) == [
        {"chain": "log", "entries": 1, "whole": True, "broken_at": None, "head": ""}
    ]
