"""A draft put to the proof: its faults told in the officer's language, its examples run on both back ends."""

from collections.abc import Mapping
from typing import Any

from vigie.desk.gate import permit
from vigie.desk.views import DraftCheck, ExampleRow, FaultRow
from vigie.desk.work import Working
from vigie.risk import COLUMNS as _COLUMNS
from vigie.risk import (
    BadIndicator,
    Checked,
    DraftFault,
    Indicator,
    Policy,
    assessor,
    check,
    example_row,
    link,
    tell_draft_fault,
    write_indicator,
)
from vigie.terms import Officer, Purpose

_NAMES = tuple(column.name for column in _COLUMNS)


def _others(node: Working) -> dict[str, Indicator]:
    """Indicators in force, to which a draft may refer."""
    node.rules.refresh(node)
    return {one.id: one for one in node.rules.written}


def typologies(node: Working) -> tuple[str, ...]:
    """The stories an indicator may belong to."""
    table = node.rules.shipped.texts.table
    return tuple(code.removeprefix("typology-") for code in table if code.startswith("typology-"))


def _judged(told: Mapping[str, Any], node: Working) -> tuple[Checked, tuple[ExampleRow, ...]]:
    """Judge a draft, its examples on DuckDB, too, where that is installed."""
    found = check(told, _others(node), frozenset(typologies(node)))
    if found.indicator is None:
        return found, ()
    examples = examples_of(found.indicator, node)
    differ = [place for place, one in enumerate(examples) if one.in_batch not in (None, one.fires)]
    many = len(found.indicator.fires)
    faults = tuple(
        DraftFault(f"fires[{place}]" if place < many else f"silent[{place - many}]", "engines-differ")
        for place in differ
    )
    return (Checked(None, faults) if faults else found), examples


def check_draft(
    officer: Officer, told: Mapping[str, Any], node: Working, purpose: Purpose = Purpose.TARGETING
) -> DraftCheck:
    """Judge a draft without keeping it: all its faults, each with its place.

    Raises:
        NotForYou: The officer may not draft.
    """
    permit(officer, "draft-rules", purpose, "a draft", node)
    found, examples = _judged({"version": 1, **told}, node)
    made = found.indicator
    rows = tuple(fault_row(one, officer, node) for one in found.faults)
    if made is None:
        return DraftCheck(False, rows, examples)
    return DraftCheck(True, rows, examples, made.expression, made.hash, write_indicator(made))


def fault_row(one: DraftFault, officer: Officer, node: Working) -> FaultRow:
    """A fault in the officer's language."""
    position = one.facts.get("position")
    text = tell_draft_fault(one, officer.language, node.rules.shipped)
    return FaultRow(one.place, one.reason, text, position if isinstance(position, int) else None)


def fields_read(told: Mapping[str, Any], officer: Officer, node: Working) -> Indicator:
    """Read a draft that is to be kept.

    Raises:
        BadIndicator: It has faults: how many, and of the first its place and reason.
    """
    found, _ = _judged(told, node)
    if found.indicator is None:
        first = found.faults[0]
        raise BadIndicator(
            indicator=str(told.get("id", ""))[:24], reason=first.reason, place=first.place, faults=len(found.faults),
            told="; ".join(f"{one.place}: {tell_draft_fault(one, officer.language, node.rules.shipped)}"
                           for one in found.faults)[:2000],
        )  # fmt: skip
    return found.indicator


def examples_of(one: Indicator, node: Working) -> tuple[ExampleRow, ...]:
    """Run the examples of an indicator live and, where DuckDB is installed, in batch."""
    beside = [each for each in node.rules.written if each.id != one.id]
    (whole,) = (each for each in link([*beside, one]) if each.id == one.id)
    policy = Policy((whole,))
    wanted = [(True, row) for row in one.fires] + [(False, row) for row in one.silent]
    rows = [example_row(row, _NAMES) for _, row in wanted]
    judge, first = assessor(policy), len(policy.priors) - 1
    live = [bool(judge.run(row) >> first & 1) for row in rows]
    masks = node.masks(policy, rows)
    return tuple(
        ExampleRow(fires, dict(row), live[place], None if masks is None else bool(masks[place] & 1))
        for place, (fires, row) in enumerate(wanted)
    )
