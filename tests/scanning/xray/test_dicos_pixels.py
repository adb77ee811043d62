import imagecodecs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGLosslessSV1, JPEGLSLossless, RLELossless

from vigie.scanning import DICOS_SYNTAXES, BadScan
from vigie.scanning.xray.dicos_pixels import PLAIN, decode, encode, jpegls, stream_size


@given(st.integers(8, 50), st.integers(8, 50), st.integers(0, 2**32 - 1), st.sampled_from(sorted(DICOS_SYNTAXES)))
def test_every_syntax_gives_back_every_count(rows, columns, seed, name):
    picture = np.random.default_rng(seed).integers(0, 65_536, (rows, columns), dtype=np.uint16)
    syntax = DICOS_SYNTAXES[name]
    body = encode(picture, syntax)
    assert np.array_equal(decode(body if syntax in PLAIN else encapsulate([body]), syntax, rows, columns), picture)


def test_run_lengths_are_read():
    picture = np.random.default_rng(1).integers(0, 900, (30, 40)).astype(np.uint16)
    planes = [imagecodecs.packbits_encode((picture >> shift & 0xFF).astype(np.uint8).tobytes()) for shift in (8, 0)]
    head = b"".join(one.to_bytes(4, "little") for one in (2, 64, 64 + len(planes[0]), *[0] * 13))
    body = encapsulate([head + b"".join(planes)])
    assert np.array_equal(decode(body, RLELossless, 30, 40), picture)


@pytest.mark.parametrize("syntax", [JPEGLSLossless, JPEGLosslessSV1])
@pytest.mark.parametrize("cut", [4, 10, 100, 600])
def test_a_stream_that_is_cut_off_is_never_filled_up(syntax, cut):
    picture = np.random.default_rng(1).integers(0, 5_000, (40, 40)).astype(np.uint16)
    with pytest.raises(BadScan, match="scan-file-damaged"):
        decode(encapsulate([encode(picture, syntax)[:-cut]]), syntax, 40, 40)


def test_a_stream_of_another_size_is_refused_before_decoding():
    body = bytearray(jpegls(np.zeros((40, 40), np.uint16)))
    place = body.index(b"\xff\xf7")
    body[place + 5 : place + 9] = b"\xff\xff\xff\xff"
    assert stream_size(bytes(body)) == (65_535, 65_535)
    with pytest.raises(BadScan, match="scan-file-damaged"):
        decode(encapsulate([bytes(body)]), JPEGLSLossless, 40, 40)


def test_sizes_are_read_off_the_head():
    picture = np.zeros((33, 44), np.uint16)
    for syntax in DICOS_SYNTAXES.values():
        if syntax not in PLAIN:
            assert stream_size(encode(picture, syntax)) == (33, 44)
    assert stream_size(b"") is None
    assert stream_size(b"\xff\xd8\xff\xff") is None


def test_what_is_not_read_is_refused():
    with pytest.raises(BadScan, match="scan-transfer-syntax"):
        decode(b"", "1.2.840.10008.1.2.1.99", 10, 10)
    with pytest.raises(BadScan, match="scan-too-many-pixels"):
        decode(b"", DICOS_SYNTAXES["explicit"], 65_535, 65_535)
    with pytest.raises(BadScan, match="scan-file-damaged"):
        decode(b"\0" * 10, DICOS_SYNTAXES["explicit"], 10, 10)
