"""TLS between nodes: both sides show a certificate, and believe only those that the federation pins.

TLS 1.3 alone. The private key is handed to the library through memory that has no name on any disk.
"""

import os
import ssl
from collections.abc import Iterable

from vigie.exchange import as_pem, private_pem


def asking(seed: bytes, own: bytes, partner: bytes) -> ssl.SSLContext:
    """For asking a partner.

    Args:
        seed: Private key, 32 bytes. own: Its certificate (DER). partner: The one certificate that the partner may show.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # the certificate is pinned: a name in it says nothing more
    return _ready(context, seed, own, (partner,))


def listening(seed: bytes, own: bytes, partners: Iterable[bytes]) -> ssl.SSLContext:
    """For being asked by partners; a certificate is required.

    Args:
        partners: Certificates (DER) of the members. Who is still one is asked again at every request.
    """
    return _ready(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), seed, own, partners)


def _ready(context: ssl.SSLContext, seed: bytes, own: bytes, believed: Iterable[bytes]) -> ssl.SSLContext:
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    descriptor = os.memfd_create("vigie", os.MFD_CLOEXEC)
    try:
        os.write(descriptor, private_pem(seed) + as_pem(own))
        context.load_cert_chain(f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)
    for one in believed:
        context.load_verify_locations(cadata=one)
    return context
