"""Who may come in, for how long, and what a hostile one gets at the listener of partners."""

import socket
import ssl
import time

import pytest
from tests.exchange.values import BE, NL
from tests.nodes.wired import wired

from vigie.api import exchange_listener
from vigie.app.address import bound
from vigie.desk.exchange_node import federation
from vigie.exchange import HEADS, INBOX, ExchangeRefused, certificate, read_answer, read_refusal, unpinned
from vigie.peers import Courier, asking


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    with wired(tmp_path_factory.mktemp("wired"), delivering=False) as made:
        yield made


def pinned(node, name):
    return unpinned(federation(node).member(name).certificate)


def context(nodes, seed=None, own=None):
    seed = seed or nodes[NL].trust.seed
    return asking(seed, own or pinned(nodes[NL], NL), pinned(nodes[BE], BE))


def address(nodes):
    return federation(nodes[BE]).member(BE).address


def line(nodes):
    host, port = address(nodes).removeprefix("https://").split(":")
    return context(nodes).wrap_socket(socket.create_connection((host, int(port))))


def cut_off(line):
    """Whether a question on this line is not answered, because the other side hangs up."""
    try:
        line.sendall(b"GET /vx/1/heads HTTP/1.1\r\nhost: x\r\n\r\n")
        return line.recv(1) == b""
    except (ssl.SSLError, OSError):
        return True


def trickled(line):
    """Send one more line of a head; whether the other side still takes it."""
    try:
        line.sendall(b"x-a: b\r\n")
    except (ssl.SSLError, OSError):
        return False
    return True


def test_a_member_is_answered(nodes):
    courier = Courier(address(nodes), context(nodes))
    status, body = courier(HEADS)
    assert (status, read_answer(body).upto) == (200, -1)
    status, body = courier(INBOX, b"no batch")
    assert (status, read_refusal(body).reason) == (422, "exchange-unreadable")
    assert courier("/no-such-path")[0] == 404
    courier.close()


def test_whoever_is_no_member_does_not_come_in(nodes):
    seed = bytes(32)
    for own in (certificate(seed, NL), certificate(seed, "stranger")):
        with pytest.raises(ExchangeRefused) as told:
            Courier(address(nodes), context(nodes, seed, own))(HEADS)
        assert told.value.facts["reason"] == "exchange-unreachable"


def test_whoever_shows_no_certificate_does_not_come_in(nodes):
    host, port = address(nodes).removeprefix("https://").split(":")
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    bare.check_hostname, bare.verify_mode = False, ssl.CERT_NONE
    with bare.wrap_socket(socket.create_connection((host, int(port)))) as quiet:
        assert cut_off(quiet)


def test_what_is_too_large_is_refused_before_it_has_come(nodes):
    courier = Courier(address(nodes), context(nodes))
    try:
        status, body = courier(INBOX, bytes((4 << 20) + 1))
        assert (status, read_refusal(body).reason) == (413, "exchange-oversize")
    finally:
        courier.close()


def test_a_request_that_trickles_is_cut_off(nodes, monkeypatch):
    monkeypatch.setattr(exchange_listener, "REQUEST_S", 0.2)
    with line(nodes) as slow:
        begun = time.monotonic()
        slow.sendall(b"POST /vx/1/inbox HTTP/1.1\r\n")
        while trickled(slow) and time.monotonic() - begun < 19:
            time.sleep(0.02)
        assert time.monotonic() - begun < 18


def test_a_member_has_so_many_connections_and_no_more(nodes, monkeypatch):
    monkeypatch.setattr(exchange_listener, "MOST_CONNECTIONS", 2)
    open_ones = [line(nodes) for _ in range(2)]
    with line(nodes) as third:
        third.settimeout(5)
        assert cut_off(third)
    for one in open_ones:
        one.close()


def test_a_node_that_has_not_joined_does_not_listen(tmp_path):
    from vigie.node import Settings, WallClock, build

    with build(Settings(home=tmp_path, log_level="error"), WallClock()) as node:
        listener = exchange_listener.Listener(node, "127.0.0.1", 0)
        listener.start()
        assert listener.port == 0
        listener.stop()
    silent = Settings(home=tmp_path, log_level="error", exchange_port=0)
    with build(silent, WallClock()) as node, exchange_listener.listening_for_partners(node) as listener:
        assert listener is None


def test_processes_that_share_a_socket_answer_beside_each_other_and_after_each_other(nodes):
    with bound("127.0.0.1", 0) as where:
        port = where.getsockname()[1]
        both = [exchange_listener.Listener(nodes[BE], "127.0.0.1", 0, where) for _ in range(2)]
        for listener in both:
            listener.start()
            assert listener.port == port
        couriers = [Courier(f"https://127.0.0.1:{port}", context(nodes)) for _ in range(4)]
        assert [courier(HEADS)[0] for courier in couriers] == [200] * 4
        both[0].stop()
        later = Courier(f"https://127.0.0.1:{port}", context(nodes))
        assert later(HEADS)[0] == 200
        both[1].stop()
        for courier in (*couriers, later):
            courier.close()
