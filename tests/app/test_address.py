import os
import signal
import socket
import time

import pytest

from vigie.app.address import bound, stoppable
from vigie.terms import CannotListen


def test_a_taken_address_is_known_at_once():
    with bound("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(CannotListen) as refusal:
            bound("127.0.0.1", port)
    assert refusal.value.facts["address"] == f"127.0.0.1:{port}"
    with pytest.raises(CannotListen):
        bound("192.0.2.1", 0)  # an address of no machine (RFC 5737)
    with pytest.raises(CannotListen):
        bound("no-such-host.invalid", 0)


def test_what_is_answered_is_sent_at_once():
    with bound("127.0.0.1", 0) as where, socket.create_connection(where.getsockname()), where.accept()[0] as taken:
        assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def terminated():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)


def test_sigterm_ends_as_ctrl_c_does():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), stoppable():
        terminated()
    assert signal.getsignal(signal.SIGTERM) is before


def terminated_twice(ended):
    try:
        terminated()
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        ended.append("in order")


def test_who_is_told_to_stop_twice_ends_in_order():
    ended = []
    with pytest.raises(KeyboardInterrupt), stoppable():
        terminated_twice(ended)
    assert ended == ["in order"]
