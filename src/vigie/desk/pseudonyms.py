"""Who is who in this node: the same party text gives the same pseudonym for ever; officers may say that two are one."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Protocol

from vigie.terms import Party, PartyKey, key_number, party_key
from vigie.tracking import Merge, Merges

_REMEMBERED = 65_536  # parties kept ready; about 30 MB at the most, a port's regular traders in practice


class Told(Protocol):
    """Where officers' words that two parties are one are kept."""

    def merges(self, after: int = 0) -> Sequence[Merge]:
        """The words after a log entry, in order."""
        ...


class Pseudonyms:
    """The pseudonyms of a node; makes the key of a party and remembers it.

    Args:
        secret: The node's own secret for party keys, 32 bytes.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._known: OrderedDict[tuple[str, ...], PartyKey | None] = OrderedDict()
        self._merges = Merges()

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

    def merges(self, told: Told) -> Merges:
        """Which parties officers said are one; what was said since the last time is read (one indexed question).

        The value itself never changes: whoever holds it goes on with what it knew.
        """
        fresh = told.merges(self._merges.last)
        if fresh:
            merges = self._merges.copy()
            for one in fresh:
                merges.add(one)
            self._merges = merges
        return self._merges

    def key_at(self, hlc: int, told: Told) -> Callable[[Party], int | None]:
        """How parties counted when an entry was written: what officers said after it of who is one is not known yet."""
        merges = self.merges(told)

        def key_of(party: Party) -> int | None:
            number = self.number(party)
            return None if number is None else merges.resolve(number, hlc)

        return key_of
