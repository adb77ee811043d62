"""Who trades a box, as keys: what groups the boxes of one case."""

from vigie.risk.history_late import KeyOf
from vigie.terms import Party, PartyRole
from vigie.tracking import Visit, main_line


def trader_keys(visit: Visit, key_of: KeyOf) -> tuple[int | None, int | None]:
    """The keys of consignee and consignor of a box, by its main line; None where the messages do not say who.

    Args:
        visit: The box as it was known. key_of: How parties counted at that moment.
    """
    line = main_line(visit)
    if line is None:
        return None, None
    consignee, consignor = line.party(PartyRole.CONSIGNEE), line.party(PartyRole.CONSIGNOR)
    return _key(consignee, key_of), _key(consignor, key_of)


def _key(party: Party | None, key_of: KeyOf) -> int | None:
    return None if party is None else key_of(party)
