from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from tests.desk.port import NOW, VISIT, a_consignment, bay_plan, discharge, manifest, numbers, rules, take_in

from vigie.arrivals import read, split
from vigie.desk.helping import made_of, made_packed, pack_ask, read_packed, unpack_reading
from vigie.desk.told import packed
from vigie.terms import DAY, Handling, Moment, OfficerId
from vigie.tracking import WatchAction, WatchEntry, WatchList


def test_what_is_read_elsewhere_is_what_is_read_here():
    parts = [part for body in (manifest(*(a_consignment(box, box) for box in numbers(3))), bay_plan(), discharge())
             for part in split(BytesIO(body))]  # fmt: skip
    assert [unpack_reading(told) for told in read_packed([packed(part) for part in parts])] == [read(p) for p in parts]


@given(st.binary(max_size=40))
def test_bytes_that_are_no_part_are_left_to_be_set_aside(body):
    (told,) = read_packed([body])
    assert told is None or unpack_reading(told) is not None


def test_what_is_judged_elsewhere_is_what_is_judged_here(node):
    take_in(node, manifest(), discharge())
    visit = node.store.visits.get([VISIT])[VISIT].visit
    vector = node.store.assessments.latest([VISIT])[VISIT].features
    listed = WatchList("l", "L", OfficerId("bob"), "tip", Moment(NOW + DAY), Handling.AMBER, WatchAction.MANDATORY)
    for hits in ((), ((listed, WatchEntry("container", visit.container)),)):
        ask = (visit, vector, NOW, hits)
        here = made_of(ask, rules())
        (there,) = made_packed([pack_ask(ask)], rules())
        assert type(here)(*there) == here
        assert here.mandatory is bool(hits)
