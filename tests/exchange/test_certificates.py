"""A node's certificate: the same whenever it is made, and one that a TLS library takes."""

import ssl

import pytest
from cryptography import x509

from vigie.exchange import ExchangeRefused, as_pem, certificate, pinned, private_pem, unpinned


def test_it_is_made_alike_every_time_and_differs_by_key_and_by_name():
    one = certificate(bytes(32), "be-customs")
    assert certificate(bytes(32), "be-customs") == one
    assert len({one, certificate(bytes(32), "nl-customs"), certificate(b"\1" * 32, "be-customs")}) == 3
    assert x509.load_der_x509_certificate(one).subject.rfc4514_string() == "CN=be-customs"


def test_a_tls_library_takes_it(tmp_path):
    der = certificate(bytes(32), "be-customs")
    file = tmp_path / "both.pem"
    file.write_bytes(private_pem(bytes(32)) + as_pem(der))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    context.load_verify_locations(cadata=der)
    assert context.get_ca_certs(binary_form=True) == [der]


def test_what_stands_in_the_federation_is_a_certificate_or_refused():
    der = certificate(bytes(32), "be-customs")
    assert unpinned(pinned(der)) == der
    for wrong in ("", "x", "AAAA", pinned(der)[:-8], pinned(der + bytes(5_000)), "é"):
        with pytest.raises(ExchangeRefused):
            unpinned(wrong)
