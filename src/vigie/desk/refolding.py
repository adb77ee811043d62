"""Past decisions made again in bulk, as-of correct: what each asked of history is read from the log, asked of the fold.

The live form answers a question when it is asked; here all questions of many decisions are gathered first, the fold
answers them together, and each decision takes of every answer what it took then.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import msgspec

from vigie.desk.gate import permit
from vigie.desk.rederiving import Read, vector_again
from vigie.desk.replaying import EVER, Replays
from vigie.desk.trail import leave
from vigie.desk.views import RescoreView, SkewView
from vigie.desk.work import Working
from vigie.risk import Keys, columns
from vigie.terms import DAY, BadRequest, Moment, NotFound, Officer, Purpose, VisitId
from vigie.tracking import Assessed, Watched

PART = 2_000
"""Decisions read together: some seconds of work, some ten MB."""

SKEW = "skew"
"""Value of the store: the newest comparison of a day's stored features with the log."""

LATE_DAYS = 2
"""Days after which a comparison that has not come is told: one night may be missed, two are not."""

_READING = 60  # of a hundred: how far a run is once its decisions are read; vigie.engine.refold goes on from there
_VECTORS_AT_ONCE = 20_000
_ALL = 1_000_000
Told = Callable[[int, int], None]
Wanted = tuple[VisitId, Moment]


class _Watching(msgspec.Struct):
    watched: tuple[Watched, ...] = ()


class Taken(msgspec.Struct):
    """A decision read again: as it was kept, which question answers each feature, its row."""

    kept: Assessed
    pointers: tuple[int, ...]
    row: tuple[object, ...]


class Run(Protocol):
    """One run of the engine over many decisions: `vigie.node.refolding`."""

    def made(self, parts: Sequence[Sequence[Wanted]], reading: Told, told: Told) -> Any:
        """Read, fold and judge all parts; gives what came out.

        Args:
            reading: Told how many parts are read, of all. told: Told hundredths of all that follows.
        """
        ...

    @property
    def folder(self) -> str:
        """Where results lie."""
        ...


class Refolding(Working, Protocol):
    """A node that can make many decisions again."""

    def refold(self, kind: str, stamp: str, engine: str, *, judged: bool) -> Run:
        """Begin a run, or go on with it. Raises AnalyticsMissing where the extra is not installed."""
        ...


def rescore(
    officer: Officer, node: Refolding, since: Moment, until: Moment, engine: str = "local", told: Told | None = None,
    purpose: Purpose = Purpose.TARGETING,
) -> RescoreView:  # fmt: skip
    """Compute features, indicators and models of past decisions again; asked again after a stop, it goes on.

    Args:
        since, until: Decisions from a moment (inclusive) to another (exclusive). engine: As `vigie.engine.open_engine`.
        told: Decisions dealt with, decisions in all.

    Raises:
        NotForYou: The officer may not. BadRequest: An empty span, or no such engine. NotFound: No decision lies in it.
        AnalyticsMissing: The extra is not installed. StoreFault: The disk is full, or the engine is gone.
    """
    permit(officer, "rescore", purpose, "decisions", node)
    if since >= until:
        raise BadRequest(reason="out-of-range", field="from")
    wanted, policy = _between(since, until, node), node.rules.policy.hash
    if not wanted:
        raise NotFound(kind="assessment")
    erasures = [(one.id, one.state) for one in node.store.erasures.page(1)]
    stamp = f"{policy} {since} {until} {len(wanted)} {wanted[-1]} {erasures}"
    run = node.refold("rescore", stamp, engine, judged=True)
    found = run.made(_parts(wanted), _read(told, len(wanted)), _rest(told, len(wanted)))
    leave(officer, purpose, "rescore", "decisions", node, boxes=found.boxes, differ=found.features_differ)
    return RescoreView(
        since, until, policy, engine, found.boxes, len(wanted) - found.boxes, found.features, found.features_differ,
        found.judged_alike, found.scores_differ, found.moved_up, found.moved_down, found.older, found.digest,
        run.folder,
    )  # fmt: skip


def skew(
    officer: Officer, node: Refolding, day: Moment | None = None, engine: str = "local",
    purpose: Purpose = Purpose.OVERSIGHT,
) -> SkewView:  # fmt: skip
    """Make the feature vectors of a day again from the log, by the fold, and compare them with what was stored.

    Args:
        day: A moment of the day (UTC); yesterday where None.

    Raises:
        NotForYou: The officer may not. AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "see-skew", purpose, "features", node)
    view = compare_day(node, day, engine)
    leave(officer, purpose, "see-skew", "features", node, checked=view.checked, different=view.different)
    return view


def compare_day(node: Refolding, day: Moment | None = None, engine: str = "local") -> SkewView:
    """The comparison itself, for the nightly job; its result is kept."""
    start = (node.now() if day is None else day) // DAY * DAY - (DAY if day is None else 0)
    wanted = _between(Moment(start), Moment(start + DAY), node)
    if not wanted:
        return _kept(SkewView(start, start + DAY, 0, 0, 0, (), node.now()), node)
    run = node.refold(SKEW, f"{start} {node.now()}", engine, judged=False)
    found = run.made(_parts(wanted), _nobody, _nobody)
    view = SkewView(start, start + DAY, found.boxes, found.features_differ, len(wanted) - found.boxes,
                    found.names, node.now(), found.older)  # fmt: skip
    return _kept(view, node)


def _kept(view: SkewView, node: Refolding) -> SkewView:
    node.store.settings.put(SKEW, msgspec.json.encode(view))
    return view


def last_skew(node: Working) -> SkewView | None:
    """The newest comparison; None before the first. Asks no gate: it counts, and names nobody."""
    told = node.store.settings.get(SKEW)
    return None if told is None else msgspec.json.decode(told, type=SkewView)


def last_shown(officer: Officer, node: Working, purpose: Purpose = Purpose.OVERSIGHT) -> SkewView | None:
    """The newest comparison, for an officer; None before the first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-skew", purpose, "features", node)
    return last_skew(node)


def purpose_of(officer: Officer) -> Purpose:
    """What an officer compares for: oversight, else administration, else targeting, as far as cleared for it."""
    return next((one for one in (Purpose.OVERSIGHT, Purpose.ADMINISTRATION) if one in officer.purposes),
                Purpose.TARGETING)  # fmt: skip


def _nobody(done: int, whole: int) -> None:
    """Who is told where nobody asked."""


def _read(told: Told | None, whole: int) -> Told:
    """Reading is told in decisions: so many of a hundred of all there is to do."""
    if told is None:
        return _nobody
    return lambda parts, _: told(min(parts * PART, whole) * _READING // 100, whole)


def _rest(told: Told | None, whole: int) -> Told:
    """What follows tells hundredths of all there is to do, from where reading ended."""
    return _nobody if told is None else lambda done, hundred: told(whole * done // hundred, whole)


def _between(since: Moment, until: Moment, node: Working) -> list[Wanted]:
    found, after = list[Wanted](), since - 1
    while some := node.store.assessments.named(after, until, _VECTORS_AT_ONCE):
        found += some
        after = some[-1][1]
    return found


def _parts(wanted: Sequence[Wanted]) -> list[Sequence[Wanted]]:
    return [wanted[start : start + PART] for start in range(0, len(wanted), PART)]


def again(wanted: Sequence[Wanted], node: Working, *, judged: bool) -> tuple[list[Taken], list[tuple[Keys, int]]]:
    """Read decisions again from the log: each as it was, and all they asked of history.

    Args:
        judged: With their rows for scores.
    """
    asks: list[tuple[Keys, int]] = []
    return list(_again(wanted, asks, node, judged=judged)), asks


def _again(wanted: Sequence[Wanted], asks: list[tuple[Keys, int]], node: Working, *, judged: bool) -> Iterator[Taken]:
    """Tell boxes again, each as it was; what was erased is left out."""
    of_box: dict[str, list[Wanted]] = {}
    for visit, at in wanted:
        of_box.setdefault(visit.rpartition("-")[0], []).append((visit, at))
    replays, kept = Replays(node), node.store.visits.of_containers(list(of_box), newest=1_000)
    replays.ahead((name, EVER, visits) for name, visits in kept.items())
    width = len(node.rules.features.declared.features)

    def ask(asked: Sequence[tuple[Keys, int]]) -> list[tuple[int, ...]]:
        asks.extend(asked)
        return [(number,) * width for number in range(len(asks) - len(asked), len(asks))]

    for container, ours in of_box.items():
        states = replays.of(container, kept=kept.get(container, ()))
        read: Read = {}
        made = {visit: node.store.assessments.of(visit, limit=_ALL) for visit in {visit for visit, _ in ours}}
        for visit, at in ours:
            one = next((each for each in made[visit] if each.hlc == at), None)
            state = states.at(visit, at)
            if one is None or one.body is None or state is None or any(hlc <= at for hlc in states.erased):
                continue
            pointers = vector_again(one, made[visit], states, node, read, ask)
            if len(pointers) != width:
                continue
            hits = tuple(hit.hit() for hit in msgspec.json.decode(one.body, type=_Watching).watched)
            fits = one.features if len(one.features) == width else (None,) * width
            row = columns(state, fits, at, hits) if judged else ()
            yield Taken(one, tuple(number or 0 for number in pointers), row)
