"""Teaching as an act that goes on after the answer: one at a time, with its progress and its end."""

from collections.abc import Callable
from typing import ClassVar, Protocol

from vigie.desk import errands, models
from vigie.desk.gate import permit
from vigie.desk.views import ModelRow, TrainingView
from vigie.terms import Conflict, Officer, Purpose

TARGETING = Purpose.TARGETING
Told = Callable[[str], None]


class TrainingUnderWay(Conflict):
    """Models are being taught already: one teaching at a time."""

    code: ClassVar[str] = "training-under-way"


class Lessons(Protocol):
    """What a node keeps of teaching: `vigie.node.training.Training`."""

    def begin(self, asked: TrainingView, work: Callable[[Told], int]) -> TrainingView:
        """Start work beside; it gives the version that was made. Raises TrainingUnderWay while another one goes on."""
        ...

    def here(self, asked: TrainingView, work: Callable[[Told], int]) -> None:
        """Do the work now. Raises TrainingUnderWay while another one goes on, and what the work raises."""
        ...

    def state(self) -> TrainingView | None:
        """The newest teaching; None before the first."""
        ...


class Taught(models.Teaching, errands.Running, Protocol):
    """A node that teaches beside."""

    @property
    def training(self) -> Lessons:
        """Teaching under way."""
        ...


def begin(officer: Officer, node: Taught, reason: str, *, seed: int = 1, purpose: Purpose = TARGETING) -> TrainingView:
    """Start to teach the channels; the answer does not wait for the end.

    Args:
        reason: Why; shown to who approves. seed: Of all draws.

    Raises:
        NotForYou: The officer may not. TrainingUnderWay: Models are being taught already.
    """
    permit(officer, "train-models", purpose, "models", node)

    def work(told: Told) -> int:
        told("archive")
        errands.bring_up(officer, node, purpose=purpose, act="train-models")
        return models.train(officer, node, reason, seed=seed, told=told, purpose=purpose, apart=True).version

    return node.training.begin(_asked(officer, node, reason, seed), work)


def run(officer: Officer, node: Taught, reason: str, *, seed: int = 1, told: Told = lambda _: None) -> ModelRow:
    """Teach the channels now, and come back with the draft; for a command that is waited for.

    Args:
        told: Hears what is being done.

    Raises:
        NotForYou, TooFewPositives, ModelsMissing, AnalyticsMissing: As `vigie.desk.models.train`.
        TrainingUnderWay: Models are being taught already.
    """
    permit(officer, "train-models", TARGETING, "models", node)
    made: list[ModelRow] = []

    def work(note: Told) -> int:
        def both(step: str) -> None:
            note(step)
            told(step)

        both("archive")
        errands.bring_up(officer, node, act="train-models")
        made.append(models.train(officer, node, reason, seed=seed, told=both))
        return made[0].version

    node.training.here(_asked(officer, node, reason, seed), work)
    return made[0]


def progress(officer: Officer, node: Taught, purpose: Purpose = TARGETING) -> TrainingView | None:
    """Tell how far the newest teaching is; None where there was none yet.

    Raises:
        NotForYou: The officer may not see models.
    """
    permit(officer, "see-models", purpose, "models", node)
    return node.training.state()


def _asked(officer: Officer, node: Taught, reason: str, seed: int) -> TrainingView:
    return TrainingView("waiting", "", str(officer.id), reason, seed, node.now())
