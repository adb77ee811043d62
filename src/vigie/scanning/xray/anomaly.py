"""Unlike its commodity: each part of a picture beside parts of known pictures of the same goods.

A bank keeps, for each commodity, how squares of 32 cm of harmless loads look (mean density, fine and coarse texture,
along and across, what the low energy tells). A square that is far from all of them is unlike. Nothing is learnt from
manifests or their words. Source: the memory bank of PatchCore (Roth 2022), on measured features, not a foreign net's.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from msgspec import Struct

from vigie.scanning.xray.finding import Box
from vigie.scanning.xray.grid import Grid, halved
from vigie.terms import VigieError

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Floats = NDArray[float32]

SQUARE = 16
"""Side of a square on half the grid: 32 cm, a little more than a brick is long."""
STEP = 8
MOST_SQUARES = 1500
"""Squares kept for a commodity; drawn evenly out of all that were shown."""
FEATURES = 9
WORST = 6
"""Squares whose mean distance is the score: about one bag."""
LARGEST_BANK = 16_000_000


class BadBank(VigieError):
    """A file given as bank of commodities is none, or too large."""

    code: ClassVar[str] = "scan-bank-refused"


class Bank(Struct, frozen=True, kw_only=True):
    """What harmless loads look like.

    Attributes:
        middle, spread: Of each feature over all commodities, to make them comparable.
        squares: Features of known squares by commodity, float32 in little-endian order.
        usual: Middle and spread of the scores of harmless scans, by commodity.
    """

    middle: tuple[float, ...]
    spread: tuple[float, ...]
    squares: Mapping[str, bytes]
    usual: Mapping[str, tuple[float, float]] = {}


def squares_of(grid: Grid) -> "Floats":
    """Features of all squares: rows of squares by columns by `FEATURES`."""
    import numpy as np
    from scipy.ndimage import uniform_filter

    density = halved(grid.density)
    residual = grid.residual if grid.residual is not None else np.zeros_like(density)

    def mean(values: Any) -> Any:
        half = SQUARE // 2
        return uniform_filter(values, SQUARE)[
            half : values.shape[0] - half + 1 : STEP, half : values.shape[1] - half + 1 : STEP
        ]

    fine = np.abs(density - uniform_filter(density, 3))
    coarse = density - uniform_filter(density, SQUARE)
    down, along = np.abs(np.diff(density, axis=0, append=0)), np.abs(np.diff(density, axis=1, append=0))
    middle = mean(density)
    made = (
        np.log1p(np.maximum(middle, 0)), np.log(mean(fine) + 0.05), 0.5 * np.log(mean(coarse**2) + 0.05),
        np.log(mean(down) + 0.05), np.log(mean(along) + 0.05), 30.0 * mean(residual),
        np.log(mean(np.abs(residual - uniform_filter(residual, SQUARE))) + 1e-3),
        middle / (np.median(middle) + 5.0), np.broadcast_to(np.linspace(0, 1, middle.shape[0])[:, None], middle.shape),
    )  # fmt: skip
    return np.stack(made, -1).astype(np.float32)


def make_bank(shown: Iterable[tuple[str, Grid]], seed: int = 1, most: int = MOST_SQUARES) -> Bank:
    """Make a bank of harmless scans, each with its commodity. Every third scan is kept apart to tell what is usual.

    Args:
        most: Squares kept of a commodity.
    """
    import numpy as np

    held: dict[str, list[Any]] = {}
    for commodity, grid in shown:
        held.setdefault(commodity, []).append(squares_of(grid).reshape(-1, FEATURES))
    every = np.concatenate([one for many in held.values() for one in many])
    middle, spread = every.mean(0), every.std(0) + 1e-3
    draw = np.random.default_rng(seed)
    squares, usual = {}, {}
    for commodity, many in sorted(held.items()):
        learnt = [one for n, one in enumerate(many) if n % 3 or len(many) < 6]
        apart = [one for n, one in enumerate(many) if n % 3 == 0 and len(many) >= 6] or many
        pool = (np.concatenate(learnt) - middle) / spread
        taken = pool[draw.permutation(len(pool))[:most]].astype("<f4")
        squares[commodity] = taken.tobytes()
        scores = np.array([_score(((one - middle) / spread).astype(np.float32), taken)[0] for one in apart])
        usual[commodity] = (float(np.median(scores)), float(np.std(scores)) + 0.05)
    return Bank(middle=tuple(map(float, middle)), spread=tuple(map(float, spread)), squares=squares, usual=usual)


def _score(rows: Any, known: Any) -> tuple[float, Any]:
    import numpy as np
    from scipy.spatial import cKDTree

    distance, _ = cKDTree(known).query(rows, k=2)
    far = distance.mean(1)
    return float(np.partition(far, -min(WORST, len(far)))[-min(WORST, len(far)) :].mean()), far


def unlike(bank: Bank, commodity: str, grid: Grid) -> tuple[float, Box] | None:
    """How far a scan is from its commodity, in spreads of harmless scans above their middle; and where it is farthest.

    Returns:
        None where the bank does not know the commodity. The box is on the grid.
    """
    import numpy as np

    if commodity not in bank.squares:
        return None
    features = squares_of(grid)
    rows = ((features.reshape(-1, FEATURES) - np.array(bank.middle)) / np.array(bank.spread)).astype(np.float32)
    score, far = _score(rows, np.frombuffer(bank.squares[commodity], "<f4").reshape(-1, FEATURES))
    middle, spread = bank.usual[commodity]
    row, column = np.unravel_index(int(far.argmax()), features.shape[:2])
    side = SQUARE * 2
    return (score - middle) / spread, (int(column) * STEP * 2, int(row) * STEP * 2, side, side)


def likeness(bank: Bank, grid: Grid) -> dict[str, float]:
    """Median distance of the squares of a scan to each commodity that the bank knows; the smallest is the likest."""
    import numpy as np
    from scipy.spatial import cKDTree

    rows = (squares_of(grid).reshape(-1, FEATURES) - np.array(bank.middle)) / np.array(bank.spread)
    thin = rows[:: max(1, len(rows) // 300)].astype(np.float32)
    return {
        name: float(np.median(cKDTree(np.frombuffer(body, "<f4").reshape(-1, FEATURES)).query(thin)[0]))
        for name, body in bank.squares.items()
    }


def write_bank(bank: Bank) -> bytes:
    """A bank as MessagePack."""
    return msgspec.msgpack.encode(bank)


def read_bank(body: bytes) -> Bank:
    """A bank out of MessagePack.

    Raises:
        BadBank: It is none.
    """
    if len(body) > LARGEST_BANK:
        raise BadBank(size=len(body))
    try:
        bank = msgspec.msgpack.decode(body, type=Bank)
    except msgspec.MsgspecError as fault:
        raise BadBank(size=len(body)) from fault
    row = FEATURES * 4
    whole = all(held and len(held) % row == 0 for held in bank.squares.values())
    if (
        not whole
        or len(bank.middle) != FEATURES
        or len(bank.spread) != FEATURES
        or set(bank.usual) != set(bank.squares)
    ):
        raise BadBank(size=len(body))
    return bank
