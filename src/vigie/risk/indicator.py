"""An indicator: one declared, versioned reason to look at a box, with its evidence, weight, texts and examples."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from vigie.risk.language import BadExpression, Expression, Json, as_json
from vigie.risk.language_python import Value
from vigie.risk.language_text import parse, write
from vigie.risk.language_types import Kind, check_condition
from vigie.terms import Handling, Language, Moment, VigieError, moment_of


class BadIndicator(VigieError):
    """An indicator file cannot be used; `reason` says why, `indicator` which."""

    code = "bad-indicator"


class Action(StrEnum):
    """What an indicator does when it fires."""

    SCORE = "score"  # adds its weight
    MANDATORY = "mandatory"  # the box is selected whatever its score
    WATCH = "watch"  # is shown and counted, adds nothing: too new or too weak to weigh
    PROPOSE = "propose"  # proposes a document control, adds nothing
    PROPOSE_PERCENT = "propose-percent"  # of the boxes it fires for, the sealed draw selects so many per hundred


class Grade(StrEnum):
    """How strongly a reason speaks, in the words of forensic science."""

    WEAK = "weak"
    MODERATE = "moderate"
    MODERATELY_STRONG = "moderately-strong"
    LISTED = "listed"  # set by the owner of a watch list
    NONE = "none"


SCALE: dict[Grade, tuple[int, int]] = {
    Grade.NONE: (0, 0),
    Grade.WEAK: (693, 2303),  # likelihood ratio 2 to 10
    Grade.MODERATE: (2303, 4605),  # 10 to 100
    Grade.MODERATELY_STRONG: (4605, 6908),  # 100 to 1,000
    Grade.LISTED: (0, 6908),  # up to 1,000
}
"""Natural log-odds in thousandths, from and to. A weight starts at the low end of its grade.

Source: ENFSI Guideline for Evaluative Reporting in Forensic Science (2015), verbal scale of likelihood ratios. Which
grade a reason has is the judgement of experts, not measured; outcomes may move a weight within its grade, a change of
grade is a new version.
"""


class Weight(msgspec.Struct, frozen=True):
    """What an indicator adds to the log-odds, in thousandths.

    Attributes:
        milli: What it adds. low, high: What it may be moved to. grade: See `SCALE`. source: Whose judgement, on what.
        column: Column that holds the weight instead, kept within low and high (watch lists carry their own).
    """

    milli: int
    low: int
    high: int
    grade: Grade
    source: str
    column: str = ""


class Indicator(msgspec.Struct, frozen=True):
    """One indicator in one version.

    Attributes:
        id: As in reference/trade.md (`P1` … `S5`), or `WL-…`. version: Raised with every change of meaning.
        typology: The story it belongs to; reasons of one story are bounded together.
        expression: When it fires, as text. evidence: Columns that are shown when it does.
        action: What it does. weight: What it adds. handling: Who may know of it.
        legal_basis: Why it may be asked. basis: Where rule and thresholds come from.
        title, reason: Texts by language; a reason has `{column}` places.
        valid_from, valid_until: When it is in force.
        fires, silent: Rows that must and must not fire; columns that are not named are unknown.
        percent: Of the boxes it fires for, so many per hundred are selected by the sealed draw (1 to 100); else 0.
        owner: The service or post that answers for it.
    """

    id: str
    version: int
    typology: str
    expression: str
    evidence: tuple[str, ...]
    action: Action
    weight: Weight
    handling: Handling
    legal_basis: str
    basis: str
    title: Mapping[str, str]
    reason: Mapping[str, str]
    valid_from: Moment
    valid_until: Moment | None
    fires: tuple[Mapping[str, Value], ...]
    silent: tuple[Mapping[str, Value], ...]
    percent: int = 0
    owner: str = ""

    @property
    def tree(self) -> Expression:
        """The expression as a tree."""
        return parse(self.expression)

    @property
    def json(self) -> Json:
        """The canonical form of the expression."""
        return as_json(self.tree)

    @property
    def hash(self) -> str:
        """Name what it decides: 16 hexadecimal characters; words may be bettered without a new version."""
        decides = (self.id, self.version, self.typology, self.json, self.evidence, self.action, self.weight,
                   self.handling, self.valid_from, self.valid_until,
                   *([self.percent] if self.percent else []))  # fmt: skip
        return sha256(msgspec.json.encode(decides, order="sorted")).hexdigest()[:16]

    def in_force(self, at: Moment) -> bool:
        """Tell whether it is in force at a moment."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


class Weighed(msgspec.Struct, forbid_unknown_fields=True):
    """The weight as a file tells it; without `milli` it starts at the low end of its grade."""

    grade: Grade
    source: str
    milli: int | None = None
    column: str = ""


class Told(msgspec.Struct, forbid_unknown_fields=True):
    """The shape of an indicator file."""

    id: str
    version: int
    typology: str
    expression: str
    evidence: tuple[str, ...]
    action: Action
    weight: Weighed
    handling: str
    legal_basis: str
    basis: str
    title: dict[Language, str]
    reason: dict[Language, str]
    valid_from: date
    fires: tuple[dict[str, str | int | float | bool], ...]
    silent: tuple[dict[str, str | int | float | bool], ...]
    valid_until: date | None = None
    percent: int = 0
    owner: str = ""


def read_indicator(raw: bytes, kinds: Mapping[str, Kind]) -> Indicator:
    """Read an indicator file (TOML) and check all of it but its examples, which the tests run on every engine.

    Args:
        raw: The file. kinds: Columns it may name.

    Raises:
        BadIndicator: Not TOML, a field missing or unknown, a text missing, a place in a reason that is no evidence.
        BadExpression: The expression has no meaning.
    """
    try:
        told = msgspec.convert(tomllib.loads(raw.decode("utf-8")), Told)
        handling = read_handling(told.handling)
    except (ValueError, KeyError) as fault:  # TOMLDecodeError, UnicodeDecodeError and ValidationError are ValueErrors
        raise BadIndicator(reason=str(fault)[:200]) from None
    tree = parse(told.expression)
    check_condition(tree, kinds)
    found = built(told, tree, handling)
    _check(found, kinds)
    return found


def read_handling(text: str) -> Handling:
    """Read a handling code as files write it (`amber-strict`).

    Raises:
        KeyError: There is no such code.
    """
    return Handling[text.upper().replace("-", "_")]


def built(told: Told, tree: Expression, handling: Handling) -> Indicator:
    """Build the indicator that a file tells; nothing is checked here."""
    low, high = SCALE[told.weight.grade]
    milli = low if told.weight.milli is None else told.weight.milli
    return Indicator(
        id=told.id, version=told.version, typology=told.typology, expression=write(tree), evidence=told.evidence,
        action=told.action,
        weight=Weight(milli, low, high, told.weight.grade, told.weight.source, told.weight.column),
        handling=handling, legal_basis=told.legal_basis, basis=told.basis,
        title={key.value: text for key, text in told.title.items()},
        reason={key.value: text for key, text in told.reason.items()},
        valid_from=_start(told.valid_from), valid_until=None if told.valid_until is None else _start(told.valid_until),
        fires=told.fires, silent=told.silent, percent=told.percent, owner=told.owner,
    )  # fmt: skip


def _start(day: date) -> Moment:
    return moment_of(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _check(found: Indicator, kinds: Mapping[str, Kind]) -> None:
    wrong = {
        "fewer than two examples of each kind": min(len(found.fires), len(found.silent)) < 2,
        "weight outside its grade": not found.weight.low <= found.weight.milli <= found.weight.high,
        "no source": not (found.weight.source and found.basis and found.legal_basis),
        "only a score has a weight": (found.action is Action.SCORE) != (found.weight.grade is not Grade.NONE),
        "percent without its action": (found.action is Action.PROPOSE_PERCENT) != (found.percent != 0),
        "percent outside 1 to 100": not 0 <= found.percent <= 100,
        "version below 1": found.version < 1,
        "ends before it starts": found.valid_until is not None and found.valid_until <= found.valid_from,
    }
    for reason, fault in wrong.items():
        if fault:
            raise BadIndicator(indicator=found.id, reason=reason)
    for texts in (found.title, found.reason):
        if missing := [language.value for language in Language if not texts.get(language.value, "").strip()]:
            raise BadIndicator(indicator=found.id, reason="text missing", languages=" ".join(missing))
    _check_columns(found, kinds)


def _check_columns(found: Indicator, kinds: Mapping[str, Kind]) -> None:
    examples = {name for row in (*found.fires, *found.silent) for name in row}
    named = {*found.evidence, *examples, *filter(None, [found.weight.column])}
    if unknown := sorted(named - kinds.keys()):
        raise BadExpression(reason="unknown-column", name=unknown[0], indicator=found.id)
    for language, text in found.reason.items():
        if strange := places(text) - set(found.evidence):
            raise BadIndicator(indicator=found.id, reason="place without evidence", language=language,
                               place=sorted(strange)[0])  # fmt: skip


def places(template: str) -> set[str]:
    """The `{column}` places of a reason.

    Raises:
        BadIndicator: A brace without its partner, or a place that is no plain name.
    """
    found: set[str] = set()
    left = template
    while "{" in left:
        before, _, rest = left.partition("{")
        name, closed, left = rest.partition("}")
        if "}" in before or not closed or not name.isidentifier():
            raise BadIndicator(reason="bad place", place=name[:40])
        found.add(name)
    if "}" in left:
        raise BadIndicator(reason="bad place", place=left[:40])
    return found


def example_row(example: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Value, ...]:
    """Turn an example into a row; columns that it does not name are unknown."""
    return tuple(example.get(name) for name in names)
