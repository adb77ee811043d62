"""The rules of a node, compiled once: features, indicators in force, score, and what they are called."""

from collections.abc import Sequence
from typing import Protocol

from vigie.desk.helping import Hits
from vigie.desk.judging import Rules
from vigie.risk import (
    FEATURE_SET,
    Assessment,
    Catalogue,
    LiveFeatures,
    Policy,
    Reason,
    assessor,
    columns,
    explain,
    load_catalogue,
    title,
)
from vigie.risk import Vector as _Vector
from vigie.terms import Handling, Moment
from vigie.tracking import Visit


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


class CompiledRules:
    """The indicators in force and all features, compiled for one box at a time (some tens of milliseconds, once).

    Args:
        at: The moment whose rules are in force.
    """

    def __init__(self, at: Moment) -> None:
        self.features = LiveFeatures(FEATURE_SET)
        self.catalogue = load_catalogue()
        self.policy = Policy(self.catalogue.in_force(at))
        self._assessor = assessor(self.policy)
        self._in_force = {each.id: each for each in self.policy.indicators}
        self._titles: dict[tuple[str, str], str] = {}

    def assess(self, visit: Visit, vector: _Vector, now: Moment, hits: Hits) -> Assessment:
        """Judge one box; the vector itself is kept beside the assessment, not in it."""
        return self._assessor.assess(visit.id, now, columns(visit, vector, now, hits))

    def unknown(self, visit: Visit, vector: Sequence[int | None], now: Moment, hits: Hits) -> tuple[str, ...]:
        """The indicators that could not be judged, because the messages do not say what they ask."""
        return self._assessor.unknown(columns(visit, vector, now, hits))

    def title(self, indicator: str, language: str) -> str:
        """What an indicator is called; its id where it is not in force."""
        told = self._titles.get((indicator, language))
        if told is None:
            found = self._in_force.get(indicator)
            told = self._titles[indicator, language] = indicator if found is None else title(found, language)
        return told

    def handling(self, indicator: str) -> int:
        """How closely an indicator in force is held; RED where it is not in force any more."""
        found = self._in_force.get(indicator)
        return int(Handling.RED if found is None else found.handling)

    def tell(self, reason: Reason, language: str) -> str:
        """Why an indicator fired, in the language of who asks."""
        return explain(reason, language, self.catalogue)
