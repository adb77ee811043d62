"""A past decision made again: the box as it was, what was known of others then, the rules that held; to the byte.

What an assessment stood on: every log entry about the box up to and with its own `hlc`; the feature vector as the
assessment named by `vector_at` read it; the hits of watch lists kept with it; policy and models by their hashes.
Source: docs/adr/0025-rederive-drift-adversary.md
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from vigie.desk.arrivals import find
from vigie.desk.gate import may_know, permit, reach, tell_erased
from vigie.desk.judging import merged
from vigie.desk.policies import Policies
from vigie.desk.redrawing import draws_of
from vigie.desk.replaying import EVER, Replays, States, states_of
from vigie.desk.trail import leave
from vigie.desk.views.rederived import DifferenceView, DrawView, Rederived, RederivedSample
from vigie.desk.work import Working
from vigie.risk import (
    Assessment,
    Difference,
    Keys,
    bodies_differ,
    late_keys,
    line_keys,
    line_number,
    overlaid,
    ship_on,
    vectors_differ,
)
from vigie.terms import BadRequest, Moment, NotForYou, NotFound, Officer, Purpose, VisitId
from vigie.tracking import Assessed, main_line

OVERSIGHT = Purpose.OVERSIGHT
EQUAL, DIFFERENT, ERASED, NOT_KEPT = "equal", "different", "erased", "not-kept"
MOST_SAMPLE = 100_000
"""Decisions one call makes again; at about a thousand a second that is two minutes."""

_ALL = 1_000_000
_READ_AT_ONCE = 200  # boxes whose past is read together: some MB
_decode = msgspec.json.Decoder(Assessment)
_encode = msgspec.json.Encoder()


Read = dict[tuple[VisitId, Moment], tuple[int | None, ...]]
"""Vectors as their lines had them, by visit and by the assessment that read them: later assessments carry them on."""


Ask = Callable[[Sequence[tuple[Keys, int]]], Sequence[tuple[int | None, ...]]]
"""Answers what features some keys have, each as of a moment."""


class Again(msgspec.Struct, frozen=True):
    """A decision made again, before it is shown to somebody. states: What it was made from."""

    kept: Assessed
    verdict: str
    entries: int
    differences: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()


def rederive(officer: Officer, wanted: str, node: Working, purpose: Purpose = OVERSIGHT) -> Rederived:
    """Make a past decision again and compare it with what was kept.

    Args:
        wanted: A container number (its latest visit), a visit, or `visit@hlc` for an earlier assessment of it.

    Raises:
        NotForYou: The officer may not, or there is no such box. Erased: It was erased with all that was decided of it,
            by the erasure that the facts name. NotFound: The box has no assessment at that entry.
        BadRequest: What follows `@` is no log entry.
    """
    name, _, moment = wanted.partition("@")
    permit(officer, "rederive", purpose, name, node)
    visit = find(officer, name, node, purpose)
    allowed = node.store.visits.one(visit, reach(officer, purpose, "rederive")) is not None
    leave(officer, purpose, "rederive", visit, node, refused=not allowed)
    if not allowed:
        tell_erased(officer, (visit,), purpose, node, "rederive")
        raise NotForYou(purpose=purpose.value)
    with node.store.reading():
        made = node.store.assessments.of(visit, limit=_ALL)
        at = _entry(moment) if moment else made[0].hlc if made else Moment(0)
        if all(one.hlc != at for one in made):
            raise NotFound(kind="assessment")
        found = again(made, at, states_of(visit.rpartition("-")[0], node), Policies(node), node)
        return _shown(found, officer, draws_of(visit, node))


def purpose_of(officer: Officer) -> Purpose:
    """What an officer makes a decision again for: oversight, where cleared for it, else targeting."""
    return OVERSIGHT if OVERSIGHT in officer.purposes else Purpose.TARGETING


def _entry(text: str) -> Moment:
    if not text.isdecimal():
        raise BadRequest(reason="not-an-entry", field="at")
    return Moment(int(text))


def _shown(found: Again, officer: Officer, draws: Sequence[DrawView] = ()) -> Rederived:
    """What differs of an indicator that the officer may not know is told without its name and values."""
    kept = found.kept
    return Rederived(
        kept.visit, kept.hlc, found.verdict, kept.policy, found.entries, len(kept.features),
        tuple(_difference(one, officer) for one in found.differences), found.missing, tuple(draws),
    )  # fmt: skip


def _difference(one: Difference, officer: Officer) -> DifferenceView:
    if not may_know(officer, one.handling):
        return DifferenceView(one.part, "", "", "")
    return DifferenceView(one.part, one.name, one.kept, one.again)


def sample(officer: Officer, count: int, node: Working, seed: int = 0, purpose: Purpose = OVERSIGHT) -> RederivedSample:
    """Make a random sample of all past decisions again.

    Args:
        count: How many, 1 to `MOST_SAMPLE`. seed: The same seed draws the same sample of an unchanged node.

    Raises:
        NotForYou: The officer may not. BadRequest: Too few or too many.
    """
    permit(officer, "rederive", purpose, "decisions", node)
    if not 1 <= count <= MOST_SAMPLE:
        raise BadRequest(reason="sample-size", most=MOST_SAMPLE)
    counts: Counter[str] = Counter()
    faults: list[Rederived] = []
    for one in every(node.store.assessments.some(count, seed), node):
        counts[one.verdict] += 1
        if one.verdict == DIFFERENT:
            faults.append(_shown(one, officer))
    found = RederivedSample(
        count, counts.total(), counts[EQUAL], counts[DIFFERENT], counts[ERASED], counts[NOT_KEPT], seed, tuple(faults)
    )
    leave(officer, purpose, "rederive", "decisions", node, checked=found.checked, different=found.different)
    return found


def every(wanted: Sequence[tuple[VisitId, Moment]], node: Working) -> Iterator[Again]:
    """Make some decisions again, each (visit, hlc); boxes are replayed once each."""
    of_box: dict[str, list[tuple[VisitId, Moment]]] = {}
    for visit, at in wanted:
        of_box.setdefault(visit.rpartition("-")[0], []).append((visit, at))
    policies, replays = Policies(node), Replays(node)
    names = list(of_box)
    for place, (container, asked) in enumerate(of_box.items()):
        if place % _READ_AT_ONCE == 0:
            kept = node.store.visits.of_containers(names[place : place + _READ_AT_ONCE], newest=1_000)
            replays.ahead((name, EVER, visits) for name, visits in kept.items())
        states = replays.of(container, kept=kept.get(container, ()))
        read: Read = {}
        made = {visit: node.store.assessments.of(visit, limit=_ALL) for visit in {visit for visit, _ in asked}}
        for visit, at in asked:
            yield again(made[visit], at, states, policies, node, read)


def again(
    made: Sequence[Assessed], at: Moment, states: States, policies: Policies, node: Working, read: Read | None = None
) -> Again:
    """Make one assessment again.

    Args:
        made: All assessments of the visit, newest first. at: Which. states: The box through time.
        read: Vectors of the box that were read again already; gets those that are read now.
    """
    kept = next(one for one in made if one.hlc == at)
    missing = [f"entry {hlc}" for hlc in states.erased if hlc <= at]
    if kept.body is None:
        missing.append(f"assessment {at}")
    visit = states.at(kept.visit, at)
    if visit is None or kept.body is None:
        return Again(kept, ERASED, states.entries, missing=tuple(missing or [f"visit {kept.visit}"]))
    judge = policies.judge(kept.policy)
    if isinstance(judge, str):
        return Again(kept, NOT_KEPT, states.entries, missing=(judge,))
    vector = vector_again(kept, made, states, node, read)
    differences = vectors_differ(node.rules.features.declared.names, kept.features, vector)
    if len(vector) == len(node.rules.features.declared.names):
        hits = tuple(one.hit() for one in _decode.decode(kept.body).watched)
        rebuilt = judge(visit, vector, kept.hlc, hits)
        differences += bodies_differ(kept.body, _encode.encode(rebuilt)) + _columns_differ(kept, rebuilt)
    if differences and missing:  # what is gone may be all that differs; nobody can tell any more
        return Again(kept, ERASED, states.entries, missing=tuple(missing))
    return Again(kept, DIFFERENT if differences else EQUAL, states.entries, differences)


def _columns_differ(kept: Assessed, made: Assessment) -> tuple[Difference, ...]:
    """The columns beside the body must say what the body says."""
    pairs = {
        "score": (kept.score_milli, made.logodds_milli), "band": (kept.band, made.band),
        "mandatory": (kept.mandatory, made.mandatory), "policy": (kept.policy, made.policy),
    }  # fmt: skip
    return tuple(
        Difference(f"column-{name}", "", str(one), str(other)) for name, (one, other) in pairs.items() if one != other
    )


def vector_of(stood: Assessed, replays: Replays, node: Working) -> tuple[int | None, ...]:
    """The vector of an assessment as this release counts: as it was kept, or where an older release with fewer features
    made it, all of it asked again, as of that assessment.
    """
    if len(stood.features) == len(node.rules.features.declared.features):
        return stood.features
    made = node.store.assessments.of(stood.visit, limit=_ALL)
    return vector_again(stood, made, replays.of(stood.visit.rpartition("-")[0], stood.hlc), node)


def vector_again(
    kept: Assessed, made: Sequence[Assessed], states: States, node: Working, read: Read | None = None,
    ask: Ask | None = None,
) -> tuple[int | None, ...]:  # fmt: skip
    """Read the feature vector of an assessment again, as it was read then.

    It was read by the assessment at `vector_at`: of a line announced in that batch, by the keys and as of the entry
    that announced it; else as of the line's first entry, and of earlier controls as of that assessment. What the box
    got on its way is asked as of the assessment itself.

    Args:
        ask: Who answers what is asked of history; the live form where None.
    """
    ask = ask or _asking(node)
    known, name = {} if read is None else read, (kept.visit, kept.vector_at)
    if name not in known:
        known[name] = _as_first_read(kept, made, states, node, ask)
    vector = known[name]
    visit = states.at(kept.visit, kept.hlc)
    if not vector or visit is None:
        return vector
    ships = node.store.sailings.lost([ship_on(visit)], kept.hlc)
    keys = late_keys(visit, node.pseudonyms.key_at(kept.hlc + 1, node.store.parties), ships)
    if keys is None:
        return vector
    return overlaid(vector, ask([(keys, kept.hlc + 1)])[0])


def _asking(node: Working) -> Ask:
    return lambda asked: node.rules.features.ask_many(asked, node.store.history)


def _as_first_read(
    kept: Assessed, made: Sequence[Assessed], states: States, node: Working, ask: Ask
) -> tuple[int | None, ...]:
    """The vector as its line had it."""
    read_at = kept.vector_at
    visit = states.at(kept.visit, read_at)
    if visit is None:
        return ()
    line = main_line(visit)
    before = max((one.hlc for one in made if one.hlc < read_at), default=Moment(0))
    if line is not None and before < line.first:
        key_of = node.pseudonyms.key_at(line.first, node.store.parties)
        keys = states.announced(line_number(visit, line), line.first, key_of)
        if keys is not None:
            return ask([(keys, line.first)])[0]
    first = line.first if line is not None else visit.opened
    key_at = node.pseudonyms.key_at
    then = line_keys(visit, line, key_at(first, node.store.parties))
    now = line_keys(visit, line, key_at(read_at + 1, node.store.parties))
    early, late = ask([(then, first), (now, read_at + 1)])
    return merged(early, late)
