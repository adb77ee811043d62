"""What a process that serves gives back: glibc keeps freed memory of every thread, unless it is told not to."""

import ctypes
from contextlib import suppress

_TRIM, _MMAP, _ARENAS = -1, -3, -8
"""Names of options. Source: glibc, malloc.h."""

LARGE = 1 << 19
"""A body of so many bytes is given back as soon as it is let go: pages have less, pictures and files more. Left alone,
glibc raises this bound to 32 MB with the first such body. Source: measured, ADR 0052."""

ARENAS = 2
"""Pools of memory that threads share, not eight for each core: one thread runs at a time. Source: as `LARGE`."""


def give_back() -> bool:
    """Have this process give freed memory back; False where the C library is another one, which is left alone."""
    with suppress(OSError, AttributeError):
        option = ctypes.CDLL(None).mallopt
        return all([option(_MMAP, LARGE), option(_TRIM, LARGE), option(_ARENAS, ARENAS)])
    return False
