"""The certificate with which a node shows itself to partners: made from a secret and the node's name, always the same.

Self-signed, and pinned in `federation.json`: who is believed stands there, signed by the quorum, so no authority and no
list of revoked certificates is needed, and a node that was put out is out with the next version. The certificate has
no end of its own for the same reason. Source: RFC 5280, 4.1.2.5 (no well-defined expiration); RFC 8410 (Ed25519).
"""

from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from datetime import UTC, datetime
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from vigie.exchange.refusals import Why, refuse

_BEGINS = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_USES = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)
MOST_CERTIFICATE = 4_096  # bytes; one of Ed25519 has some 400, one of RSA 4096 some 1,500


def certificate(seed: bytes, node: str) -> bytes:
    """Make a node's certificate (DER).

    Args:
        seed: 32 secret bytes, the private key. node: Its name in the federation.
    """
    key = Ed25519PrivateKey.from_private_bytes(seed)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, node)])
    serial = int.from_bytes(sha256(b"vigie certificate|" + node.encode()).digest()[:16], "big") >> 1
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(serial | 1)
        .not_valid_before(_BEGINS).not_valid_after(_NEVER)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(node)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage(_USES), critical=False)
        .sign(key, None)
    )  # fmt: skip
    return made.public_bytes(Encoding.DER)


def private_pem(seed: bytes) -> bytes:
    """The private key as a TLS library reads it. Never to be written to a disk or a log."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def as_pem(der: bytes) -> bytes:
    """A certificate as text."""
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def pinned(der: bytes) -> str:
    """A certificate as it stands in `federation.json` (Base64)."""
    return b64encode(der).decode()


def unpinned(text: str) -> bytes:
    """The certificate of a line of `federation.json` (DER).

    Raises:
        ExchangeRefused: It is none.
    """
    try:
        der = b64decode(text, validate=True)
        if not 0 < len(der) <= MOST_CERTIFICATE:
            raise ValueError
        x509.load_der_x509_certificate(der)
    except (BadBase64, ValueError):
        refuse(Why.BAD_CONTENT, part="certificate")
    return der
