"""What this node believes of the federation, and its keys: documents are checked when they change, keys made once."""

from collections.abc import Callable

from vigie.exchange import Federation, Root, Signer, certificate, read_federation, read_root
from vigie.terms import Moment

SIGNING, SHOWING = "exchange-signing", "exchange-showing"
"""Labels of the two keys made from the key file: with one the log is signed, with the other the node shows itself to
partners (TLS). Two, because a key that is used in one protocol must not be asked to sign in another."""


class Trust:
    """Keys and documents in use.

    Args:
        secret: Gives the node's secret of a label, 32 bytes.

    Attributes:
        name: The node's name in the federation, once it was read.
    """

    name: str | None = None

    def __init__(self, secret: Callable[[str], bytes]) -> None:
        self._secret = secret
        self._signer: Signer | None = None
        self._known: tuple[bytes, bytes, Root, Federation] | None = None

    @property
    def signer(self) -> Signer:
        """The key that signs the log."""
        if self._signer is None:
            self._signer = Signer(self._secret(SIGNING))
        return self._signer

    @property
    def seed(self) -> bytes:
        """The private key with which the node shows itself to partners (32 bytes)."""
        return self._secret(SHOWING)

    def certificate(self, node: str) -> bytes:
        """The certificate with which the node shows itself (DER)."""
        return certificate(self.seed, node)

    def federation(self, root_raw: bytes, raw: bytes) -> Federation:
        """The federation of two documents; whether it is in force is not asked.

        Raises:
            ExchangeRefused: They do not fit each other.
        """
        known = self._known
        if known is None or (known[0], known[1]) != (root_raw, raw):
            root = read_root(root_raw, None, Moment(0))
            known = self._known = root_raw, raw, root, read_federation(raw, root, None, Moment(0))
        return known[3]
