"""Columns about who sends, receives and is told; read from the main line."""

import re

from vigie.arrivals import Level
from vigie.risk.columns_declared import DOCUMENTS, Origin, count, flag, text
from vigie.risk.columns_seen import Seen
from vigie.risk.columns_tables import DEPARTURE_COUNTRIES, FORWARDER_WORDS
from vigie.risk.language_python import Value
from vigie.terms import Party, PartyRole, identity, is_to_order, plain_name
from vigie.tracking import Line

DECLARED = (
    flag("consignor_named"), flag("consignee_named"), flag("notify_named"),
    flag("consignee_to_order"), flag("notify_is_consignee"), flag("buyer_is_consignee"),
    flag("consignor_is_forwarder"), flag("consignee_is_forwarder"), flag("consignor_is_person"),
    flag("consignor_address_given"), flag("consignee_registered"),
    text("consignor_country"), text("consignee_country"), text("notify_country"),
    flag("consignor_in_departure_country"),
    text("document_level"), flag("house_missing"), count("documents"),
    flag("consignees_disagree"), count("amendments"),
    flag("consignee_changed"), flag("consignee_changed_after_departure", *DOCUMENTS, Origin.MOVE, events=("LOAD",)),
    flag("consignee_changed_after_selection", Origin.LINE, Origin.MOVE, events=("CUSS", "CUSI")),
)  # fmt: skip

_SHIP_FOR_OTHERS = (PartyRole.FORWARDER, PartyRole.CARRIER)
_LIKELY = re.compile("|".join(FORWARDER_WORDS))
_REGISTERED = 5  # characters from which on a registration number identifies a party, as in `identity`
_NOTHING: tuple[Value, ...] = (None,) * len(DECLARED)


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`."""
    line = seen.line
    if line is None:
        return _NOTHING
    by_role: dict[PartyRole, Party] = {}
    for party in line.parties:
        by_role.setdefault(party.role, party)
    consignor, consignee = by_role.get(PartyRole.CONSIGNOR), by_role.get(PartyRole.CONSIGNEE)
    notify = by_role.get(PartyRole.NOTIFY)
    changed = line.consignee_changed
    return (
        _named(consignor), _named(consignee), _named(notify),
        consignee is not None and _to_order(consignee),
        _same(notify, consignee), _same(by_role.get(PartyRole.BUYER), consignee),
        _forwards(consignor, by_role), _forwards(consignee, by_role),
        None if consignor is None or not consignor.person_type else consignor.person_type == "1",
        None if consignor is None else bool(consignor.street.strip() or consignor.city.strip()),
        None if consignee is None else bool(consignee.eori),
        _country(consignor), _country(consignee), _country(notify),
        None if consignor is None or not consignor.country else consignor.country.upper() in DEPARTURE_COUNTRIES,
        line.level.value, all(each.level is Level.MASTER for each in seen.lines), len(seen.lines),
        _disagree(seen.lines), sum(each.amendments for each in seen.lines),
        changed is not None,
        changed is not None and seen.loaded_at is not None and changed > seen.loaded_at,
        changed is not None and seen.selected is not None and changed > seen.selected.hlc,
    )  # fmt: skip


def _named(party: Party | None) -> bool:
    return party is not None and bool(party.name.strip() or party.eori)


def _to_order(party: Party) -> bool:
    """As `is_to_order`; a plain name without these letters, which all its forms hold, is not folded at all."""
    return not (party.name.isascii() and "ORD" not in party.name.upper()) and is_to_order(party)


def _plainly_named(party: Party) -> bool:
    """Whether a name surely identifies its party, without folding it: it holds a word and cannot say "to order"."""
    name = party.name
    return name.isascii() and name[:1].isalnum() and "ORD" not in name.upper().replace(".", "")


def _country(party: Party | None) -> str | None:
    return party.country.strip().upper()[:2] or None if party is not None else None


def _same(one: Party | None, other: Party | None) -> bool | None:
    if one is None or other is None:
        return None
    if bool(one.eori) is not bool(other.eori):
        registered, named = (one, other) if one.eori else (other, one)
        if len(registered.eori) >= _REGISTERED and registered.eori.isalnum() and _plainly_named(named):
            return False  # one is known by its number, one by its name: no need to fold the name, which is dear
    first, second = identity(one), identity(other)
    return None if first is None or second is None else first == second


def _forwards(party: Party | None, by_role: dict[PartyRole, Party]) -> bool | None:
    """Whether a party ships for others: it is the forwarder or carrier itself, or its name says so."""
    if party is None or not party.name:
        return None
    name = party.name.upper()
    likely = not name.isascii() or _LIKELY.search(name) is not None  # folding is dear
    if likely and any(word.startswith(FORWARDER_WORDS) for word in plain_name(name).split()):
        return True
    return any(role in by_role and _same(party, by_role[role]) is True for role in _SHIP_FOR_OTHERS)


def _disagree(lines: tuple[Line, ...]) -> bool:
    """Whether two documents of one transport document number name different consignees."""
    told: dict[str, str] = {}
    for line in lines if len(lines) > 1 else ():
        party = line.party(PartyRole.CONSIGNEE)
        who = identity(party) if party is not None else None
        if line.document and who is not None and told.setdefault(line.document, who) != who:
            return True
    return False
