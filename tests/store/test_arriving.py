"""What is fetched piece by piece lies sealed, goes on where it stopped, and goes when nobody wants it."""

import pytest

from vigie.store import Arriving
from vigie.terms import StoreFault

NAME, OTHER = "ab" * 32, "cd" * 32
BODY = b"SECRETPAYLOAD" * 1000


@pytest.mark.parametrize("piece", [1, 16, 777])
def test_pieces_come_together_over_a_restart(tmp_path, piece):
    body = BODY[: 40 * piece + 5]
    for place in range(0, len(body), piece):
        Arriving(tmp_path / "a", bytes(32)).add(NAME, body[place : place + piece])
    there = Arriving(tmp_path / "a", bytes(32))
    assert (there.size(NAME), there.size(OTHER)) == (len(body), 0)
    assert there.whole(NAME) == body


def test_nobody_reads_it_from_the_disk_and_the_same_bytes_never_lie_there_twice(tmp_path):
    there = Arriving(tmp_path / "a", bytes(32))
    seen = []
    for _ in range(2):
        there.add(NAME, BODY)
        seen.append((tmp_path / "a" / f"{NAME}.part").read_bytes())
        there.remove(NAME)
    assert b"SECRET" not in seen[0]
    assert seen[0][16:] != seen[1][16:]


def test_a_torn_nonce_begins_again(tmp_path):
    there = Arriving(tmp_path / "a", bytes(32))
    there.add(NAME, b"x")
    (tmp_path / "a" / f"{NAME}.part").write_bytes(b"torn")
    assert there.size(NAME) == 0
    there.add(NAME, b"whole")
    assert there.whole(NAME) == b"whole"


def test_what_is_not_wanted_goes(tmp_path):
    there = Arriving(tmp_path / "a", bytes(32))
    assert there.keep_only([]) == 0
    for name in (NAME, OTHER):
        there.add(name, b"x")
    assert there.keep_only([OTHER]) == 1
    assert (there.size(NAME), there.size(OTHER)) == (0, 1)


@pytest.mark.parametrize("name", ["../" + "a" * 61, "A" * 64, "a" * 63, "", "/etc/passwd"])
def test_a_road_is_no_name(tmp_path, name):
    there = Arriving(tmp_path, bytes(32))
    for act in (there.size, there.remove, there.whole, lambda told: there.add(told, b"x")):
        with pytest.raises(StoreFault):
            act(name)
