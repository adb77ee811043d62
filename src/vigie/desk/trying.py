"""What is tried, as an officer names it: a version of an indicator, of the settings, of the models; what it would make.

An indicator is named `P1@2`, the settings `policy@3`, the models `channels@4`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from vigie.desk import policy
from vigie.desk.gate import may, permit
from vigie.desk.indicators import trial
from vigie.desk.lifecycle import known
from vigie.desk.standing import SETTINGS
from vigie.desk.trail import leave
from vigie.desk.voting import CHANNELS, load_models
from vigie.desk.work import Working
from vigie.risk import (
    BadIndicator,
    Fusion,
    Policy,
    Predictor,
    RuleKind,
    RuleVersion,
    Shares,
    State,
    fusion_by,
    indicator_of,
    read_channels,
)
from vigie.terms import NotForYou, Officer, Purpose

TARGETING = Purpose.TARGETING
_LONGEST_NUMBER = 9
_TRIED = frozenset((State.DRAFT, State.SUBMITTED, State.APPROVED, State.SHADOW))


class Tried(NamedTuple):
    """What is tried. policy: That would decide. shares: Of chance, where they change. models: That vote in it alone."""

    policy: Policy
    shares: Shares | None = None
    models: Mapping[str, Predictor] = MappingProxyType({})


def draft_of(name: str, version: int) -> str:
    """A version as it is named where it is tried.

    >>> draft_of("P1", 2)
    'P1@2'
    """
    return f"{name}@{version}"


def tried(officer: Officer, draft: str, node: Working, purpose: Purpose = TARGETING) -> Tried:
    """What a version would make of the rules in force; those themselves where none is named.

    Raises:
        NotForYou: The version is not for the officer, or there is none. BadModel, ModelsMissing: A model that would
        vote cannot be loaded.
    """
    if not draft:
        return Tried(node.rules.policy)
    name, _, number = draft.partition("@")
    version = int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else 0
    if name == SETTINGS:
        made = policy.trial(officer, version, node, purpose)
        votes = made.policy.fusion.votes if made.policy.fusion else ()
        loaded = load_models((one.model for one in votes), node.store.models, node.rules.models)
        return Tried(made.policy, made.shares, loaded)
    if name == CHANNELS:
        return _models(officer, version, node, purpose)
    return Tried(trial(officer, draft, node, purpose))


def _models(officer: Officer, version: int, node: Working, purpose: Purpose) -> Tried:
    subject = f"{RuleKind.MODEL.value} {CHANNELS} v{version}"
    permit(officer, "see-models", purpose, subject, node)
    found = next((one for one in known(RuleKind.MODEL, CHANNELS, node) if one.version == version), None)
    leave(officer, purpose, "see-models", subject, node, refused=found is None)
    if found is None:
        raise NotForYou(purpose=purpose.value)
    return by_models(found, node)


def by_models(version: RuleVersion, node: Working) -> Tried:
    """What would decide if a version of the models were live, under the settings in force.

    Raises:
        BadModel, ModelsMissing: As `load_models`.
    """
    fusion = fusion_by(read_channels(version.body).fusion, node.rules.settings) or Fusion()
    loaded = load_models((one.model for one in fusion.votes), node.store.models, node.rules.models)
    return Tried(msgspec.structs.replace(node.rules.policy, fusion=fusion), None, loaded)


def drafts(officer: Officer, node: Working) -> list[str]:
    """The versions that an officer could try: not in force, not retired, within clearance."""
    mine = sorted(
        draft_of(version.id, version.version) for version in known(RuleKind.INDICATOR, "", node)
        if version.state in _TRIED and not version.shipped and _may_know(version.body, officer)
    )  # fmt: skip
    models = known(RuleKind.MODEL, CHANNELS, node) if may(officer, "see-models", TARGETING) else ()
    return [*mine, *policy.tried(known(RuleKind.POLICY, SETTINGS, node)),
            *(draft_of(CHANNELS, one.version) for one in models if one.state in _TRIED)]  # fmt: skip


def _may_know(body: bytes, officer: Officer) -> bool:
    try:
        return indicator_of(body).handling <= officer.clearance
    except BadIndicator:
        return False  # of a release that this one cannot read
