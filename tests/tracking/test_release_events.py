import json

from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import Doubt, VisitId
from vigie.tracking import ReleaseState, ReleaseTold, mirror, read_events

EVENT = {"id": "e1", "type": "issued", "right": "42", "container": "csqu 305438-3", "at": "2026-03-02T06:00:00Z"}


def told(number, state, hour):
    body = EVENT | {"id": f"e{number}", "type": state, "at": f"2026-03-02T{hour:02}:00:00Z", "terminal": "1742"}
    (one,) = read_events(json.dumps(body).encode(), "portal")
    assert isinstance(one, ReleaseTold)
    return one


def walked(*states):
    right, codes = None, []
    for number, (state, hour) in enumerate(states):
        right, alerts = mirror(right, told(number, state, hour))
        codes += [one.code for one in alerts]
    return right, codes


def test_an_event_is_read_with_its_right_and_box():
    one = told(1, "issued", 6)
    assert (one.right, one.container, one.state, one.visit) == ("portal:42", "CSQU3054383", ReleaseState.ISSUED, VisitId(""))


def test_the_usual_way_tells_nothing_in_whatever_order_it_comes():
    way = [("issued", 6), ("transferred", 7), ("accepted", 8), ("key-issued", 9), ("presented", 10), ("picked-up", 11)]
    right, codes = walked(*way)
    assert (right.state, right.source, codes) == (ReleaseState.PICKED_UP, "portal", [])
    mixed, _ = walked(way[4], *way[:4], way[5])
    assert mixed.state is ReleaseState.PICKED_UP
    assert [one.at for one in mixed.steps] == [one.at for one in right.steps]


def test_what_is_out_of_the_ordinary_is_told():
    assert walked(("issued", 6), ("picked-up", 7))[1] == ["release-no-presentation"]
    assert walked(("presented", 6), ("presented", 7))[1] == ["release-replay"]
    assert walked(("refused", 6), ("presented", 7))[1] == ["release-second-attempt"]
    assert walked(("revoked", 6), ("presented", 7))[1] == ["release-revoked-tried"]
    assert walked(("revoked", 6), ("issued", 7))[1] == ["release-reissued"]


def test_what_cannot_be_read_is_a_doubt_at_its_place_and_the_rest_is_read():
    wrong = [EVENT | {"type": "stolen"}, EVENT | {"at": "soon"}, EVENT | {"container": ""}, {"id": 4}, 7, EVENT]
    found = list(read_events(json.dumps(wrong).encode(), "portal"))
    assert [one.place.segment for one in found if isinstance(one, Doubt)] == [1, 2, 3, 4, 5]
    assert isinstance(found[5], ReleaseTold)


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_doubted(body):
    for one in read_events(body, "portal"):
        assert isinstance(one, Doubt | ReleaseTold)
