"""Files that a command is given: opened one after the other, however many there are."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from vigie.terms import BadRequest


def streams(paths: Iterable[Path], unread: list[tuple[str, str]] | None = None) -> Iterator[tuple[str, BinaryIO]]:
    """Open files one after the other; a folder stands for all files in it, in the order of their names.

    Args:
        unread: Takes the names of what cannot be opened, each with the system's word on why; the others are read all
            the same. Also a folder without any file, with no word.
    """
    unread = [] if unread is None else unread
    for path in paths:
        try:
            files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        except OSError as error:
            unread.append((path.name, error.strerror or ""))
            continue
        if not files:
            unread.append((path.name, ""))
        for file in files:
            try:
                stream = file.open("rb")
            except OSError as error:
                unread.append((file.name, error.strerror or ""))
                continue
            with stream:
                yield file.name, stream


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        BadRequest: It is none.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise BadRequest(reason="not-toml") from None


def put(path: Path, body: bytes) -> None:
    """Write a file whole or not at all: a run that is cut short leaves what was there.

    Raises:
        BadRequest: It cannot be written there.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(body)
        beside.replace(path)
    except OSError as fault:
        raise BadRequest(reason="file-cannot-be-written", file=path.name, why=fault.strerror or "") from None
