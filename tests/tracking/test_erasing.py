"""Erasures and stones are values: they travel as JSON and come back equal."""

import msgspec

from vigie.terms import Moment, VisitId
from vigie.tracking import Erasing, Stone


def test_they_come_back_as_they_went():
    for told in (
        Erasing(Moment(7), "asked", "box", "X-1", "ada", Moment(7), Moment(7)),
        Stone(VisitId("X-1"), "BEANR", 2, Moment(7), Moment(9)),
    ):
        assert msgspec.json.decode(msgspec.json.encode(told), type=type(told)) == told
