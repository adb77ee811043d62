"""One box to search in: container, document, MRN, seal, vessel, voyage, party; one typing error is tolerated."""

from vigie.desk.gate import permit, reach
from vigie.desk.shown import row_of
from vigie.desk.trail import leave
from vigie.desk.views import SearchHit, SearchView
from vigie.desk.work import Working
from vigie.terms import Officer, PartyKey, Purpose, VisitId, key_number, written_number
from vigie.tracking import Hit, Kept, Reach

SHORTEST = 3
"""Shorter texts meet half the list and are not searched."""

_MOST = 50
_KINDS = ("container", "document", "mrn", "seal", "vessel", "imo", "voyage")


def _merged(name: str, within: Reach, node: Working) -> list[Hit]:
    """The boxes of parties that officers said are one with a party of about this name."""
    merges = node.pseudonyms.merges(node.store.parties)
    if not merges:
        return []
    return [
        Hit(visit, "party", party.name, errors)
        for key, party, errors in node.store.parties.named(name)
        for other in merges.one_with(key_number(key))[1:]
        for visit in node.store.parties.visits_of(PartyKey(f"{other:016x}"), within, _MOST)
    ]


def _near(asked: str, within: Reach, node: Working) -> tuple[dict[VisitId, Hit], dict[VisitId, Kept]]:
    """What comes near to what was written, the nearest way to each box, and the boxes."""
    best: dict[VisitId, Hit] = {}
    hits = list(node.store.lookup.near(asked.upper(), within, _MOST, _KINDS))
    plain = written_number(asked)
    if plain != asked.upper():
        hits += node.store.lookup.near(plain, within, _MOST, _KINDS)
    hits += node.store.parties.near(asked, within, _MOST) + _merged(asked, within, node)
    for hit in hits:
        if hit.visit not in best or hit.distance < best[hit.visit].distance:
            best[hit.visit] = hit
    return best, dict(node.store.visits.get(list(best)))


def find(officer: Officer, text: str, node: Working, purpose: Purpose = Purpose.TARGETING) -> SearchView:
    """Find boxes by what people write: numbers with or without gaps, names in any case, one error in it.

    What was searched for is not kept in the trail, for it may name a person; how much was found is.

    Raises:
        NotForYou: The officer may not search.
    """
    permit(officer, "search", purpose, "arrivals", node)
    asked = text.strip()
    within = reach(officer, purpose, "search")
    best, known = node.store.aside(lambda: _near(asked, within, node)) if len(asked) >= SHORTEST else ({}, {})
    found = sorted(
        (hit for hit in best.values() if hit.visit in known and within.covers(known[hit.visit].listed)),
        key=lambda hit: (hit.distance, -known[hit.visit].listed.changed, hit.visit),
    )[:_MOST]
    leave(officer, purpose, "search", "arrivals", node, found=len(found), length=len(asked))
    now = node.now()
    return SearchView(asked, tuple(
        SearchHit(row_of(known[hit.visit].listed, officer, now, node.rules), hit.kind, hit.term, hit.distance == 0)
        for hit in found
    ))  # fmt: skip
