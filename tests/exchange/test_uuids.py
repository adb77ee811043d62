"""UUIDs as text against the standard library's own."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from vigie.exchange.uuids import named_uuid, random_uuid


@given(st.binary(min_size=16, max_size=16), st.text(max_size=60).filter(lambda text: text.isprintable()))
def test_a_name_has_the_uuid_that_the_library_gives_it(space: bytes, name: str) -> None:
    assert named_uuid(space, name) == str(uuid5(UUID(bytes=space), name))


def test_random_ones_are_of_version_four_and_differ() -> None:
    drawn = {random_uuid() for _ in range(500)}
    assert len(drawn) == 500
    assert all(UUID(one).version == 4 and str(UUID(one)) == one for one in drawn)
