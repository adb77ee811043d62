"""Long acts beside the answer: judge the open boxes again, bring the decision table up to date; one of each at a time.

Who asks is told at once, and looks how far it is; each is in the trail like the act it is.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, Protocol, TypeVar

from vigie.desk import archive, archiving, refolding, risk, scanning_batch
from vigie.desk.archive import Archiving
from vigie.desk.gate import permit, reach
from vigie.desk.refolding import Refolding
from vigie.desk.scanning_batch import ReadingMany
from vigie.desk.trail import leave
from vigie.desk.views import ArchiveView, ErrandView, ReadAgainView, RescoreView
from vigie.terms import BadRequest, Conflict, Moment, Officer, Purpose

TARGETING = Purpose.TARGETING
ASSESS, ARCHIVE, MONTHS, RESCORE, READINGS = "assess", "archive", "months", "rescore", "readings"
ACTS = {ASSESS: "assess", ARCHIVE: "backtest", MONTHS: "archive-months", RESCORE: "rescore",
        READINGS: scanning_batch.ACT}  # fmt: skip
"""Kind of errand to the act that an officer must be allowed to do."""

AT_ONCE = 500
"""Boxes of the decision table that are written while a page is waited for: about half a second at 900 rows/s; what is
more goes on beside. Source: docs/adr/0000-state.md"""

Told = Callable[[int, int], None]
Made = TypeVar("Made")


class ErrandUnderWay(Conflict):
    """The same is being done already."""

    code: ClassVar[str] = "errand-under-way"


class Errands(Protocol):
    """What a node does beside: `vigie.node.errands.Errands`."""

    def begin(self, asked: ErrandView, work: Callable[[Told], None]) -> ErrandView:
        """Start work beside. Raises ErrandUnderWay while the same goes on."""
        ...

    def here(self, asked: ErrandView, work: Callable[[Told], None], *, wait: bool = False) -> ErrandView:
        """Do the work now. Raises ErrandUnderWay while the same goes on, unless it is to wait; what the work raises."""
        ...

    def state(self, kind: str) -> ErrandView | None:
        """The newest of a kind; None before the first."""
        ...


class Running(Archiving, Refolding, ReadingMany, Protocol):
    """A node that does long acts beside."""

    @property
    def errands(self) -> Errands:
        """What is done beside."""
        ...


def begin(officer: Officer, kind: str, node: Running, purpose: Purpose = TARGETING) -> ErrandView:
    """Start a long act; the answer does not wait for the end.

    Args:
        kind: `assess`, `archive`, `months`, `rescore` or `readings` (of all decisions or scans, in this process).

    Raises:
        NotForYou: The officer may not. BadRequest: No such act. ErrandUnderWay: The same is being done already.
    """
    _may(officer, kind, node, purpose)
    return node.errands.begin(_asked(officer, kind, node), lambda told: _work(officer, kind, node, told, purpose))


def run(officer: Officer, kind: str, node: Running, told: Told | None = None, purpose: Purpose = TARGETING
        ) -> ErrandView:  # fmt: skip
    """Do a long act now, and come back when it is done; for a command that is waited for.

    Args:
        told: Who is told how far it is: boxes dealt with, boxes in all.

    Raises: As `begin`, and what the act raises.
    """
    _may(officer, kind, node, purpose)

    return node.errands.here(
        _asked(officer, kind, node), lambda note: _work(officer, kind, node, _both(note, told), purpose)
    )


def progress(officer: Officer, kind: str, node: Running, purpose: Purpose = TARGETING) -> ErrandView | None:
    """Tell how far the newest act of a kind is; None where there was none yet.

    Raises:
        NotForYou: The officer may not do it. BadRequest: No such act.
    """
    _may(officer, kind, node, purpose)
    return node.errands.state(kind)


def _may(officer: Officer, kind: str, node: Running, purpose: Purpose) -> None:
    if kind not in ACTS:
        raise BadRequest(reason="unknown-choice", field="kind")
    permit(officer, ACTS[kind], _purpose(kind, purpose), _SUBJECTS[kind], node)


_SUBJECTS = {ASSESS: "arrivals", ARCHIVE: "archive", MONTHS: "store", RESCORE: "decisions",
             READINGS: "scans"}  # fmt: skip


def _purpose(kind: str, purpose: Purpose) -> Purpose:
    """Moving months is administration, whatever the page was opened for."""
    return Purpose.ADMINISTRATION if kind == MONTHS else purpose


def _asked(officer: Officer, kind: str, node: Running) -> ErrandView:
    return ErrandView(kind, "waiting", 0, 0, str(officer.id), node.now())


def _work(officer: Officer, kind: str, node: Running, told: Told, purpose: Purpose) -> None:
    if kind == ASSESS:
        risk.assess(officer, node, purpose=purpose, told=told)
    elif kind == MONTHS:
        archiving.move(officer, node, told=told)
    elif kind == RESCORE:
        refolding.rescore(officer, node, Moment(0), node.now(), told=told, purpose=purpose)
    elif kind == READINGS:
        scanning_batch.read_kept(officer, node, Moment(0), node.now(), told=told, purpose=purpose)
    else:
        archive.bring_up(officer, node, told, purpose)


def behind(node: Archiving) -> int:
    """Boxes that were judged since the decision table was brought up to date; asks no gate."""
    cursor = node.archive.state().cursor
    return 0 if cursor >= node.store.log.last() else len(node.store.assessments.touched(cursor))


def catch_up(
    officer: Officer, node: Running, purpose: Purpose = TARGETING, act: str = ACTS[ARCHIVE]
) -> ArchiveView:
    """Bring the decision table up to date for an answer that is waited for: little at once, much beside it.

    Args:
        act: What the answer is for; the officer must be allowed to do that.

    Returns:
        What the table holds, and how many boxes are still missing while the answer is given.

    Raises:
        NotForYou: The officer may not. AnalyticsMissing: The extra is not installed.
    """
    permit(officer, act, purpose, "archive", node)
    missing, now = behind(node), node.errands.state(ARCHIVE)
    with suppress(ErrandUnderWay):  # then another one does it
        if missing > AT_ONCE and not (now is not None and now.open):
            node.errands.begin(
                _asked(officer, ARCHIVE, node), lambda told: _beside(officer, node, told, purpose, act)
            )
        elif missing and not (now is not None and now.open):
            return bring_up(officer, node, purpose=purpose, act=act, wait=False)
    state = node.archive.state()
    return ArchiveView(state.rows, state.cursor, 0, 0, missing)


def ask(officer: Officer, node: Running, purpose: Purpose = TARGETING) -> ArchiveView:
    """Bring the decision table up to date as `catch_up` does, because an officer says so; it is in the trail.

    Raises: As `catch_up`.
    """
    told = catch_up(officer, node, purpose)
    if not told.looked_at:
        leave(officer, purpose, ACTS[ARCHIVE], "archive", node, rows=told.rows, written=0, missing=told.missing)
    return told


def whole(officer: Officer, node: Running, purpose: Purpose = TARGETING, act: str = ACTS[ARCHIVE]) -> None:
    """Bring the decision table up to date for figures that are taken along, and so must not be of a part of it.

    Raises:
        ErrandUnderWay: Much is missing; it is being written beside. And as `catch_up`.
    """
    if catch_up(officer, node, purpose, act).missing:
        raise ErrandUnderWay


def bring_up(
    officer: Officer, node: Running, told: Told | None = None, purpose: Purpose = TARGETING,
    act: str = ACTS[ARCHIVE], *, wait: bool = True,
) -> ArchiveView:  # fmt: skip
    """Bring the decision table up to date now, and come back when it is done; for a command, or for teaching.

    Args:
        told: Who is told how far it is. act: What it is done for. wait: Where another one does it, wait for the end.

    Raises:
        NotForYou: The officer may not. ErrandUnderWay: Another one does it, and it is not to wait. StoreFault: The
        folder cannot be written. AnalyticsMissing: The extra is not installed.
    """
    permit(officer, act, purpose, "archive", node)
    return _here(
        _asked(officer, ARCHIVE, node), node, told,
        lambda both: archive.bring_up(officer, node, both, purpose, act), wait=wait,
    )  # fmt: skip


def _here(
    asked: ErrandView, node: Running, told: Told | None, work: Callable[[Told], Made], *, wait: bool = False
) -> Made:
    """Do a long act now and give what it made; the page hears how far it is, and so does who waits."""
    made: list[Made] = []
    node.errands.here(asked, lambda note: made.append(work(_both(note, told))), wait=wait)
    return made[0]


def _beside(officer: Officer, node: Running, told: Told, purpose: Purpose, act: str) -> None:
    archive.bring_up(officer, node, told, purpose, act)


def _both(note: Told, told: Told | None) -> Told:
    def both(done: int, whole: int) -> None:
        note(done, whole)
        if told is not None:
            told(done, whole)

    return both


def rescore(
    officer: Officer, node: Running, since: Moment, until: Moment, engine: str = "local", told: Told | None = None,
    purpose: Purpose = TARGETING,
) -> RescoreView:  # fmt: skip
    """Score past decisions again now, and come back when it is done; one at a time, told of on the page as well.

    Raises: As `vigie.desk.refolding.rescore`. ErrandUnderWay: The same is being done already.
    """
    permit(officer, ACTS[RESCORE], purpose, "decisions", node)
    return _here(
        _asked(officer, RESCORE, node), node, told,
        lambda both: refolding.rescore(officer, node, since, until, engine, both, purpose),
    )  # fmt: skip


def begin_rescore(
    officer: Officer, node: Running, since: Moment, until: Moment, engine: str = "local", purpose: Purpose = TARGETING
) -> ErrandView:
    """Start to score past decisions again; the answer does not wait for the end.

    Raises:
        NotForYou: The officer may not. ErrandUnderWay: The same is being done already.
    """
    permit(officer, ACTS[RESCORE], purpose, "decisions", node)

    def work(note: Told) -> None:
        refolding.rescore(officer, node, since, until, engine, note, purpose)

    return node.errands.begin(_asked(officer, RESCORE, node), work)


def read_kept(
    officer: Officer, node: Running, since: Moment, until: Moment, engine: str = "local", told: Told | None = None,
    purpose: Purpose = TARGETING,
) -> ReadAgainView:  # fmt: skip
    """Let the machine read kept scans again now, and come back when it is done; one run at a time.

    Raises: As `vigie.desk.scanning_batch.read_kept`. ErrandUnderWay: The same is being done already.
    """
    permit(officer, ACTS[READINGS], purpose, "scans", node)
    return _here(
        _asked(officer, READINGS, node), node, told,
        lambda both: scanning_batch.read_kept(officer, node, since, until, engine, both, purpose),
    )  # fmt: skip


def begin_readings(
    officer: Officer, node: Running, since: Moment, until: Moment, engine: str = "local", purpose: Purpose = TARGETING
) -> ErrandView:
    """Start to let the machine read kept scans again; the answer does not wait for the end.

    Raises:
        NotForYou: The officer may not. ErrandUnderWay: The same is being done already.
    """
    permit(officer, ACTS[READINGS], purpose, "scans", node)

    def work(note: Told) -> None:
        scanning_batch.read_kept(officer, node, since, until, engine, note, purpose)

    return node.errands.begin(_asked(officer, READINGS, node), work)


def stale(officer: Officer, node: Running, purpose: Purpose = TARGETING) -> int:
    """Open boxes within the officer's reach that were last judged by other rules than those in force; asks no trail."""
    node.rules.refresh(node)
    return node.store.assessments.judged_otherwise(node.rules.policy.hash, reach(officer, purpose, "assess"))
