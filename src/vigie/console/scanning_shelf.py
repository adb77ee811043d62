"""Pictures decoded ahead: of the scan whose page was just asked for, and of the one that is read next.

What lies here is given out only after the gate was asked, as if it had been decoded then; it is kept in memory alone.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

MOST_BYTES = 128_000_000
"""Of pictures together: twenty of 3000 by 1000. Source: own figure, beside 150 MB that a node rests at."""

Key = tuple[str, str]


class Shelf:
    """The pictures at hand, the oldest asked for going first. One thread decodes; safe for many that ask."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Key, Future[bytes | None]] = OrderedDict()
        self._decodes = ThreadPoolExecutor(1, thread_name_prefix="shelf")

    def ahead(self, key: Key, decode: Callable[[], bytes | None]) -> None:
        """Begin to decode a picture that will be asked for; one that lies here already is left."""
        self._begun(key, decode)

    def get(self, key: Key, decode: Callable[[], bytes | None]) -> bytes | None:
        """A picture: as it lies here, or decoded now.

        Raises: What decoding raises.
        """
        return self._begun(key, decode).result()

    def _begun(self, key: Key, decode: Callable[[], bytes | None]) -> "Future[bytes | None]":
        with self._lock:
            found = self._kept.get(key)
            if found is None or (found.done() and found.exception() is not None):
                found = self._kept[key] = self._decodes.submit(decode)
            self._kept.move_to_end(key)
            self._let_go()
        return found

    def _let_go(self) -> None:
        done = [(key, one) for key, one in self._kept.items() if one.done()]
        size = sum(len(one.result() or b"") for _, one in done if one.exception() is None)
        for key, one in done[:-1]:
            if size <= self._most:
                return
            size -= 0 if one.exception() else len(one.result() or b"")
            del self._kept[key]
