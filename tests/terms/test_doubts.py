import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import Doubt, Place

PLACES = st.builds(Place, part=st.text(max_size=5), segment=st.none() | st.integers(1, 10**9), path=st.text(max_size=5),
                   offset=st.none() | st.integers(0, 1 << 50))


@given(st.text(max_size=9), PLACES, st.dictionaries(st.text(max_size=4), st.none() | st.booleans() | st.integers(-9, 9) | st.text()))
def test_a_doubt_is_kept_as_it_is(code, place, facts):
    doubt = Doubt(code, place, facts)
    assert msgspec.json.decode(msgspec.json.encode(doubt), type=Doubt) == doubt


def test_what_is_not_said_takes_no_room():
    assert msgspec.json.encode(Doubt("x", Place())) == b'{"code":"x","place":{}}'
