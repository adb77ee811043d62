"""Who is who in this node: the same party text gives the same pseudonym for ever, and is worked out once."""

from collections import OrderedDict

from vigie.terms import Party, PartyKey, key_number, party_key

_REMEMBERED = 65_536  # parties kept ready; about 30 MB at the most, a port's regular traders in practice


class Pseudonyms:
    """The pseudonyms of a node; makes the key of a party and remembers it.

    Args:
        secret: The node's own secret for party keys, 32 bytes.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._known: OrderedDict[tuple[str, ...], PartyKey | None] = OrderedDict()

    def key(self, party: Party) -> PartyKey | None:
        """The pseudonym of a party; None where nothing identifies it."""
        told = (party.eori, party.name, party.postcode, party.city, party.country)
        try:
            return self._known[told]
        except KeyError:
            found = self._known[told] = party_key(party, self._secret)
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            return found

    def number(self, party: Party) -> int | None:
        """The pseudonym as the integer that features count with; None where nothing identifies it."""
        key = self.key(party)
        return None if key is None else key_number(key)
