"""Pixels of a DICOS picture, encoded and decoded: a stream's own head is read first, so that none decodes to more."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import imagecodecs
import numpy as np
from pydicom.encaps import generate_frames
from pydicom.uid import (
    HTJ2K,
    JPEG2000,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    HTJ2KLosslessRPCL,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    JPEGLSNearLossless,
    RLELossless,
)

from vigie.scanning.xray.formats import BadScan
from vigie.scanning.xray.scan import LARGEST_PIXELS

if TYPE_CHECKING:
    from numpy import uint16
    from numpy.typing import NDArray

PLAIN = (ImplicitVRLittleEndian, ExplicitVRLittleEndian)
_JPEG = (JPEGLossless, JPEGLosslessSV1, JPEGLSLossless, JPEGLSNearLossless)
_JPEG_2000 = (JPEG2000Lossless, JPEG2000, HTJ2KLossless, HTJ2KLosslessRPCL, HTJ2K)
READABLE = (*PLAIN, RLELossless, *_JPEG, *_JPEG_2000)
"""Transfer syntaxes that are read; deflated ones are not: they unpack before any size is known."""

DICOS_SYNTAXES = {"explicit": ExplicitVRLittleEndian, "jpeg-lossless": JPEGLosslessSV1, "jpeg-ls": JPEGLSLossless,
            "htj2k": HTJ2KLossless}  # fmt: skip
"""Transfer syntaxes that are written, by the names of commands. Toolkits of the trade read the first two."""

# High-throughput streams are decoded by OpenJPEG: OpenJPH fills a damaged picture up and says nothing.
_DECODERS: dict[str, Callable[[bytes], Any]] = {
    JPEGLossless: imagecodecs.ljpeg_decode, JPEGLosslessSV1: imagecodecs.ljpeg_decode,
    JPEGLSLossless: imagecodecs.jpegls_decode, JPEGLSNearLossless: imagecodecs.jpegls_decode,
    JPEG2000Lossless: imagecodecs.jpeg2k_decode, JPEG2000: imagecodecs.jpeg2k_decode,
    HTJ2KLossless: imagecodecs.jpeg2k_decode, HTJ2KLosslessRPCL: imagecodecs.jpeg2k_decode,
    HTJ2K: imagecodecs.jpeg2k_decode,
}  # fmt: skip
_ROOM = 1 << 16  # bytes beside twice the picture: head, and what small pictures need
_SOI, _SOD, _END = b"\xff\xd8", b"\xff\x4f", b"\xff\xd9"
_FRAMES = frozenset((0xC0, 0xC1, 0xC2, 0xC3, 0xF7))  # starts of a frame: baseline to lossless, JPEG-LS
_STANDALONE = frozenset((0x01, *range(0xD0, 0xDA)))


def jpegls(picture: "NDArray[uint16]") -> bytes:
    """Encode a picture as JPEG-LS without loss; noise may come to more bytes than it had, for which there is room."""
    return bytes(imagecodecs.jpegls_encode(picture, out=2 * picture.nbytes + _ROOM))


_ENCODERS: dict[str, Callable[[Any], bytes | bytearray]] = {
    JPEGLosslessSV1: imagecodecs.ljpeg_encode, JPEGLSLossless: jpegls,
    HTJ2KLossless: lambda picture: imagecodecs.htj2k_encode(picture, reversible=True),
}  # fmt: skip


def decode(body: bytes, syntax: str, rows: int, columns: int) -> "NDArray[uint16]":
    """Decode the pixel data of one picture.

    Args:
        body: As the element holds it. syntax: UID of its transfer syntax. rows, columns: As the data set says, checked
            to be at most `LARGEST_PIXELS` together.

    Raises:
        BadScan: Another syntax, a stream of another size, damaged.
    """
    if rows * columns > LARGEST_PIXELS:
        raise BadScan(reason="scan-too-many-pixels", rows=rows, columns=columns, most=LARGEST_PIXELS)
    if syntax in PLAIN:
        if len(body) < rows * columns * 2:
            raise BadScan(reason="scan-file-damaged", error="short")
        return np.frombuffer(body, "<u2", rows * columns).reshape(rows, columns).astype(np.uint16)
    if syntax not in READABLE:
        raise BadScan(reason="scan-transfer-syntax", syntax=str(syntax)[:64])
    try:
        frame = next(generate_frames(body, number_of_frames=1))
        picture = _run_lengths(frame, rows, columns) if syntax == RLELossless else _stream(frame, syntax, rows, columns)
    except BadScan:
        raise
    except MemoryError:
        raise BadScan(reason="scan-too-many-pixels", most=LARGEST_PIXELS) from None
    except Exception as fault:  # noqa: BLE001 -- codecs raise whatever a damaged stream makes them meet
        raise BadScan(reason="scan-file-damaged", error=type(fault).__name__) from None
    if picture.shape != (rows, columns) or picture.dtype != np.uint16:
        raise BadScan(reason="scan-not-16-bit")
    return picture


def _stream(frame: bytes, syntax: str, rows: int, columns: int) -> "NDArray[uint16]":
    if stream_size(frame) != (rows, columns):
        raise BadScan(reason="scan-file-damaged", error="size")
    if syntax in _JPEG and not frame.rstrip(b"\0").endswith(_END):  # one of the codecs fills up what is cut off
        raise BadScan(reason="scan-file-damaged", error="short")
    return np.asarray(_DECODERS[syntax](frame))


def stream_size(frame: bytes) -> tuple[int, int] | None:
    """Rows and columns of one plane of 16 bits or fewer, as the head of a JPEG stream says; None where it says another.

    Source: ISO/IEC 10918-1 B.2.2, ISO/IEC 14495-1 C.2.2, ISO/IEC 15444-1 A.5.1.
    """
    if frame[:2] == _SOD:
        return _tiled_size(frame)
    place = 2
    while frame[:2] == _SOI and place + 4 <= len(frame) and frame[place] == 0xFF:
        marker = frame[place + 1]
        if marker == 0xFF or marker in _STANDALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            told = frame[place + 4 : place + 10]
            planes, bits = (told[5], told[0]) if len(told) == 6 else (0, 0)
            return (int.from_bytes(told[1:3]), int.from_bytes(told[3:5])) if planes == 1 and bits <= 16 else None
        place += 2 + int.from_bytes(frame[place + 2 : place + 4])
    return None


def _tiled_size(frame: bytes) -> tuple[int, int] | None:
    """The size of a JPEG 2000 stream whose one tile is the picture, so that no tile decodes to more."""
    if frame[2:4] != b"\xff\x51" or len(frame) < 47:
        return None
    width, height, left, top, tile_width, tile_height = (
        int.from_bytes(frame[start : start + 4]) for start in range(8, 32, 4)
    )
    planes, bits = int.from_bytes(frame[40:42]), (frame[42] & 0x7F) + 1
    fits = left == top == 0 and tile_width <= max(width, 1 << 15) and tile_height <= max(height, 1 << 15)
    return (height, width) if planes == 1 and bits <= 16 and fits else None


def _run_lengths(frame: bytes, rows: int, columns: int) -> "NDArray[uint16]":
    """Unpack two planes of bytes, the high one first, never beyond their size. Source: DICOM PS3.5 annex G."""
    count = int.from_bytes(frame[:4], "little")
    starts = [int.from_bytes(frame[4 * place : 4 * place + 4], "little") for place in (1, 2)]
    if count != 2 or not 64 <= starts[0] <= starts[1] <= len(frame):
        raise BadScan(reason="scan-file-damaged", error="run-lengths")
    planes = []
    for start, end in ((starts[0], starts[1]), (starts[1], len(frame))):
        out = bytearray(rows * columns)
        imagecodecs.packbits_decode(frame[start:end], out=out)
        planes.append(np.frombuffer(out, np.uint8).astype(np.uint16))
    return np.asarray((planes[0] << 8 | planes[1]).reshape(rows, columns), dtype=np.uint16)


def encode(picture: "NDArray[uint16]", syntax: str) -> bytes:
    """Encode a picture without loss; the bytes of one frame."""
    if syntax in PLAIN:
        return picture.astype("<u2").tobytes()
    return bytes(_ENCODERS[syntax](np.ascontiguousarray(picture)))
