"""What simulation asks of columns, and what differs between two policies."""

import msgspec

from vigie.risk import Moved, Policy, Slots, differing, flags_sql, load_catalogue, starts_sql, weights_of
from vigie.risk.simulation import named
from vigie.terms import Moment

ALL = load_catalogue().in_force(Moment(1_800_000_000_000_000))


def test_an_edited_an_added_and_a_dropped_indicator_differ():
    edited = msgspec.structs.replace(ALL[0], expression="landed")
    added = msgspec.structs.replace(ALL[1], id="NEW")
    after = Policy((edited, *ALL[1:-1], added))
    assert set(differing(Policy(ALL), after)) == {ALL[0].id, ALL[-1].id, "NEW"}
    assert differing(Policy(ALL), Policy(ALL)) == ()


def test_flags_and_starts_are_one_column_each():
    assert flags_sql(ALL[:2], "rows").count(" AS f") == 2
    assert starts_sql(Policy(ALL), "rows").endswith("AS prior_milli FROM rows")
    assert named(["a", "b"]) == '"a", "b"'


def test_weights_of_columns_are_named_as_the_score_wants_them():
    places = {one.id: place for place, one in enumerate(ALL)}
    assert weights_of(Policy(ALL)) == {f"w{places['WL-W']}": "watch_weight_milli"}


def test_a_shift_has_the_slots_of_its_scanners():
    assert Slots("BEANR", "early", 0, 1, {"A": 3, "B": 4}).slots == 7


def test_a_box_that_only_others_moved_was_pushed():
    still = Moved("V-1", "BEANR", "early", "EC", 5, 5, False, (), ())
    assert still.pushed
    assert not msgspec.structs.replace(still, gained=("C7",)).pushed
    assert not msgspec.structs.replace(still, after_milli=6).pushed
