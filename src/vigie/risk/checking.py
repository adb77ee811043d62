"""A draft judged before anybody sees it run: every fault at once, each with its place and its reason.

A draft comes as loose fields (from a file, a form, an import). It becomes an indicator only where there is no fault.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import (
    Action,
    BadIndicator,
    Grade,
    Indicator,
    Told,
    built,
    example_row,
    places,
    read_handling,
)
from vigie.risk.language import BadExpression, Call, Expression, Literal, Type, named_in
from vigie.risk.language_python import row_test
from vigie.risk.language_text import parse_placed, write
from vigie.risk.language_types import Kind, check_condition, culprit
from vigie.risk.linking import linked
from vigie.terms import Fact, Language

_NAMES = tuple(KINDS)
_PYTHON: dict[Type, tuple[type, ...]] = {
    Type.BOOL: (bool,), Type.INT: (int,), Type.FLOAT: (int, float), Type.TEXT: (str,), Type.MOMENT: (int,),
}  # fmt: skip
EXAMPLES = ("fires", "silent")


class DraftFault(msgspec.Struct, frozen=True):
    """One thing that is wrong with a draft.

    Attributes:
        place: Field, and where in it: `expression:17` (character from 0), `fires[1].seals`, `title.fr`.
        reason: Code of `texts/faults.toml` or, of an expression, of `texts/expression.toml`. facts: Values of its text.
    """

    place: str
    reason: str
    facts: dict[str, Fact] = {}


class Checked(msgspec.Struct, frozen=True):
    """A draft that was judged. indicator: What it is, where nothing is wrong. faults: What is wrong, by field."""

    indicator: Indicator | None
    faults: tuple[DraftFault, ...] = ()


def check(
    told: Mapping[str, Any], others: Mapping[str, Indicator], typologies: frozenset[str] = frozenset()
) -> Checked:
    """Judge a draft.

    Args:
        told: Its fields, as in a file. others: Indicators in force by id, to which it may refer.
        typologies: Stories it may belong to; none: any.
    """
    faults = list(_shape(told))
    wrong = {fault.place.partition(".")[0].partition("[")[0] for fault in faults}
    tree = None
    if "expression" not in wrong:
        tree, found = _expression(told, others)
        faults += found
    faults += [fault for name in ("title", "reason") if name not in wrong for fault in _texts(name, told)]
    faults += [fault for name in EXAMPLES if name not in wrong for fault in _examples(name, told[name])]
    if wrong or tree is None:
        return Checked(None, tuple(faults))
    runnable = not any(fault.place.startswith(EXAMPLES) for fault in faults)
    kept = dict(told) if runnable else dict(told) | dict.fromkeys(EXAMPLES, ())
    made = built(msgspec.convert(kept, Told), tree, read_handling(told["handling"]))
    faults += [*_whole(made, typologies), *_columns(made)]
    if runnable:
        faults += _run(made, others)
    return Checked(None if faults else made, tuple(faults))


def _shape(told: Mapping[str, Any]) -> Iterator[DraftFault]:
    """Every field there, none too many, each of its type."""
    fields = {field.name: field for field in msgspec.structs.fields(Told)}
    for name in told.keys() - fields.keys():
        yield DraftFault(str(name)[:40], "unknown-field")
    for name, field in fields.items():
        if name not in told:
            if field.required:
                yield DraftFault(name, "missing")
            continue
        wanted = tuple[dict[str, object], ...] if name in EXAMPLES else field.type  # their values are judged one by one
        try:
            msgspec.convert(told[name], wanted)
        except msgspec.ValidationError as fault:
            reason, _, where = str(fault).partition(" - at `$")
            yield DraftFault(name + where.rstrip("`"), "bad-value", {"told": reason[:120]})
    if isinstance(told.get("handling"), str):
        try:
            read_handling(told["handling"])
        except KeyError:
            yield DraftFault("handling", "bad-value", {"told": told["handling"][:40]})


def _expression(
    told: Mapping[str, Any], others: Mapping[str, Indicator]
) -> tuple[Expression | None, list[DraftFault]]:
    """Read the expression and what it refers to; each fault with its character."""
    try:
        tree, parts = parse_placed(told["expression"])
    except BadExpression as fault:
        return None, [_placed(fault, None)]
    try:
        check_condition(tree, KINDS)
    except BadExpression as fault:
        found = parts.get(id(culprit(tree, KINDS)))
        return None, [_placed(fault, found[1] if found else 0)]
    mine = str(told["id"])
    unknown = [name for name in named_in(tree) if name not in others and name != mine]
    if unknown:
        reason = [DraftFault(f"expression:{_at(name, parts)}", "unknown-indicator", {"name": name}) for name in unknown]
        return None, reason
    return _linked(tree, mine, others, parts)


def _linked(
    tree: Expression, mine: str, others: Mapping[str, Indicator], parts: Mapping[int, tuple[Expression, int]]
) -> tuple[Expression | None, list[DraftFault]]:
    known = {name: each for name, each in others.items() if name != mine}
    try:
        for name in named_in(tree):
            if name == mine:
                raise BadExpression(reason="cycle", name=f"{mine} > {mine}")
            linked(known[name], known | {mine: _only(mine, tree, known[name])})
    except BadExpression as fault:
        first = named_in(tree)
        return None, [_placed(fault, _at(first[0], parts) if first else 0)]
    return tree, []


def _only(mine: str, tree: Expression, like: Indicator) -> Indicator:
    """An indicator with this id and expression; the rest does not matter to links."""
    return msgspec.structs.replace(like, id=mine, expression=write(tree))


def _at(name: str, parts: Mapping[int, tuple[Expression, int]]) -> int:
    """Where a reference stands."""
    return next((at for part, at in parts.values() if part == Call("fired", (Literal(name),))), 0)


def _placed(fault: BadExpression, at: int | None) -> DraftFault:
    facts = dict(fault.facts)
    reason, position = str(facts.pop("reason")), facts.pop("position", at)
    place = "expression" if position is None else f"expression:{position}"
    return DraftFault(place, reason, facts | ({} if position is None else {"position": position}))


def _texts(name: str, told: Mapping[str, Any]) -> Iterator[DraftFault]:
    """A text in every language, and no place in a reason that is no evidence."""
    evidence = set(told.get("evidence", ())) if isinstance(told.get("evidence"), list | tuple) else set()
    for language in Language:
        text = told[name].get(language.value, "")
        if not text.strip():
            yield DraftFault(f"{name}.{language.value}", "text-missing")
            continue
        if name == "reason":
            try:
                strange = sorted(places(text) - evidence)
            except BadIndicator:
                yield DraftFault(f"reason.{language.value}", "bad-place")
                continue
            if strange:
                yield DraftFault(f"reason.{language.value}", "place-without-evidence", {"name": strange[0]})


def _examples(name: str, rows: Any) -> Iterator[DraftFault]:
    """Two at least, over known columns, with values such a column can hold."""
    if len(rows) < 2:
        yield DraftFault(name, "too-few-examples", {"least": 2})
    for place, row in enumerate(rows):
        for column, value in row.items():
            where = f"{name}[{place}].{column}"
            if column not in KINDS:
                yield DraftFault(where, "unknown-column", {"name": str(column)[:60]})
            elif not _fits(value, KINDS[column]):
                yield DraftFault(where, "value-clash", {"name": column, "types": KINDS[column].type.value})


def _fits(value: object, kind: Kind) -> bool:
    if not isinstance(value, _PYTHON[kind.type]) or (isinstance(value, bool) and kind.type is not Type.BOOL):
        return False
    numeric = kind.type in (Type.INT, Type.FLOAT, Type.MOMENT)
    return not numeric or (isinstance(value, int | float) and kind.low <= value <= kind.high)


def _whole(made: Indicator, typologies: frozenset[str]) -> Iterator[DraftFault]:
    weight, scores = made.weight, made.action is Action.SCORE
    checks: tuple[tuple[str, str, bool, dict[str, Fact]], ...] = (
        ("weight.milli", "weight-outside-grade", weight.low <= weight.milli <= weight.high,
         {"low": weight.low, "high": weight.high}),
        ("weight.source", "no-source", bool(weight.source.strip()), {}),
        ("basis", "no-source", bool(made.basis.strip()), {}),
        ("legal_basis", "no-source", bool(made.legal_basis.strip()), {}),
        ("weight.grade", "only-score-weighs", scores == (weight.grade is not Grade.NONE), {}),
        ("percent", "percent-of-action", (made.action is Action.PROPOSE_PERCENT) == (1 <= made.percent <= 100), {}),
        ("version", "version-below-one", made.version >= 1, {}),
        ("valid_until", "ends-before-start", made.valid_until is None or made.valid_until > made.valid_from, {}),
        ("typology", "unknown-typology", not typologies or made.typology in typologies, {"name": made.typology[:40]}),
        ("id", "bad-id", made.id.replace("-", "").replace("_", "").isalnum() and made.id.isascii()
         and len(made.id) <= 24, {}),
    )  # fmt: skip
    for place, reason, fine, facts in checks:
        if not fine:
            yield DraftFault(place, reason, dict(facts))


def _columns(made: Indicator) -> Iterator[DraftFault]:
    for place, name in enumerate(made.evidence):
        if name not in KINDS:
            yield DraftFault(f"evidence[{place}]", "unknown-column", {"name": name[:60]})
    if made.weight.column and made.weight.column not in KINDS:
        yield DraftFault("weight.column", "unknown-column", {"name": made.weight.column[:60]})


def _run(made: Indicator, others: Mapping[str, Indicator]) -> list[DraftFault]:
    """Run the examples on the back end that judges live."""
    run = row_test([linked(made, {**others, made.id: made})], KINDS)
    found = []
    for name, wanted in (("fires", True), ("silent", False)):
        for place, row in enumerate(getattr(made, name)):
            if bool(run(example_row(row, _NAMES))) is not wanted:
                found.append(DraftFault(f"{name}[{place}]", "does-not-fire" if wanted else "fires-wrongly"))
    return found
