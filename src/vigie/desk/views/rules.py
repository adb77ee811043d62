"""Indicators and their versions as the faces show them."""

from typing import Any

import msgspec

from vigie.terms import Fact, Handling, Moment


class IndicatorRow(msgspec.Struct, frozen=True):
    """One indicator in the catalogue.

    Attributes:
        id, version: The version in force; where none is, the newest. state: Where that version stands.
        typology, family: Its story; the letter of its group. text: Its title.
        action, weight_milli, percent: What it does.
        handling, owner: Who may see it, who answers for it. shipped: It came with vigie.
        valid_from, valid_until: Of that version. waits: Versions that wait for a second officer.
    """

    id: str
    version: int
    state: str
    typology: str
    family: str
    text: str
    action: str
    weight_milli: int
    percent: int
    handling: Handling
    owner: str
    shipped: bool
    valid_from: Moment
    valid_until: Moment | None = None
    waits: int = 0


class VersionRow(msgspec.Struct, frozen=True):
    """One version. in_force: It decides now. steps: What the asking officer could do with it."""

    version: int
    state: str
    hash: str
    author: str
    made: Moment
    approved_by: str
    reason: str
    valid_from: Moment
    valid_until: Moment | None
    shipped: bool
    in_force: bool
    steps: tuple[str, ...] = ()


class StepRow(msgspec.Struct, frozen=True):
    """A step that was taken."""

    version: int
    verb: str
    state: str
    officer: str
    at: Moment
    reason: str = ""


class ConditionRow(msgspec.Struct, frozen=True):
    """One line of the decision table. joint: `all` or `any` of its group. group: 0 outside, else the group's number."""

    joint: str
    group: int
    column: str
    label: str
    unit: str
    operator: str
    value: str


class ExampleRow(msgspec.Struct, frozen=True):
    """An example with its result. fires: On the live back end. in_batch: On DuckDB; None: not installed."""

    wanted: bool
    values: dict[str, Fact]
    fires: bool
    in_batch: bool | None = None


class FaultRow(msgspec.Struct, frozen=True):
    """One thing that is wrong with a draft. place: Field and where in it. text: Why, in the officer's language."""

    place: str
    reason: str
    text: str
    position: int | None = None


class DraftCheck(msgspec.Struct, frozen=True):
    """A draft as judged. formula: Its expression, written canonically. toml: As a file, where nothing is wrong."""

    ok: bool
    faults: tuple[FaultRow, ...] = ()
    examples: tuple[ExampleRow, ...] = ()
    formula: str = ""
    hash: str = ""
    toml: str = ""


class DiffRow(msgspec.Struct, frozen=True):
    """One field in which two versions differ."""

    field: str
    before: str
    after: str


class IndicatorDetail(msgspec.Struct, frozen=True):
    """One version of an indicator in full.

    Attributes:
        row: As in the catalogue. reason: Text told when it fires. formula: The expression as text.
        conditions: As a decision table; empty where the expression computes. evidence: Column and label.
        toml: As a file. legal_basis, basis: As declared. weight_low, weight_high, grade, source: Of the weight.
        versions, history: Newest first.
    """

    row: IndicatorRow
    reason: str
    formula: str
    conditions: tuple[ConditionRow, ...]
    evidence: tuple[tuple[str, str], ...]
    examples: tuple[ExampleRow, ...]
    toml: str
    hash: str
    legal_basis: str
    basis: str
    grade: str
    weight_low: int
    weight_high: int
    source: str
    versions: tuple[VersionRow, ...]
    history: tuple[StepRow, ...]


class WaitingRow(msgspec.Struct, frozen=True):
    """A version that waits for a second officer. mine: The asking officer made it."""

    kind: str
    id: str
    version: int
    author: str
    made: Moment
    reason: str
    text: str = ""
    mine: bool = False


class ImportedDraft(msgspec.Struct, frozen=True):
    """One imported rule as a draft. fields: To go on with in the editor. doubts: What was not understood."""

    id: str
    fields: dict[str, Any]
    faults: tuple[FaultRow, ...]
    doubts: tuple[str, ...]
