"""A connection that lasts, is opened again when it broke, and does not wait for ever."""

import socket
import ssl
from contextlib import contextmanager
from threading import Thread

import pytest

from vigie.exchange import ExchangeRefused, certificate
from vigie.peers import Courier, asking, listening

SEEDS = bytes([1]) * 32, bytes([2]) * 32
BE, NL = certificate(SEEDS[0], "be-customs"), certificate(SEEDS[1], "nl-customs")
OK = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s"


@contextmanager
def partner(*answers, **said):
    """A partner that takes connections one after the other, and on each does what it is told to."""
    context = listening(SEEDS[0], BE, [NL])
    with socket.create_server(("127.0.0.1", 0)) as where:

        def serve():
            for answer in answers:
                plain, _ = where.accept()
                with plain:
                    try:
                        with context.wrap_socket(plain, server_side=True) as line:
                            answer(line)
                    except (ssl.SSLError, OSError):
                        pass

        thread = Thread(target=serve, daemon=True)
        thread.start()
        courier = Courier(f"https://127.0.0.1:{where.getsockname()[1]}", asking(SEEDS[1], NL, BE), **said)
        yield courier
        courier.close()
        thread.join(5)


def answering(*bodies):
    def answer(line):
        for body in bodies:
            line.recv(1 << 16)
            line.sendall(OK % (len(body), body))

    return answer


def refused(courier, *words):
    with pytest.raises(ExchangeRefused) as told:
        courier(*words)
    return told.value.facts["reason"]


def test_one_connection_serves_many_requests():
    with partner(answering(b"one", b"", b"three")) as courier:
        assert [courier("/a"), courier("/b"), courier("/c", b"")] == [(200, b"one"), (200, b""), (200, b"three")]


def test_a_connection_that_was_closed_while_it_rested_is_opened_again():
    with partner(answering(b"one"), answering(b"two")) as courier:
        assert courier("/a") == (200, b"one")
        assert courier("/b") == (200, b"two")


def test_a_partner_that_is_not_there_and_one_that_hangs_up():
    with partner(lambda line: None) as courier:
        assert refused(courier, "/a") == "exchange-unreachable"
    assert refused(Courier("https://127.0.0.1:9", asking(SEEDS[1], NL, BE)), "/a") == "exchange-unreachable"


def test_a_partner_that_trickles_is_given_up():
    def trickle(line):
        line.recv(1 << 16)
        line.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n")
        for _ in range(200):
            line.sendall(b"x")
            line.settimeout(0.02)
            try:
                line.recv(1)
            except TimeoutError:
                continue

    with partner(trickle, answer_s=0.3) as courier:
        assert refused(courier, "/a") == "exchange-too-slow"


def test_a_partner_that_says_nothing_is_given_up():
    def listen(line):
        while line.recv(1 << 16):
            pass

    with partner(listen, answer_s=0.2) as courier:
        assert refused(courier, "/a", b"x") == "exchange-too-slow"


def test_an_answer_without_end_is_given_up():
    def flood(line):
        line.recv(1 << 16)
        line.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n")
        for _ in range(80):
            line.sendall(bytes(1 << 16))

    with partner(flood) as courier:
        assert refused(courier, "/a") == "exchange-oversize"


PART = b"HTTP/1.1 206 Partial Content\r\ncontent-length: %d\r\n\r\n%s"


def poured(courier, first=0, most=1 << 20, until_s=5.0):
    taken = []
    try:
        status, told = courier.pour("/b", first, most, taken.append, until_s)
    except ExchangeRefused as refusal:
        return refusal.facts["reason"], b"".join(taken)
    return (status, told), b"".join(taken)


def test_bytes_come_from_a_place_on_and_what_came_before_a_break_is_kept():
    asked = []

    def whole(line):
        asked.append(line.recv(1 << 16))
        line.sendall(PART % (5, b"bytes"))

    def broken(line):
        line.recv(1 << 16)
        line.sendall(PART % (9, b"bytes"))

    with partner(whole) as courier:
        assert poured(courier, 42) == ((206, b""), b"bytes")
        assert b"range: bytes=42-" in asked[0].lower()
    with partner(broken) as courier:
        assert poured(courier) == ("exchange-unreachable", b"bytes")


def test_a_refusal_too_much_and_too_slow():
    with partner(answering(b"no")) as courier:
        assert poured(courier) == ((200, b"no"), b"")
    with partner(lambda line: (line.recv(1 << 16), line.sendall(PART % (5, b"bytes")))) as courier:
        assert poured(courier, most=4) == ("exchange-oversize", b"")
    with partner(lambda line: (line.recv(1 << 16), line.sendall(PART % (9, b"bytes")))) as courier:
        assert poured(courier, until_s=-1.0) == ("exchange-too-slow", b"bytes")
