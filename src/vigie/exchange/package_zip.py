"""The ZIP file of a package: written alike every time, read without trust in anything it says of itself."""

import io
import struct
import zipfile
import zlib

from vigie.exchange.refusals import Why, refuse

MOST_PACKAGE = 256 * 1024 * 1024
"""Most bytes of a package, packed or unpacked: about a hundred scans with their masters (2.3 MB a pair, measured)."""
MOST_FILES = 2_100
TOP = "vigie-package/"
"""The one folder at the top, which BagIt asks for in an archive."""
_THEN = (1980, 1, 1, 0, 0, 0)  # ZIP's first day: the file says nothing of when it was written, the crate does
_LINK, _KIND, _ENCRYPTED = 0o120000, 0o170000, 0x1
_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, ValueError,
    OverflowError,
)  # fmt: skip


def written(files: dict[str, bytes]) -> bytes:
    """Files by name as one ZIP; nothing is compressed, for pictures and models are already.

    Raises:
        ExchangeRefused: More bytes than a package may have.
    """
    if sum(map(len, files.values())) > MOST_PACKAGE:
        refuse(Why.OVERSIZE)
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as made:
        for name, body in files.items():
            made.writestr(zipfile.ZipInfo(TOP + name, _THEN), body)
    return into.getvalue()


def read(raw: bytes) -> dict[str, bytes]:
    """The files of a ZIP by their name below its top folder; sizes are looked at before anything is unpacked.

    Raises:
        ExchangeRefused: No ZIP, too large, encrypted, a link, a name twice, or a name outside the top folder.
    """
    if len(raw) > MOST_PACKAGE:
        refuse(Why.OVERSIZE)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as told:
            return _unpacked(told)
    except _FAULTS:
        refuse(Why.BAD_PACKAGE, place="zip")


def _unpacked(told: zipfile.ZipFile) -> dict[str, bytes]:
    entries = told.infolist()
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_PACKAGE:
        refuse(Why.OVERSIZE)
    files: dict[str, bytes] = {}
    for one in entries:
        name = _name(one)
        if name in files:
            refuse(Why.BAD_PACKAGE, place="names")
        with told.open(one) as opened:
            body = opened.read(one.file_size + 1)
        if len(body) != one.file_size:
            refuse(Why.BAD_PACKAGE, place="zip")
        files[name] = body
    return files


def _name(one: zipfile.ZipInfo) -> str:
    if one.flag_bits & _ENCRYPTED or (one.external_attr >> 16) & _KIND == _LINK:
        refuse(Why.BAD_PACKAGE, place="zip")
    if not one.filename.startswith(TOP) or one.orig_filename != one.filename:
        refuse(Why.BAD_NAME)
    name = one.filename.removeprefix(TOP)
    inner = name.removeprefix("data/")
    if not inner or "/" in inner or "\\" in inner:
        refuse(Why.BAD_NAME)
    return name
