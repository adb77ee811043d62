"""Files that a command is given: opened one after the other, however many there are."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO


def streams(paths: Iterable[Path]) -> Iterator[tuple[str, BinaryIO]]:
    """Open files one after the other; a folder stands for all files in it, in the order of their names."""
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                with file.open("rb") as stream:
                    yield file.name, stream
