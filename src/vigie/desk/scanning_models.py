"""Models that read scans: put forward with what they were measured to do, approved by a second officer, in force.

The bytes lie where all models lie; a version is the card. The model that comes with vigie stands until a site's own
does.
"""

from collections.abc import Callable
from typing import Protocol

from vigie.desk import lifecycle
from vigie.desk.gate import permit
from vigie.desk.lifecycle import known, subject_of
from vigie.desk.trail import leave
from vigie.desk.work import Working
from vigie.risk import RuleKind, RuleVersion, in_force
from vigie.scanning import Card, Gate, HeatModel, ModelRefused, read_card, shipped, write_card
from vigie.terms import BadRequest, Officer, Purpose

SCAN_HEAT = "scan-heat"
MODEL = RuleKind.MODEL
TARGETING = Purpose.TARGETING


class Judging(Protocol):
    """Holds a challenger against a champion on the frozen set."""

    def __call__(self, old: HeatModel, old_card: Card, new: HeatModel, new_card: Card) -> Gate:
        """Compare."""
        ...


def promote(
    officer: Officer, full: bytes, small: bytes, card: Card, node: Working, reason: str, judge: Judging
) -> tuple[RuleVersion | None, Gate]:
    """Put a model forward: it is held against the one in force, and kept as a draft where it passes.

    Args:
        full, small: ONNX in 32 and 8 bits; small may be empty. card: Says which they are.
        judge: Holds both against each other on the frozen set.

    Returns:
        The draft, and what the comparison said; no draft where it did not pass.

    Raises:
        NotForYou: The officer may not. ModelRefused: A file is not the one that the card names, or no model.
    """
    permit(officer, "train-models", TARGETING, "models", node)
    for body, sha in ((full, card.full), (small, card.small)):
        if sha:
            HeatModel(body, sha)
    challenger = HeatModel(small, card.small) if card.small else HeatModel(full, card.full)
    held = standing_model(node)
    told = judge(*held, challenger, card) if held is not None else Gate(True, (), ())
    if not told.passed:
        leave(officer, TARGETING, "train-models", SCAN_HEAT, node, passed=False, against=", ".join(told.against))
        return None, told
    for body in (full, small):
        if body:
            node.store.models.put(body)
    version = lifecycle.draft(
        officer, MODEL, SCAN_HEAT, write_card(card), node, reason=reason, valid_from=node.now(), purpose=TARGETING
    )
    leave(officer, TARGETING, "train-models", subject_of(MODEL, SCAN_HEAT, version.version), node, passed=True)
    return version, told


def listed(officer: Officer, node: Working) -> tuple[RuleVersion, ...]:
    """The versions, newest first.

    Raises:
        NotForYou: The officer may not see models.
    """
    permit(officer, "see-models", TARGETING, "models", node)
    leave(officer, TARGETING, "see-models", "models", node)
    return tuple(reversed(known(MODEL, SCAN_HEAT, node)))


def step(officer: Officer, version: int, verb: str, reason: str, node: Working) -> RuleVersion:
    """Take a step of the life-cycle; before a model reads, it is loaded and checked against its card.

    Raises:
        NotForYou, OwnWork, BadRequest: As `vigie.desk.lifecycle.step`. ModelRefused: It was altered, or is gone.
    """
    if verb in ("approve", "shadow", "live"):
        found = next((one for one in known(MODEL, SCAN_HEAT, node) if one.version == version), None)
        if found is None:
            raise BadRequest(reason="no-such-version")
        _loaded(read_card(found.body), node)
    return lifecycle.step(officer, MODEL, SCAN_HEAT, version, verb, reason, node)


def standing_model(
    node: Working, ships: Callable[[], tuple[HeatModel, Card] | None] = shipped
) -> tuple[HeatModel, Card] | None:
    """The model in force with its card: the site's own, else the one that ships; None where there is neither.

    Raises:
        ModelRefused: It was altered, or its bytes are gone.
    """
    version = in_force(known(MODEL, SCAN_HEAT, node), node.now()).get(SCAN_HEAT)
    if version is None:
        return ships()
    card = read_card(version.body)
    return _loaded(card, node), card


def _loaded(card: Card, node: Working) -> HeatModel:
    sha = card.small or card.full
    body = node.store.models.get(sha)
    if not body:
        raise ModelRefused(reason="gone")
    return HeatModel(body, sha)
