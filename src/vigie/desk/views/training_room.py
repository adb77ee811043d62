"""What the faces show of training: only ever the own record of who asks."""

import msgspec

from vigie.scanning import TrainingRecord

Box = tuple[int, int, int, int]


class TrainingRoom(msgspec.Struct, frozen=True):
    """An officer's training.

    Attributes:
        record: What all answers add up to. backgrounds: Clean scans within reach.
        quiz: Name of the one under way; empty for none. pictures, answered: Of it. next: Its next picture; -1 for none.
        real, asked_real: Pictures that looked real, of those that were judged so or otherwise.
    """

    record: TrainingRecord
    backgrounds: int
    quiz: str
    pictures: int
    answered: int
    next: int
    real: int
    asked_real: int


class TrainingAnswered(msgspec.Struct, frozen=True):
    """How an answer came out.

    Attributes:
        judged: `hit`, `miss`, `misplaced`, `false-alarm`, `rejection`. truth: Where the threat is, pixels; all 0 for
            none. kg, name: Of the threat. places: What was marked. seconds: Taken. looked_real: None while not judged.
    """

    judged: str
    truth: Box
    kg: float
    name: str
    places: tuple[Box, ...]
    seconds: float
    looked_real: bool | None = None


class TrainingItem(msgspec.Struct, frozen=True):
    """One picture of a quiz, as `ScanReadingView` describes a picture. answered: None until it is answered."""

    quiz: str
    number: int
    pictures: int
    rows: int
    columns: int
    row_mm: float
    column_mm: float
    air: tuple[int, ...]
    dark: tuple[int, ...]
    energies_mev: tuple[float, ...]
    answered: TrainingAnswered | None = None
    density: tuple[tuple[float, float], ...] = ()
    references: tuple[str, ...] = ()
