import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk import bodies_differ, vectors_differ

ROW = st.fixed_dictionaries({"indicator": st.sampled_from("ABC"), "handling": st.integers(0, 4), "weight": st.integers(0, 9)})
BODY = st.fixed_dictionaries({"score": st.integers(0, 3), "fired": st.lists(ROW, max_size=3, unique_by=lambda one: one["indicator"])})


@given(BODY, BODY)
def test_a_difference_is_named_exactly_where_there_is_one(one, other):
    kept, again = msgspec.json.encode(one), msgspec.json.encode(other)
    found = bodies_differ(kept, again)
    assert bool(found) == (kept != again)
    assert ("score" in {each.part for each in found}) == (one["score"] != other["score"])


def test_a_reason_that_differs_carries_its_handling_code():
    (one,) = bodies_differ(b'{"fired":[{"indicator":"P1","handling":3}]}', b'{"fired":[]}')
    assert (one.part, one.name, one.again, one.handling) == ("reason", "P1", "-", 3)


def test_the_order_of_reasons_counts():
    (one,) = bodies_differ(b'{"fired":[{"indicator":"A","handling":2},{"indicator":"B"}]}', b'{"fired":[{"indicator":"B"},{"indicator":"A","handling":2}]}')
    assert (one.part, one.kept, one.handling) == ("reason", '["A","B"]', 2)


def test_equal_fields_in_other_bytes_are_no_equality():
    assert [one.part for one in bodies_differ(b'{"a":1}', b'{"a": 1}')] == ["bytes"]


def test_vectors_are_compared_value_by_value():
    assert vectors_differ(("a", "b"), (1, None), (1, None)) == ()
    assert [(one.name, one.kept, one.again) for one in vectors_differ(("a", "b"), (1, None), (1, 2))] == [("b", "null", "2")]
    assert len(vectors_differ(("a", "b"), (1,), (1, 2))) == 1
