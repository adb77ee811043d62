"""Pictures as they are kept: a master without loss, a smaller copy that keeps within a quarter of the noise, a preview.

The master is JPEG-LS (ISO/IEC 14495-1), by picture. Counts of many detectors leave values out (photons times a gain):
where that is so, the values are numbered without gaps first, which costs 8 kB at most and saves up to a tenth. ADR 0039
says what else was measured, and what is not worth its time.
"""

import zlib
from typing import TYPE_CHECKING

import imagecodecs
import msgspec
import numpy as np

from vigie.scanning.xray.dicos_pixels import jpegls, stream_size
from vigie.scanning.xray.formats import BadScan
from vigie.scanning.xray.mark import refuse_projected
from vigie.scanning.xray.noise import noise_gain
from vigie.scanning.xray.pixels import pixel_hash
from vigie.scanning.xray.scan import LARGEST_PIXELS, Scan, ScanFacts

if TYPE_CHECKING:
    from numpy import uint8, uint16
    from numpy.typing import NDArray

SIGMA_SHARE = 0.25
"""Largest error of the companded copy, in standard deviations of the noise of the same pixel.

Source: reference page scan, section 2: at a quarter the copy is a third of the master, and nothing of the load is lost.
"""

PREVIEW_COLUMNS = 1600
"""Widest preview, in pixels: a wide screen; a wider picture is halved until it fits."""

_VALUES = 1 << 16
_SPARSE = 1.35  # values up to the largest, for each that occurs: numbered from there on; chance alone leaves 1.1 to 1.3
_GREY_G = 0.003  # of the air: what lets less through is black in the preview (nearly 6 e-folds)
_WEBP = 60  # quality of 100: beyond it the bytes go into noise
_EFFORT = 1  # of 6: 12 ms and 21 kB for 600 x 1500; the usual 4 takes 50 ms and saves 6 kB
_VERSION = 1


class Coded(msgspec.Struct, frozen=True, omit_defaults=True):
    """One picture. rows, columns: Its size. body: JPEG-LS. values: Which values occur, one bit each; empty: all.

    levels: Of a companded picture, its levels of count as rising differences; empty for one without loss.
    """

    rows: int
    columns: int
    body: bytes
    values: bytes = b""
    levels: bytes = b""


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """A master or a companded copy. facts: How it was taken. pictures: High, low. of: Hash of the master's pixels."""

    version: int
    facts: ScanFacts
    pictures: tuple[Coded, ...]
    of: str = ""


_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Kept)


def master_of(scan: Scan) -> bytes:
    """Encode a scan without loss.

    Raises:
        ProjectedScan: A threat was laid into it for training.
    """
    refuse_projected(scan)
    pictures = (scan.high,) if scan.low is None else (scan.high, scan.low)
    return _encode(Kept(_VERSION, scan.facts, tuple(coded(one) for one in pictures)))


def coded(picture: "NDArray[uint16]") -> Coded:
    """Encode one picture without loss, with its values numbered where many are left out."""
    seen = np.zeros(_VALUES, bool)
    seen[picture.ravel()] = True
    top = int(picture.max(initial=0))
    if top + 1 < _SPARSE * int(seen.sum()):
        return _plain(picture, jpegls(np.ascontiguousarray(picture)))
    number = (np.cumsum(seen) - 1).clip(0).astype(np.uint16)
    values = zlib.compress(np.packbits(seen).tobytes(), 6)
    dense, plain = jpegls(number[picture]), jpegls(np.ascontiguousarray(picture))
    if len(plain) <= len(dense) + len(values):
        return _plain(picture, plain)
    return _plain(picture, dense, values)


def _plain(picture: "NDArray[uint16]", body: bytes, values: bytes = b"", levels: bytes = b"") -> Coded:
    return Coded(int(picture.shape[0]), int(picture.shape[1]), body, values, levels)


def scan_of(body: bytes) -> Scan:
    """Decode a master, to the last count; or a companded copy, to the middle of its levels.

    Raises:
        BadScan: Damaged, or of a newer version.
    """
    try:
        kept = _decode.decode(body)
        if kept.version != _VERSION or not 1 <= len(kept.pictures) <= 2:
            raise BadScan(reason="scan-file-damaged", error="version")
        pictures = [_decoded(one) for one in kept.pictures]
    except BadScan:
        raise
    except Exception as fault:  # noqa: BLE001 -- codecs raise whatever a damaged stream makes them meet
        raise BadScan(reason="scan-file-damaged", error=type(fault).__name__) from None
    return Scan(facts=kept.facts, high=pictures[0], low=pictures[1] if len(pictures) > 1 else None)


def picture_of(body: bytes, energy: int) -> "NDArray[uint16] | None":
    """Decode one picture of a master alone, which halves the time until it can be shown.

    Args:
        energy: 0 for the high one, 1 for the low one; None comes back where there is none.

    Raises:
        BadScan: Damaged, or of a newer version.
    """
    try:
        kept = _decode.decode(body)
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise BadScan(reason="scan-file-damaged", error="header") from None
    if kept.version != _VERSION or energy >= len(kept.pictures):
        return None
    return _decoded(kept.pictures[energy])


def _decoded(one: Coded) -> "NDArray[uint16]":
    if one.rows * one.columns > LARGEST_PIXELS or stream_size(one.body) != (one.rows, one.columns):
        raise BadScan(reason="scan-file-damaged", error="size")
    picture = np.asarray(imagecodecs.jpegls_decode(one.body)).astype(np.uint16, copy=False)
    if one.levels:
        levels = np.frombuffer(_unpacked(one.levels, 2 * _VALUES), "<u2")
        return np.cumsum(levels, dtype=np.uint32).astype(np.uint16)[picture]
    if one.values:
        seen = np.unpackbits(np.frombuffer(_unpacked(one.values, _VALUES // 8), np.uint8))
        return np.flatnonzero(seen).astype(np.uint16)[picture]
    return picture


def _unpacked(body: bytes, most: int) -> bytes:
    return zlib.decompressobj().decompress(body, most)


def levels_of(gain: float, dark: int = 0, share: float = SIGMA_SHARE) -> "tuple[NDArray[uint16], NDArray[uint16]]":
    """The levels of companding: count to level, and level to count.

    Each level stands for a run of counts of which none is farther from its middle than `share` of the noise at the
    run's lowest count. Where the noise is below some counts, each count has a level of its own.
    """
    index, count = np.zeros(_VALUES, np.uint16), 0
    middle: list[int] = []
    while count < _VALUES:
        reach = int(share * (gain * max(count - dark, 0)) ** 0.5)
        end = min(count + 2 * reach, _VALUES - 1)
        index[count : end + 1] = len(middle)
        middle.append((count + end) // 2)
        count = end + 1
    return index, np.array(middle, np.uint16)


def companded_of(scan: Scan, share: float = SIGMA_SHARE) -> bytes:
    """Encode a copy for triage and for sending: no count is farther off than `share` of its noise.

    It carries the hash of the master's pixels, which stay where they were taken.
    """
    pictures = (scan.high,) if scan.low is None else (scan.high, scan.low)
    darks = (*scan.facts.dark, 0, 0)
    made = []
    for picture, dark in zip(pictures, darks, strict=False):
        index, middle = levels_of(noise_gain(picture, dark), dark, share)
        told = np.diff(middle.astype(np.int32), prepend=0).astype("<u2").tobytes()
        made.append(_plain(picture, jpegls(index[picture]), levels=zlib.compress(told, 6)))
    return _encode(Kept(_VERSION, scan.facts, tuple(made), pixel_hash(scan)))


def master_hash(body: bytes) -> str:
    """The hash of the master's pixels that a companded copy carries; empty for a master.

    Raises:
        BadScan: Damaged.
    """
    try:
        return _decode.decode(body).of
    except (msgspec.DecodeError, msgspec.ValidationError):
        raise BadScan(reason="scan-file-damaged", error="header") from None


def grey_of(scan: Scan) -> "NDArray[uint8]":
    """The high picture in 8 bits, dark where little comes through: the logarithm of what does, air white."""
    air, dark = scan.facts.air[0], scan.facts.dark[0] if scan.facts.dark else 0
    through = np.clip((np.arange(_VALUES, dtype=np.float64) - dark) / (air - dark), _GREY_G, 1.0)
    table = np.round(255 * (1 - np.log(through) / np.log(_GREY_G))).astype(np.uint8)
    picture: NDArray[uint8] = table[scan.high]
    while picture.shape[1] > PREVIEW_COLUMNS:
        rows, columns = picture.shape[0] // 2, picture.shape[1] // 2
        four = picture[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2)
        picture = four.mean(axis=(1, 3)).round().astype(np.uint8)
    return picture


PREVIEW_MEDIA = "image/webp"


def preview_of(scan: Scan) -> bytes:
    """A small picture for lists and for the first moment of a page: WebP, 8 bits, at most 1,600 columns."""
    grey = np.repeat(grey_of(scan)[:, :, None], 3, axis=2)
    return bytes(imagecodecs.webp_encode(grey, level=_WEBP, lossless=False, method=_EFFORT))


def frame_of(picture: "NDArray[uint16]") -> bytes:
    """A picture for a browser, without loss, that needs no decoder of its own there.

    Raw deflate of the low bytes of all pixels, row by row, then of all high bytes; each pixel as its difference to the
    one on its left, modulo 65,536, the first of a row to 0.
    """
    grid = np.ascontiguousarray(picture, dtype=np.uint16)
    step = np.diff(grid, axis=1, prepend=np.zeros((grid.shape[0], 1), np.uint16))
    planes = (step & 0xFF).astype(np.uint8).tobytes() + (step >> 8).astype(np.uint8).tobytes()
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return packer.compress(planes) + packer.flush()


def picture_of_frame(body: bytes, rows: int, columns: int) -> "NDArray[uint16]":
    """Undo `frame_of`, as a browser does.

    Raises:
        BadScan: It has another size.
    """
    planes = zlib.decompressobj(-15).decompress(body, 2 * rows * columns + 1)
    if len(planes) != 2 * rows * columns:
        raise BadScan(reason="scan-file-damaged", error="size")
    bytes_of = np.frombuffer(planes, np.uint8).astype(np.uint16).reshape(2, rows, columns)
    return np.asarray(np.cumsum(bytes_of[0] | bytes_of[1] << 8, axis=1, dtype=np.uint16))
