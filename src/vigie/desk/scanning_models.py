"""Models that read scans: put forward with what they were measured to do, approved by a second officer, in force.

Two sorts have a life-cycle: the net of bricks, and the comparison of two pictures of one container. The bytes lie where
all models lie; a version is the card. The model that comes with vigie stands until a site's own does.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from vigie.desk import lifecycle
from vigie.desk.gate import permit
from vigie.desk.lifecycle import known, subject_of
from vigie.desk.trail import leave
from vigie.desk.work import Working
from vigie.risk import RuleKind, RuleVersion, in_force
from vigie.scanning import (
    Card,
    Comparer,
    Gate,
    HeatModel,
    ModelRefused,
    PairModel,
    Thresholds,
    read_card,
    shipped,
    shipped_comparer,
    shipped_pairs,
    write_card,
)
from vigie.terms import BadRequest, Officer, Purpose

SCAN_HEAT, SCAN_PAIR = "scan-heat", "scan-pair"
BRICKS, COMPARISON = "bricks", "comparison"
SORTS = {BRICKS: SCAN_HEAT, COMPARISON: SCAN_PAIR}
"""What an officer calls them, and under which name their versions stand."""
OF_MAKE = ("same-model", "same-models")
"""Relations that are compared by the model of units, which ships and has no life-cycle of its own."""
NOT_FOR_OPERATION = "simulated, not for operation"
"""What the card of a comparison says that was taught on simulated pairs alone: it compares simulated scans alone."""
MODEL = RuleKind.MODEL
TARGETING = Purpose.TARGETING


class Judging(Protocol):
    """Holds a challenger against a champion on the frozen set."""

    def __call__(self, old: Any, old_card: Card, new: Any, new_card: Card) -> Gate:
        """Compare."""
        ...


def promote(
    officer: Officer, full: bytes, small: bytes, card: Card, node: Working, reason: str, judge: Judging,
    sort: str = BRICKS,
) -> tuple[RuleVersion | None, Gate]:  # fmt: skip
    """Put a model forward: it is held against the one in force, and kept as a draft where it passes.

    Args:
        full, small: ONNX in 32 and 8 bits; small may be empty. card: Says which they are.
        judge: Holds both against each other on the frozen set; both are a `HeatModel`, or a `PairModel`.
        sort: "bricks" or "comparison".

    Returns:
        The draft, and what the comparison said; no draft where it did not pass.

    Raises:
        NotForYou: The officer may not. ModelRefused: A file is not the one that the card names, or no model.
    """
    permit(officer, "train-models", TARGETING, "models", node)
    name = SORTS[sort]
    for body, sha in ((full, card.full), (small, card.small)):
        if sha:
            _opened(name, body, sha)
    challenger = _opened(name, small, card.small) if card.small else _opened(name, full, card.full)
    held: tuple[Any, Card] | None = standing_model(node) if sort == BRICKS else standing_pairs(node) or shipped_pairs()
    told = judge(*held, challenger, card) if held is not None else Gate(True, (), ())
    if not told.passed:
        leave(officer, TARGETING, "train-models", name, node, passed=False, against=", ".join(told.against))
        return None, told
    for body in (full, small):
        if body:
            node.store.models.put(body)
    version = lifecycle.draft(
        officer, MODEL, name, write_card(card), node, reason=reason, valid_from=node.now(), purpose=TARGETING
    )
    leave(officer, TARGETING, "train-models", subject_of(MODEL, name, version.version), node, passed=True)
    return version, told


def listed(officer: Officer, node: Working, sort: str = BRICKS) -> tuple[RuleVersion, ...]:
    """The versions of one sort, newest first.

    Raises:
        NotForYou: The officer may not see models.
    """
    permit(officer, "see-models", TARGETING, "models", node)
    leave(officer, TARGETING, "see-models", "models", node)
    return tuple(reversed(known(MODEL, SORTS[sort], node)))


def step(
    officer: Officer, version: int, verb: str, reason: str, node: Working, sort: str = BRICKS
) -> RuleVersion:
    """Take a step of the life-cycle; before a model reads, it is loaded and checked against its card.

    Raises:
        NotForYou, OwnWork, BadRequest: As `vigie.desk.lifecycle.step`. ModelRefused: It was altered, or is gone.
    """
    if verb in ("approve", "shadow", "live"):
        found = next((one for one in known(MODEL, SORTS[sort], node) if one.version == version), None)
        if found is None:
            raise BadRequest(reason="no-such-version")
        _loaded(SORTS[sort], read_card(found.body), node)
    return lifecycle.step(officer, MODEL, SORTS[sort], version, verb, reason, node)


def standing_model(
    node: Working, ships: Callable[[], tuple[HeatModel, Card] | None] = shipped
) -> tuple[HeatModel, Card] | None:
    """The model in force with its card: the site's own, else the one that ships; None where there is neither.

    Raises:
        ModelRefused: It was altered, or its bytes are gone.
    """
    return _own(SCAN_HEAT, node) or ships()


def standing_pairs(node: Working) -> tuple[PairModel, Card] | None:
    """The site's own comparison in force with its card; None where there is none.

    Raises:
        ModelRefused: It was altered, or its bytes are gone.
    """
    return _own(SCAN_PAIR, node)


def standing_comparer(
    node: Working, simulated: bool, ships: Callable[[], Comparer | None] = shipped_comparer
) -> Comparer | None:
    """What compares two pictures now: the site's own comparison, else the one that ships; None where neither may.

    What ships, and whatever was taught on simulated pairs alone, compares simulated scans only.

    Args:
        simulated: Whether both scans are.

    Raises:
        ModelRefused: It was altered, or its bytes are gone.
    """
    own, held = _own(SCAN_PAIR, node), ships() if simulated else None
    if own is None or (own[1].use == NOT_FOR_OPERATION and not simulated):
        return held
    model, card = own
    if held is None or held.units is None:
        return Comparer(model, card.thresholds)
    values, levels = held.thresholds.values, held.thresholds.levels
    of_units = {name: level for name, level in levels.items() if name in OF_MAKE}  # the model of units goes on
    told = {name: limit for name, limit in values.items() if name.split("/")[2] in OF_MAKE}
    own_limits = card.thresholds
    both = Thresholds(
        version=own_limits.version, values={**told, **own_limits.values}, levels={**of_units, **own_limits.levels}
    )
    return Comparer(model, both, held.units)


def _own(name: str, node: Working) -> tuple[Any, Card] | None:
    version = in_force(known(MODEL, name, node), node.now()).get(name)
    if version is None:
        return None
    card = read_card(version.body)
    return _loaded(name, card, node), card


def _loaded(name: str, card: Card, node: Working) -> Any:
    sha = card.small or card.full
    body = node.store.models.get(sha)
    if not body:
        raise ModelRefused(reason="gone")
    return _opened(name, body, sha)


@lru_cache(maxsize=4)
def _opened(name: str, body: bytes, sha: str) -> Any:
    """A model that is ready to run; the latest are held, since making one ready costs a fifth of a reading."""
    return (HeatModel if name == SCAN_HEAT else PairModel)(body, sha)
