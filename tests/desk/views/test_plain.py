import msgspec

from vigie.desk.views.plain import plain
from vigie.terms import Handling, Moment, Place


class Inner(msgspec.Struct):
    at: Moment | None
    count: int


class Outer(msgspec.Struct):
    at: Moment
    inner: tuple[Inner, ...]
    facts: dict[str, int]
    handling: Handling = Handling.AMBER


def test_moments_become_text_and_numbers_stay():
    view = Outer(Moment(0), (Inner(None, 3), Inner(Moment(1), 4)), {"a": 1})
    assert plain(view) == {
        "at": "1970-01-01T00:00:00Z",
        "inner": [{"at": None, "count": 3}, {"at": "1970-01-01T00:00:00.000001Z", "count": 4}],
        "facts": {"a": 1},
        "handling": Handling.AMBER,
    }


def test_every_row_has_the_same_keys():
    assert set(plain(Place())) == set(plain(Place(part="x", segment=1, path="y", offset=2)))
