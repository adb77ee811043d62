"""What a dossier holds: seizures, boxes, messages, readings in order, acts, custody, who looked, models, proofs."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vigie.desk.dossier_checking import PROOFS
from vigie.desk.dossier_proving import Chained, LogPart, Proof
from vigie.desk.erasure import entries_of
from vigie.desk.taking_in import content_of
from vigie.desk.told import unpacked
from vigie.desk.work import Working
from vigie.registry import DossierPart, Head, Seizure
from vigie.risk import RuleKind
from vigie.terms import Handling, VisitId, write_moment
from vigie.tracking import Kept

_MOST = 10_000
"""Readings, acts and looks of one box or seizure at most; a box has some dozens."""

_plain = msgspec.json.Encoder(order="sorted")
_trail = msgspec.json.Encoder(order="sorted")  # as the chain of the trail covers an entry


def visits_of_case(seizures: Iterable[Seizure], node: Working) -> tuple[VisitId, ...]:
    """The boxes of some seizures: the visit that is told, else the last stay of the container before the seizure."""
    found: dict[VisitId, None] = {}
    for one in seizures:
        told = one.seized
        if told.visit:
            found[told.visit] = None
        elif told.container:
            stays = node.store.visits.of_containers([told.container]).get(told.container, [])
            before = [kept.visit for kept in stays if kept.visit.opened <= told.at]
            if before:
                found[max(before, key=lambda visit: visit.opened).id] = None
    return tuple(found)


class Collected(msgspec.Struct, frozen=True):
    """Parts in the order of the dossier, and the chains as they stood."""

    parts: tuple[DossierPart, ...]
    heads: tuple[Head, ...]


def collect(case: str, seizures: Sequence[Seizure], boxes: Sequence[Kept], node: Working) -> Collected:
    """Collect everything of a case; call it inside one reading of the store."""
    parts = [_case(case, seizures, boxes)]
    parts += [DossierPart(f"seizures/{one.id}.json", "seizure", one.seized.handling, _plain.encode(one))
              for one in seizures]  # fmt: skip
    originals, custody = _custody(seizures, boxes, node)
    parts += originals
    policies: dict[str, None] = {}
    for kept in boxes:
        parts += _box(kept, policies, node)
    parts += [part for part, _ in custody]
    looks = list(_looks(seizures, boxes, node))
    parts += [part for part, _ in looks]
    parts += _models(policies, node)
    chains = (Chained("trail", node.store.links.trail()), Chained("log", node.store.links.log()))
    proofs: list[Proof] = [
        chain.proof(part.path, place)
        for chain, told in zip(chains, (looks, custody), strict=True)
        for part, place in told
    ]
    parts.append(DossierPart(PROOFS, "proofs", Handling.CLEAR, msgspec.json.encode(proofs)))
    return Collected(tuple(parts), tuple(chain.head() for chain in chains))


def _case(case: str, seizures: Sequence[Seizure], boxes: Sequence[Kept]) -> DossierPart:
    told = {"case": case, "seizures": [one.id for one in seizures], "boxes": [kept.visit.id for kept in boxes]}
    return DossierPart("case.json", "case", Handling.CLEAR, _plain.encode(told))


def _box(kept: Kept, policies: dict[str, None], node: Working) -> Iterator[DossierPart]:
    """A box as it stands, its readings oldest first, what officers decided and what controls showed."""
    name, handling = kept.visit.id, int(kept.listed.handling)
    yield DossierPart(f"boxes/{name}.json", "box", handling, _plain.encode(kept.visit))
    for one in sorted(node.store.assessments.of(name, _MOST), key=lambda one: one.hlc):
        policies[one.policy] = None
        told = {
            "visit": name, "at": write_moment(one.hlc), "hlc": one.hlc, "policy": one.policy, "band": one.band,
            "score_milli": one.score_milli, "mandatory": one.mandatory, "features": one.features,
            "reading": None if one.body is None else msgspec.Raw(one.body),
        }  # fmt: skip
        yield DossierPart(f"readings/{name}/{one.hlc}.json", "reading", handling, _plain.encode(told))
    for kind, kept_acts in (("override", node.store.overrides), ("outcome", node.store.outcomes)):
        for act in sorted(kept_acts.of(name), key=lambda act: act.hlc):
            told = {
                "act": kind, "visit": name, "at": write_moment(act.at), "officer": act.officer, "what": act.tag,
                "body": None if act.body is None else msgspec.Raw(act.body),
            }  # fmt: skip
            yield DossierPart(f"acts/{name}/{act.hlc}.json", "act", handling, _plain.encode(told))


def _custody(
    seizures: Sequence[Seizure], boxes: Sequence[Kept], node: Working
) -> tuple[list[DossierPart], list[tuple[DossierPart, int]]]:
    """The entries of the log that boxes and seizures are made of, in order, and the messages that they were read from.

    A message that speaks of other boxes, too, is given whole: an original is not cut. It holds format, form, head of
    the envelope and the message's own bytes, 0x1F between; so its SHA-256 is the content hash that the log names.
    """
    handling: dict[int, int] = {}
    for kept in boxes:
        for hlc in entries_of(kept.visit):
            handling[hlc] = max(handling.get(hlc, 0), int(kept.listed.handling))
    for one in seizures:
        for report in one.reports:
            handling[report.id] = max(handling.get(report.id, 0), int(report.seized.handling))
    originals: dict[int, DossierPart] = {}
    custody = []
    for link in node.store.links.covered(handling):
        held = handling[link.hlc]
        original = ""
        item = node.store.inbox.get(link.unit)
        if item is not None and item.kind != "act" and item.body:
            before = originals.get(link.unit)
            part = DossierPart(f"originals/{link.unit}.bin", "original", max(held, before.handling if before else 0),
                               content_of(unpacked(item.body)))  # fmt: skip
            originals[link.unit], original = part, part.path
        told = LogPart(link.hlc, link.kind, link.subject, link.unit, link.source, link.digest, original)
        custody.append((DossierPart(f"custody/{link.hlc}.json", "custody", held, _plain.encode(told)), int(link.hlc)))
    return list(originals.values()), custody


def _looks(seizures: Sequence[Seizure], boxes: Sequence[Kept], node: Working) -> Iterator[tuple[DossierPart, int]]:
    """Who looked at or did what with a box or seizure, as the trail holds it, in order."""
    handling: dict[str, int] = {kept.visit.id: int(kept.listed.handling) for kept in boxes}
    handling |= {one.id: int(one.seized.handling) for one in seizures}
    found = {}
    for subject, held in handling.items():
        for one in node.store.trail.page(None, _MOST, subject=subject):
            found[one.seq] = (held, _trail.encode((one.seq, one.entry)))
    for seq, (held, body) in sorted(found.items()):
        yield DossierPart(f"trail/{seq}.json", "trail", held, body), seq


def _models(policies: Iterable[str], node: Working) -> Iterator[DossierPart]:
    """The policies by which was judged, and the card of every taught model the node has."""
    for name in policies:
        body = node.store.rules.policy(name)
        if body is not None:
            yield DossierPart(f"models/policy-{name[:16]}.json", "model", Handling.AMBER, body)
    for one in node.store.rules.versions(RuleKind.MODEL):
        told = {"name": one.id, "version": one.version, "hash": one.hash, "author": one.author, "state": one.state,
                "made": write_moment(one.made_at), "reason": one.reason, "card": msgspec.Raw(one.body)}  # fmt: skip
        yield DossierPart(f"models/{one.id}-{one.version}.json", "model", Handling.AMBER, _plain.encode(told))
