from hypothesis import given
from hypothesis import strategies as st
from tests.arrivals.building import MOMENTS, a_part

from vigie.arrivals import Position
from vigie.arrivals.ais import read, write_ais
from vigie.arrivals.ais.bits import ALPHABET

_TEXT = st.text(ALPHABET.replace("@", ""), max_size=20).map(str.rstrip)


@given(st.lists(st.builds(
    Position, st.integers(0, 999_999_999).map("{:09d}".format), MOMENTS, lat_e6=st.integers(-9_000, 9_000).map(lambda n: n * 10_000),
    lon_e6=st.integers(-18_000, 18_000).map(lambda n: n * 10_000), speed_dkn=st.one_of(st.none(), st.integers(0, 1022)),
    course_ddeg=st.one_of(st.none(), st.integers(0, 3599))), max_size=4))
def test_a_position_comes_back(positions: list[Position]) -> None:
    reading = read(a_part(write_ais(positions), "ais"))
    assert (reading.rows, reading.doubts) == (tuple(positions), ())


@given(st.builds(
    Position, st.just("205344990"), MOMENTS, imo=st.sampled_from(["", "9074729"]), name=_TEXT.filter(bool),
    call_sign=_TEXT.map(lambda text: text[:7].rstrip()), destination=_TEXT, eta=st.sampled_from(["", "12-31 23:59"])))
def test_what_a_ship_says_of_itself_comes_back(position: Position) -> None:
    written = write_ais([position])
    assert all(len(line.rpartition(b"!")[2]) <= 81 for line in written.splitlines())
    assert read(a_part(written, "ais")).rows == (position,)
