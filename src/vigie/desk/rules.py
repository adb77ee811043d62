"""The rules of a node: features, indicators in force, score, and what they are called; compiled when they change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Protocol, Self

import msgspec

from vigie.desk.helping import Hits
from vigie.desk.judging import Rules
from vigie.desk.needs import Node
from vigie.desk.standing import Standing, standing
from vigie.desk.voting import pack, unpack, with_models
from vigie.risk import (
    FEATURE_SET,
    Assessment,
    Assessor,
    Catalogue,
    Fusion,
    Indicator,
    LiveFeatures,
    Policy,
    Predictor,
    Reason,
    Thresholds,
    assessor,
    columns,
    explain,
    link,
    load_catalogue,
    policy_by,
    read_thresholds,
    title,
)
from vigie.risk import Vector as _Vector
from vigie.terms import Handling, Moment, VigieError
from vigie.tracking import Visit, Watched


class Titled(Rules, Protocol):
    """Rules that can tell what they say."""

    @property
    def catalogue(self) -> Catalogue:
        """Every indicator in every version, with its texts."""
        ...

    @property
    def policy(self) -> Policy:
        """What is in force."""
        ...

    def title(self, indicator: str, language: str) -> str:
        """What an indicator is called; its id where it is not known."""
        ...

    def handling(self, indicator: str) -> int:
        """How closely an indicator is held; as closely as can be where it is not known."""
        ...

    def tell(self, reason: Reason, language: str) -> str:
        """Why an indicator fired."""
        ...

    def unknown(self, visit: Visit, vector: _Vector, now: Moment, hits: Hits) -> tuple[str, ...]:
        """The indicators that could not be judged."""
        ...

    @property
    def shipped(self) -> Catalogue:
        """What came with vigie."""
        ...

    @property
    def shadow(self) -> tuple[Indicator, ...]:
        """Indicators that run in shadow."""
        ...

    @property
    def written(self) -> tuple[Indicator, ...]:
        """The indicators in force as they are written."""
        ...

    @property
    def settings(self) -> Thresholds:
        """What officers set of the policy in force."""
        ...

    @property
    def earned(self) -> Fusion | None:
        """Votes of the models that are live, as they were earned."""
        ...

    @property
    def models(self) -> Mapping[str, Predictor]:
        """The models that vote, by hash."""
        ...

    @property
    def fault(self) -> VigieError | None:
        """Why models that are live do not vote."""
        ...


@dataclass(frozen=True)
class _Compiled:
    """Everything that changes together when rules change."""

    catalogue: Catalogue
    policy: Policy
    shadow: tuple[Indicator, ...]
    assessor: Assessor
    stamp: int = -1
    until: Moment | None = None
    written: tuple[Indicator, ...] | None = None
    models: Mapping[str, Predictor] = field(default_factory=dict)
    fault: VigieError | None = None
    settings: Thresholds = field(default_factory=Thresholds)
    earned: Fusion | None = None

    @cached_property
    def in_force(self) -> dict[str, Indicator]:
        return {each.id: each for each in self.policy.indicators}

    @cached_property
    def titles(self) -> dict[tuple[str, str], str]:
        return {}

    @cached_property
    def json(self) -> bytes:
        return msgspec.json.encode(self.policy)

    @cached_property
    def packed(self) -> bytes:
        return pack(self.json, self.models)


class CompiledRules:
    """The indicators in force and all features, compiled for one box at a time (some tens of milliseconds, per change).

    Rules change while a node runs: `refresh` compiles anew when an officer's step or a date that begins or ends a
    validity has changed what is in force; else it costs one small question to the store.

    Args:
        at: The moment whose rules are in force.
    """

    def __init__(self, at: Moment) -> None:
        self.features = LiveFeatures(FEATURE_SET)
        shipped = load_catalogue()
        policy = Policy(link(shipped.in_force(at)))
        self._shipped = shipped
        self._is = _Compiled(shipped, policy, (), assessor(policy))

    @classmethod
    def from_policy(
        cls, policy: Policy, catalogue: Catalogue, models: Mapping[str, Predictor] = MappingProxyType({})
    ) -> Self:
        """Rules that are exactly a policy, for good: a decision is derived again by them.

        Args:
            models: Those that vote in it, by hash.

        Raises:
            BadModel: One that votes is not among them.
        """
        made = cls.__new__(cls)
        made.features = LiveFeatures(FEATURE_SET)
        made._shipped = catalogue
        made._is = _Compiled(catalogue, policy, (), assessor(policy, models), models=models)
        return made

    @classmethod
    def from_packed(cls, body: bytes) -> Self:
        """Rules as another process packed them."""
        policy, models = unpack(body)
        return cls.from_policy(policy, load_catalogue(), models)

    def own(self) -> Self:
        """The same rules for a node of one's own: what one node's officers change does not change another's."""
        made = type(self).__new__(type(self))
        made.features, made._shipped, made._is = self.features, self._shipped, self._is
        return made

    def refresh(self, node: Node) -> bool:
        """Compile anew if what is in force has changed; whether it has."""
        now, here = node.now(), self._is
        stamp = node.store.rules.stamp()
        if stamp == here.stamp and (here.until is None or now < here.until):
            return False
        found = standing(self._shipped, node.store.rules, now)
        self._is = self._compiled(found, stamp, node)
        return self._is.assessor.hash != here.assessor.hash

    def _compiled(self, found: Standing, stamp: int, node: Node) -> _Compiled:
        here, settings = self._is, read_thresholds(found.thresholds)
        rules = policy_by(link(found.live), settings)
        voters = with_models(rules, found.models, node.store.models, here.models, settings)
        judge = here.assessor if voters.policy == here.policy else assessor(voters.policy, voters.models)
        catalogue = Catalogue(found.known, self._shipped.texts)
        return _Compiled(catalogue, voters.policy, found.shadow, judge, stamp, found.until, found.live, voters.models,
                         voters.fault, settings, voters.earned)  # fmt: skip

    def keep(self, node: Node) -> None:
        """Keep the policy in force whole, so that what it decided can be derived again; call it where it decides."""
        here, name = self._is, self._is.assessor.hash
        if not node.store.rules.keeps(name):
            node.store.rules.keep_policy(name, here.json, node.now())

    @property
    def stamp(self) -> int:
        """The state of the store's rules that is compiled; -1 before the first `refresh`."""
        return self._is.stamp

    @property
    def catalogue(self) -> Catalogue:
        """Every indicator in every version that is or was live, with its texts."""
        return self._is.catalogue

    @property
    def shipped(self) -> Catalogue:
        """What came with vigie."""
        return self._shipped

    @property
    def policy(self) -> Policy:
        """What is in force."""
        return self._is.policy

    @property
    def written(self) -> tuple[Indicator, ...]:
        """The indicators in force as they are written: with their references to others."""
        here = self._is
        return here.policy.indicators if here.written is None else here.written

    @property
    def shadow(self) -> tuple[Indicator, ...]:
        """Indicators that run in shadow: evaluated, shown beside, without effect."""
        return self._is.shadow

    @property
    def settings(self) -> Thresholds:
        """What officers set of the policy in force; nothing where it is as it came with vigie."""
        return self._is.settings

    @property
    def earned(self) -> Fusion | None:
        """Votes of the models that are live, before the settings lowered some; None where the rules alone decide."""
        return self._is.earned

    @property
    def models(self) -> Mapping[str, Predictor]:
        """The models that vote, loaded, by hash."""
        return self._is.models

    @property
    def fault(self) -> VigieError | None:
        """Why models that are live do not vote; None where all is well."""
        return self._is.fault

    def packed(self) -> bytes:
        """What a child process judges by: the policy as JSON, with the models that vote."""
        return self._is.packed

    def assess(self, visit: Visit, vector: _Vector, now: Moment, hits: Hits) -> Assessment:
        """Judge one box; the vector itself is kept beside the assessment, not in it."""
        made = self._is.assessor.assess(visit.id, now, columns(visit, vector, now, hits))
        return msgspec.structs.replace(made, watched=tuple(Watched.of(*hit) for hit in hits)) if hits else made

    def unknown(self, visit: Visit, vector: Sequence[int | None], now: Moment, hits: Hits) -> tuple[str, ...]:
        """The indicators that could not be judged, because the messages do not say what they ask."""
        return self._is.assessor.unknown(columns(visit, vector, now, hits))

    def title(self, indicator: str, language: str) -> str:
        """What an indicator is called; its id where it is not in force."""
        here = self._is
        told = here.titles.get((indicator, language))
        if told is None:
            found = here.in_force.get(indicator)
            told = here.titles[indicator, language] = indicator if found is None else title(found, language)
        return told

    def handling(self, indicator: str) -> int:
        """How closely an indicator in force is held; RED where it is not in force any more."""
        found = self._is.in_force.get(indicator)
        return int(Handling.RED if found is None else found.handling)

    def tell(self, reason: Reason, language: str) -> str:
        """Why an indicator fired, in the language of who asks."""
        return explain(reason, language, self.catalogue)
