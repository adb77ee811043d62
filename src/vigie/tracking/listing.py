"""The worklist row of a visit: what a list shows, written anew after each entry; officers' own marks are kept."""

from vigie.terms import Handling, Moment
from vigie.tracking.deadline import Calls, expected, last_chance, no_calls
from vigie.tracking.summary import (
    call_of,
    fate_of,
    hs2_of,
    is_empty,
    is_reefer,
    route_of,
    site_of,
    size_type_of,
    terminal_of,
)
from vigie.tracking.visit import Visit
from vigie.tracking.worklist import Kept, Listed, Status


def listed(visit: Visit, kept: Kept | None, scored: Listed | None = None, calls: Calls = no_calls) -> Listed:
    """Write the worklist row of a visit.

    Args:
        visit: After the entry. kept: As the store had it; its claim, stratum, handling and decision stand.
        calls: What was told of ships.
        scored: Carries score, band, mandatory, fired, reasons and watched of a new assessment; None keeps the old ones.
    """
    before = kept.listed if kept else Listed(visit.id, visit.container, handling=Handling.AMBER.value)
    score = scored or before
    route, call = route_of(visit), call_of(visit)
    due, leaves = expected(visit, calls), last_chance(visit, calls)
    return Listed(
        visit=visit.id, container=visit.container, segment=visit.segment, opened=visit.opened,
        changed=Moment(max(visit.changed, before.changed)),
        site=site_of(visit), terminal=terminal_of(visit), due=due.at, status=_status(visit, kept),
        loading=route.loading, unloading=route.unloading, carrier=call.carrier, vessel=call.name or call.imo,
        voyage=call.voyage, hs2=hs2_of(visit), size_type=size_type_of(visit), reefer=is_reefer(visit),
        empty=is_empty(visit), doubts=len(visit.doubts), handling=before.handling, claimed_by=before.claimed_by,
        stratum=before.stratum, selected=before.selected, score_milli=score.score_milli, band=score.band,
        mandatory=score.mandatory, fired=score.fired, reasons=score.reasons, watched=score.watched,
        due_source=due.source, leaves=leaves.at, leaves_source=leaves.source,
    )


def _status(visit: Visit, kept: Kept | None) -> str:
    """New events decide, and what is gone is gone; else the last decision stands."""
    if kept is not None and visit.moves is kept.visit.moves and visit.controlled is kept.visit.controlled:
        return kept.listed.status  # the same events: nothing to be decided anew
    fate = fate_of(visit)
    if kept is None or fate == Status.GONE.value or fate != fate_of(kept.visit):
        return fate
    return kept.listed.status


def terms_of(visit: Visit) -> frozenset[tuple[str, str]]:
    """What the box can be looked up by, as (kind, normalised value); parties are looked up by their pseudonym.

    Kinds: `container`, `consignment`, `document`, `mrn`, `seal`, `vessel`, `imo`, `voyage`.
    """
    found = {("container", visit.container)}
    calls = []
    for line in visit.lines:
        found.add(("consignment", line.consignment))
        found.update((kind, value.upper()) for kind, value in (("document", line.document), ("document", line.parent),
                                                               ("mrn", line.mrn)) if value)  # fmt: skip
        if line.equipment is not None:
            found.update(("seal", seal.number) for seal in line.equipment.seals)
        calls.append(line.call)
    for plan in visit.plans:
        found.update(("seal", seal.number) for seal in plan.stowed.equipment.seals)
        found.update(("document", document.upper()) for document in plan.stowed.documents)
        calls.append(plan.stowed.call)
    for move in visit.moves:
        found.update(("seal", seal.number) for seal in move.movement.seals)
    for call in calls:
        found.update((kind, value) for kind, value in (("vessel", call.name.upper()), ("imo", call.imo),
                                                       ("voyage", call.voyage.upper())) if value)  # fmt: skip
    return frozenset(found)
