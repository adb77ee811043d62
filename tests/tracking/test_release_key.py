import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.terms import BadRequest, Moment
from vigie.tracking import KEY_BYTES, ReleaseKey, commitment_of, plate_of, read_key, seal_of, write_key
from vigie.tracking.release_key import opened_by

KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)


@given(KEYS, KEYS)
def test_two_keys_are_written_alike_only_if_they_are_the_same(one, other):
    assert (write_key(one) == write_key(other)) == (one == other)
    assert len(write_key(one)) == 19


@given(KEYS)
def test_a_key_is_read_however_people_type_it(drawn):
    key = write_key(drawn)
    typed = key.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_key(typed) == read_key(key) == key.replace("-", "")
    assert commitment_of(typed) == commitment_of(key)


def test_a_seal_hangs_on_key_and_secret_and_is_neither():
    seals = {seal_of(commitment_of(key), secret) for key in ("A", "B") for secret in (b"1" * 32, b"2" * 32)}
    assert len(seals) == 4
    assert commitment_of("A") not in seals
    for wrong in ("", "A" * 64, "0" * 63, "g" * 64):
        with pytest.raises(BadRequest):
            seal_of(wrong, b"1" * 32)


def test_a_plate_is_one_plate_however_it_is_written():
    assert plate_of("1-abc-234", b"s") == plate_of("1 ABC 234", b"s") != plate_of("1ABC235", b"s")
    assert plate_of(" - ", b"s") == ""


def test_the_key_of_a_seal_is_found_among_others():
    keys = [ReleaseKey(f"{n:064x}", "H", "p", Moment(0), Moment(1), "ann") for n in range(3)]
    assert opened_by(keys, f"{1:064x}") == keys[1]
    assert opened_by(keys, f"{9:064x}") is None
