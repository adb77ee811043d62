"""A bank of harmless loads knows its own and finds what is unlike; a file that is no bank is refused."""

import msgspec
import numpy as np
import pytest

from vigie.scanning.xray.anomaly import BadBank, make_bank, read_bank, squares_of, unlike, write_bank
from vigie.scanning.xray.grid import Grid


def load(seed, block=0.0):
    draw = np.random.default_rng(seed)
    density = 25 + 1.5 * draw.standard_normal((288, 608)) + 4 * np.sin(np.arange(608) / 6)[None]
    density[100:150, 300:370] += block
    return Grid((0, 0, 608, 288), density.astype(np.float32), np.zeros((144, 304), np.float32))


BANK = make_bank([("cartons", load(seed)) for seed in range(9)])


def test_a_block_makes_a_load_unlike_and_is_where_it_is_said():
    clean, _ = unlike(BANK, "cartons", load(50))
    strange, (left, top, _, _) = unlike(BANK, "cartons", load(50, 15.0))
    assert clean < 4 < strange
    assert (abs(left - 320) < 90, abs(top - 110) < 70) == (True, True)


def test_an_unknown_commodity_is_not_judged():
    assert unlike(BANK, "tiles", load(1)) is None


def test_a_bank_comes_back_from_its_bytes():
    assert read_bank(write_bank(BANK)) == BANK


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x80\x04K\x01.",
        msgspec.msgpack.encode({"middle": [1.0]}),
        write_bank(msgspec.structs.replace(BANK, squares={"cartons": b"\0" * 35})),
    ],
)
def test_what_is_no_bank_is_refused(body):
    with pytest.raises(BadBank):
        read_bank(body)


def test_features_are_finite_in_air_too():
    empty = Grid((0, 0, 608, 288), np.zeros((288, 608), np.float32), None)
    assert np.isfinite(squares_of(empty)).all()
