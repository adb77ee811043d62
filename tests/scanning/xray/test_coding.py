import imagecodecs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scanning.xray.pictures import AIR, PHOTONS, a_scan, same, some_facts

from vigie.scanning import (
    BadScan,
    Scan,
    companded_of,
    frame_of,
    master_hash,
    master_of,
    picture_of_frame,
    pixel_hash,
    preview_of,
    scan_of,
)
from vigie.scanning.xray.coding import SIGMA_SHARE, levels_of

_picture = st.tuples(st.integers(8, 40), st.integers(8, 40), st.integers(0, 2**32 - 1), st.sampled_from([1, 3, 7]))


def drawn(rows, columns, seed, step):
    """Counts of which only every `step`-th value occurs."""
    chance = np.random.default_rng(seed)
    return (chance.integers(0, 65_536 // step, (rows, columns)) * step).astype(np.uint16)


@given(_picture, st.booleans())
def test_the_master_gives_back_every_count_and_every_fact(told, two):
    high = drawn(*told)
    facts = some_facts(commodity="bananas")
    scan = Scan(facts=facts, high=high, low=drawn(*told[:2], told[2] + 1, told[3]) if two else None)
    back = scan_of(master_of(scan))
    assert same(back, scan)
    assert back.facts == facts


def test_the_master_is_no_larger_than_jpeg_ls():
    scan = a_scan()
    plain = len(imagecodecs.jpegls_encode(scan.high)) + len(imagecodecs.jpegls_encode(scan.low))
    assert len(master_of(scan)) < plain  # photons times a gain leave values out


def test_the_small_copy_stays_within_a_quarter_of_the_noise():
    scan = a_scan()
    body = companded_of(scan)
    copy = scan_of(body)
    for told, found in ((scan.high, copy.high), (scan.low, copy.low)):
        noise = np.sqrt(np.maximum(told.astype(float), 1.0) * (AIR / PHOTONS))
        assert float(np.max(np.abs(told.astype(float) - found) / noise)) <= SIGMA_SHARE
    plain = len(imagecodecs.jpegls_encode(scan.high)) + len(imagecodecs.jpegls_encode(scan.low))
    assert len(body) <= 0.4 * plain
    assert master_hash(body) == pixel_hash(scan) != ""
    assert master_hash(master_of(scan)) == ""


@given(st.floats(0, 60), st.integers(0, 500), st.floats(0.05, 0.5))
def test_no_level_is_farther_from_a_count_than_asked(gain, dark, share):
    index, middle = levels_of(gain, dark, share)
    counts = np.arange(65_536)
    error = np.abs(middle[index].astype(int) - counts)
    assert np.all(error <= share * np.sqrt(gain * np.maximum(counts - dark, 0)) + 1e-9)


@given(_picture)
def test_a_browser_gets_every_count(told):
    picture = drawn(*told)
    assert np.array_equal(picture_of_frame(frame_of(picture), *picture.shape), picture)


def test_a_frame_of_another_size_is_refused():
    with pytest.raises(BadScan):
        picture_of_frame(frame_of(np.zeros((9, 9), np.uint16)), 9, 10)


def test_a_preview_is_small_and_dark_where_matter_is():
    scan = a_scan()
    picture = imagecodecs.webp_decode(preview_of(scan))
    assert picture.shape[1] <= 1_600
    assert picture[2].mean() > 230  # air above
    assert picture[picture.shape[0] // 2].mean() < picture[2].mean() - 8


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(raw):
    with pytest.raises(BadScan):
        scan_of(raw)
