"""What an officer can do with indicators: read the catalogue, draft, walk the life-cycle, compare, take along.

An indicator's text tells an insider what to avoid. So it is shown up to the officer's clearance alone, what lies above
does not even appear in a count, and each look at a text is in the trail; at one held closely, with the reason.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from vigie.desk import lifecycle
from vigie.desk.canaries import meant
from vigie.desk.gate import may, permit
from vigie.desk.lifecycle import known, steps_of, subject_of
from vigie.desk.looking import reason_of
from vigie.desk.proving import check_draft, examples_of, fields_read
from vigie.desk.trail import leave
from vigie.desk.views import (
    ConditionRow,
    DiffRow,
    IndicatorDetail,
    IndicatorRow,
    StepRow,
    VersionRow,
    WaitingRow,
)
from vigie.desk.work import Working
from vigie.risk import (
    BadIndicator,
    Group,
    Indicator,
    Policy,
    RuleKind,
    RuleVersion,
    State,
    fields_of,
    form_of,
    in_force,
    indicator_of,
    label,
    link,
    policy_by,
    possible,
    referring,
    title,
    unit_of,
    write_fields,
    write_indicator,
    write_json,
)
from vigie.terms import BadRequest, Conflict, NotForYou, Officer, Purpose

TARGETING = Purpose.TARGETING
INDICATOR = RuleKind.INDICATOR
FORMS = ("text", "toml", "json")

__all__ = [
    "FORMS", "catalogue", "check_draft", "diff", "draft", "export", "fields", "show", "step", "trial", "trial_of",
    "waiting",
]  # fmt: skip


def _read(version: RuleVersion, node: Working) -> Indicator | None:
    """The indicator of a version; None where this release cannot read it."""
    if version.shipped:
        return node.rules.shipped.get(version.id, version.version)
    try:
        return indicator_of(version.body)
    except BadIndicator:
        return None


def catalogue(
    officer: Officer, node: Working, *, state: str = "", typology: str = "", family: str = "", handling: str = "",
    purpose: Purpose = TARGETING,
) -> tuple[IndicatorRow, ...]:
    """List every indicator the officer may know of: the version in force, else the newest.

    Args:
        state, typology, family, handling: Keep those alone; empty: all. handling: As a number.

    Raises:
        NotForYou: The officer may not see indicators.
    """
    permit(officer, "see-indicators", purpose, "indicators", node)
    node.rules.refresh(node)
    versions = [*known(INDICATOR, "", node), *meant(officer, node)]
    now = in_force(versions, node.now())
    leave(officer, purpose, "see-indicators", "indicators", node)
    rows = (_row(mine, now, officer, node) for mine in _by_id(versions).values())
    wanted = (("state", state), ("typology", typology), ("family", family))
    return tuple(
        row for row in rows
        if row is not None and all(value in ("", getattr(row, name)) for name, value in wanted)
        and handling in ("", str(int(row.handling)))
    )  # fmt: skip


def _by_id(versions: Iterable[RuleVersion]) -> dict[str, list[RuleVersion]]:
    found: dict[str, list[RuleVersion]] = {}
    for each in versions:
        found.setdefault(each.id, []).append(each)
    return found


def _row(
    mine: list[RuleVersion], now: Mapping[str, RuleVersion], officer: Officer, node: Working
) -> IndicatorRow | None:
    shown = now.get(mine[0].id) or max(mine, key=lambda each: each.version)
    one = _read(shown, node)
    if one is None or one.handling > officer.clearance:
        return None
    waits = sum(each.state is State.SUBMITTED and _may_know(each, officer, node) for each in mine)
    return _as_row(one, shown, officer, waits)


def _as_row(one: Indicator, version: RuleVersion, officer: Officer, waits: int = 0) -> IndicatorRow:
    return IndicatorRow(
        one.id, one.version, version.state.value, one.typology, "" if one.id.startswith("WL-") else one.id[:1],
        title(one, officer.language),
        one.action.value, one.weight.milli, one.percent, one.handling, one.owner, version.shipped,
        version.valid_from, version.valid_until, waits,
    )  # fmt: skip


def _may_know(version: RuleVersion, officer: Officer, node: Working) -> bool:
    one = _read(version, node)
    return one is not None and one.handling <= officer.clearance


def _found(
    officer: Officer, name: str, version: int | None, node: Working, purpose: Purpose, act: str = "see-rule",
    reason: str | None = None,
) -> tuple[Indicator, RuleVersion, list[RuleVersion]]:  # fmt: skip
    """Find one version for an officer: the one asked for, else the one in force, else the newest; audited.

    Args:
        reason: Why its text is looked at, empty for the one told before; None: its text is not shown.
    """
    subject = subject_of(INDICATOR, name, version or 0)
    permit(officer, act, purpose, subject, node)
    versions = [one for one in (*known(INDICATOR, name, node), *meant(officer, node)) if one.id == name]
    standing = in_force(versions, node.now()).get(name) or max(versions, key=lambda each: each.version, default=None)
    wanted = next((one for one in versions if one.version == version), None) if version else standing
    one = None if wanted is None else _read(wanted, node)
    refused = one is None or one.handling > officer.clearance
    number = wanted.version if wanted else version or 0
    why = "" if one is None or refused or reason is None else reason_of(one, officer, reason, node)
    facts = {"reason": why} if why else {}
    leave(officer, purpose, act, subject_of(INDICATOR, name, number), node, refused=refused, **facts)
    if one is None or wanted is None or refused:
        raise NotForYou(purpose=purpose.value)
    return one, wanted, versions


def show(
    officer: Officer, name: str, node: Working, version: int | None = None, purpose: Purpose = TARGETING,
    reason: str = "",
) -> IndicatorDetail:  # fmt: skip
    """Show one indicator in full; each look is in the trail.

    Args:
        version: Which; None: the one in force, else the newest. reason: Why; asked and held as in
            `vigie.desk.looking`.

    Raises:
        NotForYou: Above the officer's clearance, or there is none. ReasonNeeded: It is held closely: say why.
    """
    one, wanted, versions = _found(officer, name, version, node, purpose, reason=reason)
    weight, texts = one.weight, node.rules.shipped
    return IndicatorDetail(
        row=_as_row(one, wanted, officer), reason=one.reason[officer.language], formula=one.expression,
        conditions=conditions_of(one, officer.language, node),
        evidence=tuple((each, label(each, officer.language, texts)) for each in one.evidence),
        examples=examples_of(one, node), toml=write_indicator(one), hash=wanted.hash, legal_basis=one.legal_basis,
        basis=one.basis, grade=weight.grade.value, weight_low=weight.low, weight_high=weight.high,
        source=weight.source, versions=_versions(versions, officer, node),
        history=_history(name, versions, officer, node),
    )  # fmt: skip


def conditions_of(one: Indicator, language: str, node: Working) -> tuple[ConditionRow, ...]:
    """The expression as a decision table, with labels; empty where it computes."""
    form = form_of(one.tree)
    if form is None:
        return ()
    rows: list[ConditionRow] = []
    for number, group in enumerate((form, *form.groups)):
        rows += _lines(group, number, language, node)
    return tuple(rows)


def _lines(group: Group, number: int, language: str, node: Working) -> list[ConditionRow]:
    texts = node.rules.shipped
    return [
        ConditionRow(
            group.joint, number, each.column, label(each.column, language, texts) if each.column else "",
            unit_of(each.column) if each.column else "", each.operator, each.value,
        )
        for each in group.conditions
    ]  # fmt: skip


def _versions(versions: Iterable[RuleVersion], officer: Officer, node: Working) -> tuple[VersionRow, ...]:
    found = list(versions)
    now = in_force(found, node.now())
    return tuple(
        VersionRow(
            one.version, one.state.value, one.hash, one.author, one.made_at, one.approved_by, one.reason,
            one.valid_from, one.valid_until, one.shipped, now.get(one.id) == one, possible(one, officer.id),
        )
        for one in sorted(found, key=lambda each: -each.version)
        if _may_know(one, officer, node)
    )  # fmt: skip


def _history(name: str, versions: Iterable[RuleVersion], officer: Officer, node: Working) -> tuple[StepRow, ...]:
    open_ones = {one.version for one in versions if _may_know(one, officer, node)}
    return tuple(
        StepRow(one.version, one.verb, one.state.value, one.officer, one.at, one.reason)
        for one in reversed(steps_of(INDICATOR, name, node))
        if one.version in open_ones
    )


def draft(
    officer: Officer, told: Mapping[str, Any], reason: str, node: Working, purpose: Purpose = TARGETING
) -> RuleVersion:
    """Keep a draft: a new indicator, or the next version of one; what has a fault is refused with all its faults.

    Args:
        told: Fields as in a file; the version is set here.

    Raises:
        NotForYou: The officer may not, or may not know the indicator. BadIndicator: It has faults (`faults`: how many,
        `place`, `reason`: the first). BadRequest: No reason.
    """
    name = str(told.get("id", ""))
    permit(officer, "draft-rules", purpose, f"indicator {name[:24]}", node)
    older = [one for one in known(INDICATOR, name, node) if one.id == name] if name else []
    if any(not _may_know(one, officer, node) for one in older):
        leave(officer, purpose, "draft-rules", f"indicator {name[:24]}", node, refused=True)
        raise NotForYou(purpose=purpose.value)
    newest = max((one.version for one in older), default=0)
    made = fields_read({**told, "version": newest + 1}, officer, node)
    if made.handling > officer.clearance:
        raise BadRequest(reason="a handling code above your clearance")
    body = write_fields(fields_of(made)).encode()
    return lifecycle.draft(
        officer, INDICATOR, made.id, body, node, reason=reason, valid_from=made.valid_from,
        valid_until=made.valid_until, purpose=purpose,
    )  # fmt: skip


def step(
    officer: Officer, name: str, version: int, verb: str, reason: str, node: Working, purpose: Purpose = TARGETING
) -> RuleVersion:
    """Take a step with a version of an indicator.

    Raises:
        NotForYou: Not for the officer, or no such version. OwnWork: Four eyes. BadRequest: Not legal from there.
        Conflict: It is to retire, and an indicator in force refers to it.
    """
    one, _, _ = _found(officer, name, version, node, purpose, "step-rules")
    if verb == "retire":
        node.rules.refresh(node)
        used = referring(one.id, node.rules.written)
        if used:
            raise Conflict(reason="an indicator in force refers to it", used=" ".join(used))
    return lifecycle.step(officer, INDICATOR, name, version, verb, reason, node, purpose)


def diff(
    officer: Officer, name: str, before: int, after: int, node: Working, purpose: Purpose = TARGETING,
    reason: str = "",
) -> tuple[DiffRow, ...]:  # fmt: skip
    """Tell in which fields two versions differ.

    Raises:
        NotForYou: One of them is not for the officer, or does not exist. ReasonNeeded: As `show`.
    """
    one, _, _ = _found(officer, name, before, node, purpose, reason=reason)
    other, _, _ = _found(officer, name, after, node, purpose, reason=reason)
    old, new = _flat(fields_of(one)), _flat(fields_of(other))
    return tuple(
        DiffRow(field, old.get(field, ""), new.get(field, ""))
        for field in [*old, *(name for name in new if name not in old)]
        if old.get(field, "") != new.get(field, "") and field != "version"
    )


def _flat(fields: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in fields.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            flat |= {f"{prefix}{name}[{place}]": _told(one) for place, one in enumerate(value)}
        else:
            flat[prefix + name] = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return flat


def _told(row: Mapping[str, Any]) -> str:
    shown = {name: str(value).lower() if isinstance(value, bool) else value for name, value in row.items()}
    return ", ".join(f"{name} = {value}" for name, value in shown.items())


def export(
    officer: Officer, name: str, version: int | None, form: str, node: Working, purpose: Purpose = TARGETING,
    reason: str = "",
) -> bytes:  # fmt: skip
    """Write a version for others: its expression (`text`), its file (`toml`), or JSON with the tree (`json`).

    Raises:
        NotForYou: Not for the officer. BadRequest: Another form. ReasonNeeded: As `show`.
    """
    if form not in FORMS:
        raise BadRequest(reason="an indicator is exported as text, toml or json", form=form[:20])
    one, _, _ = _found(officer, name, version, node, purpose, reason=reason)
    if form == "text":
        return one.expression.encode() + b"\n"
    return write_json(one) + b"\n" if form == "json" else write_indicator(one).encode()


def fields(
    officer: Officer, name: str, version: int | None, node: Working, purpose: Purpose = TARGETING
) -> dict[str, Any]:
    """The fields of a version, to go on with in an editor.

    Raises:
        NotForYou: Not for the officer, or there is none. ReasonNeeded: As `show`.
    """
    one, _, _ = _found(officer, name, version, node, purpose, reason="")
    return fields_of(one)


def waiting(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> tuple[WaitingRow, ...]:
    """List the versions that wait for a second officer, of all kinds; asks the gate without a word in the trail.

    An officer who may not take steps gets none: Today asks for everybody.
    """
    if not may(officer, "step-rules", purpose):
        return ()
    found: list[WaitingRow] = []
    for kind in RuleKind:
        for one in known(kind, "", node):
            if one.state is not State.SUBMITTED or (kind is INDICATOR and not _may_know(one, officer, node)):
                continue
            made = _read(one, node) if kind is INDICATOR else None
            text = title(made, officer.language) if made else ""
            mine = one.author == officer.id
            found.append(WaitingRow(kind.value, one.id, one.version, one.author, one.made_at, one.reason, text, mine))
    return tuple(sorted(found, key=lambda one: one.made))


def trial(officer: Officer, wanted: str, node: Working, purpose: Purpose = TARGETING) -> Policy:
    """The policy that would decide if a version were in force, for example `P1@2`; a draft, too.

    Raises:
        NotForYou: The version is not for the officer, or there is none.
    """
    name, _, number = wanted.partition("@")
    one, _, _ = _found(officer, name, int(number) if number.isdecimal() else None, node, purpose)
    return trial_of(one, node)


def trial_of(one: Indicator, node: Working) -> Policy:
    """The policy that would decide if an indicator, also one that nobody has kept yet, were in force."""
    node.rules.refresh(node)
    others = [each for each in node.rules.written if each.id != one.id]
    beside = [*others, one]
    here = node.rules.policy
    order = {each.id: place for place, each in enumerate(here.indicators)}
    beside.sort(key=lambda each: (order.get(each.id, len(order)), each.id))
    return policy_by(link(beside), node.rules.settings)
