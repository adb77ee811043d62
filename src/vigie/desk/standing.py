"""Which rules stand now: what came with vigie and what officers made of it, by the steps that were taken."""

from collections.abc import Iterable

import msgspec

from vigie.desk.needs_kept import Rules
from vigie.risk import (
    BadIndicator,
    Catalogue,
    Indicator,
    RuleKind,
    RuleStep,
    RuleVersion,
    State,
    in_force,
    indicator_of,
    link,
    next_change,
    stand,
    write_indicator,
)
from vigie.risk import content_hash as hash_of
from vigie.terms import Moment, OfficerId

SHIPPED_BY = OfficerId("vigie")
"""Author of what came with vigie; no officer signs in by this name."""

SETTINGS = "policy"
"""The one id of the rules of kind `policy`: thresholds and shares of the node."""


class Standing(msgspec.Struct, frozen=True):
    """What stands at a moment.

    Attributes:
        live, shadow: Indicators, not linked and linked. known: Every version that is or was live.
        thresholds: Body of the policy settings in force; empty where the shipped ones are. models: Live models.
        until: When a validity next begins or ends.
    """

    live: tuple[Indicator, ...]
    shadow: tuple[Indicator, ...]
    known: tuple[Indicator, ...]
    thresholds: bytes
    models: tuple[RuleVersion, ...]
    until: Moment | None


def versions_of(shipped: Catalogue, rules: Rules, name: str = "") -> dict[tuple[str, int], RuleVersion]:
    """All versions of indicators, or of one: shipped and made here, each as it stands.

    Where an officer's version and one of a later release carry the same number, the officer's counts.
    """
    taken: dict[tuple[str, int], list[RuleStep]] = {}
    for step in rules.steps(RuleKind.INDICATOR, name):
        taken.setdefault((step.id, step.version), []).append(step)
    found = {
        (each.id, each.version): stand(shipped_version(each), taken.get((each.id, each.version), ()))
        for each in shipped.indicators
        if name in ("", each.id)
    }
    return found | {(each.id, each.version): each for each in rules.versions(RuleKind.INDICATOR, name)}


def shipped_version(one: Indicator) -> RuleVersion:
    """An indicator of the package as a version: live from the day its file says."""
    body = write_indicator(one).encode()
    return RuleVersion(
        RuleKind.INDICATOR, one.id, one.version, hash_of(body), body, SHIPPED_BY, one.valid_from, State.LIVE,
        SHIPPED_BY, "", one.valid_from, one.valid_until, True,
    )  # fmt: skip


def standing(shipped: Catalogue, rules: Rules, at: Moment) -> Standing:
    """Tell what stands at a moment."""
    versions = versions_of(shipped, rules)
    ships = {(each.id, each.version): each for each in shipped.indicators}
    live = in_force(versions.values(), at)
    tried = in_force(versions.values(), at, State.SHADOW)
    others = [*rules.versions(RuleKind.POLICY), *rules.versions(RuleKind.MODEL)]
    settings = in_force((each for each in others if each.kind is RuleKind.POLICY), at).get(SETTINGS)
    models = in_force((each for each in others if each.kind is RuleKind.MODEL), at)
    lived = [each for each in versions.values() if each.state in (State.LIVE, State.SHADOW, State.RETIRED)]
    known = {(each.id, each.version): made for each in lived if (made := _read(each, ships)) is not None}

    def read(found: Iterable[RuleVersion]) -> list[Indicator]:
        return [known[each.id, each.version] for each in found if (each.id, each.version) in known]

    now = _ordered(shipped, read(live.values()))
    return Standing(
        now, _shadows(read(tried.values()), now), _ordered(shipped, known.values()),
        settings.body if settings else b"", tuple(models.values()), next_change([*versions.values(), *others], at),
    )  # fmt: skip


def _shadows(tried: Iterable[Indicator], live: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Link what runs in shadow with what is live beside it."""
    found = []
    for each in tried:
        beside = [other for other in live if other.id != each.id]
        found.append(next(one for one in link([*beside, each]) if one.id == each.id))
    return tuple(found)


def _read(version: RuleVersion, ships: dict[tuple[str, int], Indicator]) -> Indicator | None:
    """Read a version; a body that an older release wrote and this one cannot read is not in force."""
    if version.shipped:
        return ships[version.id, version.version]
    try:
        return indicator_of(version.body)
    except BadIndicator:
        return None


def _ordered(shipped: Catalogue, found: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """In the order of the catalogue; new ones after it by name: masks of the shipped ones keep their places."""
    places: dict[str, int] = {}
    for place, each in enumerate(shipped.indicators):
        places.setdefault(each.id, place)
    last = len(places)
    return tuple(sorted(found, key=lambda one: (places.get(one.id, last), one.id, one.version)))
