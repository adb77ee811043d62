"""One lasting connection to a partner: requests go out whole and at once, answers are taken up to a size and in time.

`http.client` of the standard library: one request at a time on one connection needs no pool. What httpx would cost
stands in ADR 0044.
"""

import socket
import ssl
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from urllib.parse import urlsplit

from vigie.exchange import BATCH_TYPE, MOST_BYTES, Why, refuse

CONNECT_S, ANSWER_S = 5.0, 30.0
"""Longest waits for a connection and for an answer; a partner that waits for news (long poll) answers within 20 s."""

MOST_ANSWER = MOST_BYTES + (1 << 16)
PARTIAL = 206  # RFC 9110, 15.3.7
_PIECE = 1 << 18


class Courier:
    """A connection to one partner, opened when it is needed and again after it broke.

    Args:
        address: `https://host:port`. context: Whom to believe and what to show.
    """

    def __init__(
        self, address: str, context: ssl.SSLContext, connect_s: float = CONNECT_S, answer_s: float = ANSWER_S
    ) -> None:  # fmt: skip
        where = urlsplit(address)
        self._host, self._port = where.hostname or "", where.port or 443
        self._context, self._connect_s, self._answer_s = context, connect_s, answer_s
        self._open: HTTPSConnection | None = None

    def __call__(self, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """Ask for something, or hand something in; gives status and answer.

        Raises:
            ExchangeRefused: The partner cannot be reached, shows another certificate, is too slow, or answers too much.
        """
        fresh = self._open is None
        try:
            return self._ask(path, body)
        except TimeoutError:
            self.close()
            refuse(Why.TOO_SLOW)
        except (OSError, HTTPException):
            self.close()
            if fresh:
                refuse(Why.UNREACHABLE)
        try:  # the partner may have closed a connection that rested: what is sent twice is known the second time
            return self._ask(path, body)
        except TimeoutError:
            self.close()
            refuse(Why.TOO_SLOW)
        except (OSError, HTTPException):
            self.close()
            refuse(Why.UNREACHABLE)

    def _ask(self, path: str, body: bytes | None) -> tuple[int, bytes]:
        connection = self._open or self._connected()
        if body is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, body, {"Content-Type": BATCH_TYPE})
        answer = connection.getresponse()
        found = self._whole(answer)
        if answer.will_close:
            self.close()
        return answer.status, found

    def pour(
        self, path: str, first: int, most: int, into: Callable[[bytes], None], until_s: float
    ) -> tuple[int, bytes]:  # fmt: skip
        """Ask for bytes from a place on, and hand each piece over as it comes; what came before a line broke is there.

        Args:
            first: Place of the first byte. most: So many are taken at most. into: Takes each piece.
            until_s: So long it may take at most; whoever asks goes on from where it stands.

        Returns:
            Status, and the answer where it is no part of the bytes (a refusal).

        Raises:
            ExchangeRefused: The line broke, the partner is too slow, or it gives more than was announced.
        """
        try:
            connection = self._open or self._connected()
            connection.request("GET", path, headers={"Range": f"bytes={first}-"})
            answer = connection.getresponse()
            if answer.status != PARTIAL:
                return answer.status, self._whole(answer)
            self._poured(answer, most, into, monotonic() + until_s)
            return answer.status, b""
        except TimeoutError:
            refuse(Why.TOO_SLOW)
        except (OSError, HTTPException):
            refuse(Why.UNREACHABLE)
        finally:
            self.close()

    def _poured(self, answer: HTTPResponse, most: int, into: Callable[[bytes], None], until: float) -> None:
        taken = 0
        while piece := answer.read1(_PIECE):
            taken += len(piece)
            if taken > most:
                refuse(Why.OVERSIZE, bytes=taken, most=most)
            into(piece)
            if monotonic() > until:
                raise TimeoutError
        if answer.length:
            raise OSError  # the line broke before the end

    def _connected(self) -> HTTPSConnection:
        connection = HTTPSConnection(self._host, self._port, timeout=self._connect_s, context=self._context)
        connection.connect()
        assert connection.sock is not None
        connection.sock.settimeout(self._answer_s)
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open = connection
        return connection

    def _whole(self, answer: HTTPResponse) -> bytes:
        """The whole answer; one that trickles is given up, for each piece alone may be in time."""
        until, pieces, size = monotonic() + self._answer_s, [], 0
        while piece := answer.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_ANSWER:
                self.close()
                refuse(Why.OVERSIZE, bytes=size, most=MOST_ANSWER)
            if monotonic() > until:
                raise TimeoutError
        answer.close()  # read1 leaves it open where the length was known, and the connection would not be used again
        return b"".join(pieces)

    def close(self) -> None:
        """Let go of the connection."""
        if self._open is not None:
            self._open.close()
            self._open = None
