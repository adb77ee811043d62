"""Who is who: officers say that two parties are one; it counts from then on, shows everywhere, can be taken back."""

from vigie.desk.acts import Merging, act_of, item_of
from vigie.desk.gate import permit, reach
from vigie.desk.judging import Judging
from vigie.desk.trail import leave
from vigie.desk.views import MergeView, PartyFound, PartyPage
from vigie.desk.work import Working, hand_in
from vigie.terms import BadRequest, Conflict, NotFound, Officer, Party, PartyKey, Purpose, key_number
from vigie.tracking import Merge, Merges

TARGETING = Purpose.TARGETING
SHORTEST = 3
"""Shorter names meet half of the parties and are not searched."""

_MOST = 50


def merges_of(node: Judging) -> Merges:
    """What officers said of parties that are one, by now."""
    return node.pseudonyms.merges(node.store.parties)


def written(key: int) -> PartyKey:
    """A pseudonym as it is written."""
    return PartyKey(f"{key:016x}")


def find(officer: Officer, name: str, node: Judging, purpose: Purpose = TARGETING) -> tuple[PartyFound, ...]:
    """Find parties by their name, one typing error per word tolerated; nearest first.

    What was searched for is not kept in the trail, for it names somebody; how much was found is.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-parties", purpose, "parties", node)
    found = node.store.parties.named(name.strip())[:_MOST] if len(name.strip()) >= SHORTEST else []
    leave(officer, purpose, "see-parties", "parties", node, found=len(found), length=len(name.strip()))
    merges = merges_of(node)
    return tuple(_found(key, party, merges, exact=not errors) for key, party, errors in found)


def _found(key: PartyKey, party: Party | None, merges: Merges, *, exact: bool = True) -> PartyFound:
    counts = written(merges.resolve(key_number(key)))
    if party is None:
        return PartyFound(key, "", counts_as=counts)
    return PartyFound(key, party.name, party.country, party.city, party.eori, counts, exact)


def _number(key: str) -> int:
    try:
        return key_number(PartyKey(key.strip()))
    except ValueError:
        raise BadRequest(reason="not-a-party", wanted=key[:20]) from None


def page(officer: Officer, key: str, node: Judging, purpose: Purpose = TARGETING) -> PartyPage:
    """Show one party: all names it is known under, what officers said of it, its latest boxes in reach.

    Raises:
        NotForYou: The officer may not. BadRequest: Not a pseudonym. NotFound: No message has named such a party.
    """
    permit(officer, "see-parties", purpose, f"party {key[:16]}", node)
    merges, store = merges_of(node), node.store
    keys = [written(one) for one in merges.one_with(_number(key))]
    known = store.parties.get(keys)
    if keys[0] not in known and not merges.resolve(_number(key)) != _number(key):
        raise NotFound(kind="party")
    within = reach(officer, purpose, "see-parties")
    visits = list(dict.fromkeys(one for each in keys for one in store.parties.visits_of(each, within, _MOST)))[:_MOST]
    leave(officer, purpose, "see-parties", f"party {keys[0]}", node, boxes=len(visits))
    words = store.parties.merges()
    told = [one for one in words if written(one.key) in keys or written(one.into) in keys]
    return PartyPage(
        _found(keys[0], known.get(keys[0]), merges),
        tuple(_found(one, known.get(one), merges) for one in keys[1:]),
        tuple(_told(one, words, node) for one in reversed(told)), tuple(visits),
    )  # fmt: skip


def _told(one: Merge, all_told: list[Merge], node: Judging) -> MergeView:
    entry = node.store.log.get(one.hlc)
    act = act_of(entry.body) if entry is not None and entry.body is not None else None
    key, into = written(one.key), written(one.into)
    names = {name: party.name for name, party in node.store.parties.get([key, into]).items()}
    later = any(other.key == one.key and other.hlc > one.hlc for other in all_told)
    return MergeView(
        one.hlc, key, names.get(key, ""), into, names.get(into, ""), one.officer,
        act.reason if isinstance(act, Merging) else "", later or one.key == one.into,
    )


def merges(officer: Officer, node: Judging, purpose: Purpose = TARGETING) -> tuple[MergeView, ...]:
    """List every word of who is one, newest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-parties", purpose, "merges", node)
    told = node.store.parties.merges()
    leave(officer, purpose, "see-parties", "merges", node, shown=len(told))
    return tuple(_told(one, told, node) for one in reversed(told))


def merge(
    officer: Officer, key: str, into: str, reason: str, node: Working, purpose: Purpose = TARGETING
) -> PartyPage:
    """Say that one party is another: entries from now on count it under the other's pseudonym; the past stays.

    Args:
        key, into: Pseudonyms, as `find` gives them. reason: Why; mandatory.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason, no pseudonym, twice the same. NotFound: No message has
        named one of them. Conflict: They are one already.
    """
    permit(officer, "merge-parties", purpose, f"party {key[:16]}", node)
    one, other = _number(key), _number(into)
    if not reason.strip():
        raise BadRequest(reason="merge-needs-reason")
    if one == other:
        raise BadRequest(reason="merge-with-itself")
    if len(node.store.parties.get([written(one), written(other)])) < 2:
        raise NotFound(kind="party")
    known = merges_of(node)
    if known.resolve(one) == known.resolve(other):
        raise Conflict(reason="parties-are-one")
    return _said(officer, known.resolve(one), other, reason, node, purpose)


def part(officer: Officer, key: str, reason: str, node: Working, purpose: Purpose = TARGETING) -> PartyPage:
    """Take back that a party is another one: entries from now on count it under its own pseudonym again.

    Raises:
        NotForYou: The officer may not. BadRequest: No reason, no pseudonym. Conflict: It counts under its own already.
    """
    permit(officer, "merge-parties", purpose, f"party {key[:16]}", node)
    one = _number(key)
    if not reason.strip():
        raise BadRequest(reason="merge-needs-reason")
    if merges_of(node).resolve(one) == one:
        raise Conflict(reason="party-is-not-merged")
    return _said(officer, one, one, reason, node, purpose)


def _said(officer: Officer, key: int, into: int, reason: str, node: Working, purpose: Purpose) -> PartyPage:
    now = node.now()
    act = Merging(written(key), written(into), reason.strip(), officer.id, now)
    hand_in([item_of(act, officer.id, now)], node)
    leave(officer, purpose, "merge-parties", f"party {act.key}", node, into=act.into, undone=key == into)
    return page(officer, written(key), node, purpose)
