"""Both sides show a certificate, and believe only those they were told of."""

import socket
import ssl
from threading import Thread

import pytest

from vigie.exchange import certificate
from vigie.peers import asking, listening

SEEDS = {name: bytes([place]) * 32 for place, name in enumerate(("be-customs", "nl-customs", "stranger"), 1)}
CERTIFICATES = {name: certificate(seed, name) for name, seed in SEEDS.items()}


def met(client, trusts, server="be-customs", believes=("nl-customs",)):
    """Who the server says has come; an error where they do not come together."""
    told = []
    context = listening(SEEDS[server], CERTIFICATES[server], [CERTIFICATES[one] for one in believes])
    with socket.create_server(("127.0.0.1", 0)) as where:

        def serve():
            plain, _ = where.accept()
            with plain:
                try:
                    with context.wrap_socket(plain, server_side=True) as line:
                        told.append(line.getpeercert(binary_form=True))
                        line.sendall(b"ok")
                except (ssl.SSLError, OSError) as fault:
                    told.append(fault)

        thread = Thread(target=serve)
        thread.start()
        try:
            ours = asking(SEEDS[client], CERTIFICATES[client], CERTIFICATES[trusts])
            with socket.create_connection(where.getsockname()) as plain, ours.wrap_socket(plain) as line:
                assert line.recv(2) == b"ok"
                assert line.version() == "TLSv1.3"
        finally:
            thread.join()
    return told[0]


def test_two_who_were_told_of_each_other_meet():
    assert met("nl-customs", "be-customs") == CERTIFICATES["nl-customs"]


def test_a_server_that_is_not_the_one_pinned_is_not_believed():
    with pytest.raises(ssl.SSLCertVerificationError):
        met("nl-customs", "be-customs", server="stranger")


def test_a_stranger_gets_no_answer():
    with pytest.raises((ssl.SSLError, ConnectionError)):
        met("stranger", "be-customs")


def test_a_member_cannot_vouch_for_another():
    """A certificate signed with a member's key, in another's name, is not the one that is pinned."""
    false = certificate(SEEDS["nl-customs"], "es-customs")
    context = listening(SEEDS["be-customs"], CERTIFICATES["be-customs"], [CERTIFICATES["nl-customs"]])
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert false not in context.get_ca_certs(binary_form=True)
    assert context.get_ca_certs(binary_form=True) == [CERTIFICATES["nl-customs"]]
