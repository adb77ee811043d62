"""What an officer can try on past decisions: rules in force, a draft among them, two policies against each other.

Indicators held more closely than the officer is cleared for take no part, and show in no count.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import msgspec

from vigie.desk.archive import Archiving
from vigie.desk.errands import Running, catch_up
from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.trying import tried
from vigie.desk.views.backtest import BacktestView, CompareView, RateRow, rate_row, tested_row
from vigie.risk import Backtest, Compared, Measured, Policy, Predictor, title, typology_text
from vigie.terms import DAY, BadRequest, Moment, Officer, Purpose, moment_of

TARGETING = Purpose.TARGETING


class Batch(Protocol):
    """What runs over many boxes at once, as `vigie.engine.Batch` does."""

    # ruff: noqa: D102 -- documented where it runs
    def backtested(self, policy: Policy, since: int | None, until: int | None) -> Backtest: ...
    def compared(
        self, first: Policy, second: Policy, since: int | None, until: int | None, models: Mapping[str, Predictor]
    ) -> Compared: ...
    def open_cursor(self) -> int: ...
    def take(self, boxes: Sequence[tuple[Any, ...]], gone: Sequence[str], cursor: int) -> None: ...
    def simulated(
        self, before: Policy, after: Policy, shifts: Sequence[Any], clearance: int,
        later: Sequence[Any] | None = None, models: Mapping[str, Predictor] = MappingProxyType({}),
    ) -> Any: ...  # fmt: skip


class Trying(Running, Protocol):
    """A node that runs over many boxes at once."""

    @property
    def batch(self) -> Batch:
        """What runs over many boxes at once."""
        ...


def backtest(
    officer: Officer, node: Trying, draft: str = "", since: str = "", until: str = "",
    purpose: Purpose = TARGETING, *, fresh: bool = True,
) -> BacktestView:
    """Try the indicators in force on past decisions, and those in shadow beside them.

    Args:
        draft: A version that takes part as if it were in force, as `vigie.desk.trying` names it. since, until: ISO
            dates, both inclusive.
        fresh: Bring the decision table up to date first, as `errands.catch_up` does; else it is taken as it stands.

    Raises:
        NotForYou: The officer may not, or the draft is not for the officer. BadRequest: No ISO date.
        AnalyticsMissing: The extra is not installed.
    """
    permit(officer, "backtest", purpose, draft or "backtest", node)
    start, end = _span(since, until)
    node.rules.refresh(node)
    policy, states = _tried(officer, draft, node, purpose)
    if fresh:
        catch_up(officer, node, purpose)
    made = node.batch.backtested(policy, start, end)
    leave(officer, purpose, "backtest", draft or "backtest", node, boxes=made.all.boxes)
    return _view(made, policy, states, officer, node)


def compare(
    officer: Officer, node: Trying, draft: str, since: str = "", until: str = "",
    purpose: Purpose = TARGETING, *, fresh: bool = True,
) -> CompareView:
    """Let the policy in force and one with a draft choose from the same past decisions.

    Raises: As `backtest`; BadRequest also without a draft.
    """
    permit(officer, "backtest", purpose, draft or "compare", node)
    if not draft:
        raise BadRequest(reason="no-draft")
    start, end = _span(since, until)
    node.rules.refresh(node)
    first = for_officer(node.rules.policy, officer)
    trial = tried(officer, draft, node, purpose)
    second = for_officer(trial.policy, officer)
    if fresh:
        catch_up(officer, node, purpose)
    made = node.batch.compared(first, second, start, end, {**node.rules.models, **trial.models})
    leave(officer, purpose, "backtest", draft, node, boxes=made.boxes)
    looked = made.looked.both + made.looked.only_first + made.looked.only_second + made.looked.neither
    return CompareView(
        draft, "" if looked else "outcomes" if made.boxes else "decisions", made.first, made.second, made.boxes,
        made.chosen, made.both, made.looked, made.random,
        tuple((site, chosen, both) for site, (chosen, both) in sorted(made.sites.items())),
    )  # fmt: skip


def for_officer(policy: Policy, officer: Officer) -> Policy:
    """A policy without the indicators that the officer may not know of."""
    seen = tuple(one for one in policy.indicators if one.handling <= officer.clearance)
    return policy if len(seen) == len(policy.indicators) else msgspec.structs.replace(policy, indicators=seen)


def _tried(officer: Officer, draft: str, node: Trying, purpose: Purpose) -> tuple[Policy, dict[str, str]]:
    """What is tried, and the state of each indicator; a shadow of one that is in force goes by its own name."""
    policy = tried(officer, draft, node, purpose).policy
    states = {one.id: "live" for one in policy.indicators}
    states |= {name: "draft" for name in (draft.partition("@")[0],) if name in states}
    beside = []
    for one in node.rules.shadow:
        name = one.id if one.id not in states else f"{one.id}@{one.version}"
        if name not in states:
            states[name] = "shadow"
            beside.append(msgspec.structs.replace(one, id=name))
    whole = msgspec.structs.replace(policy, indicators=(*policy.indicators, *beside))
    return for_officer(whole, officer), states


def _view(made: Backtest, policy: Policy, states: dict[str, str], officer: Officer, node: Trying) -> BacktestView:
    language, names = officer.language, {one.id: title(one, officer.language) for one in policy.indicators}

    def row(one: Measured, name: str = "") -> RateRow:
        return rate_row(one, name or one.code)

    return BacktestView(
        made.policy, None if made.since is None else Moment(made.since),
        None if made.until is None else Moment(made.until), missing(made), row(made.all), row(made.fired),
        row(made.random),
        tuple(tested_row(one, names[one.indicator], states[one.indicator]) for one in made.indicators),
        tuple(row(one, typology_text(one.code, language, node.rules.catalogue)) for one in made.typologies),
        {name: tuple(row(one) for one in rows) for name, rows in made.slices.items()}, made.overlaps,
    )  # fmt: skip


def missing(made: Backtest) -> str:
    """What a backtest lacks to tell something."""
    if not made.all.boxes:
        return "decisions"
    if not made.all.inspected:
        return "outcomes"
    if not made.all.hits:
        return "hits"
    return "" if made.random.inspected else "draws"


def _span(since: str, until: str) -> tuple[Moment | None, Moment | None]:
    end = _day(until)
    return _day(since), None if end is None else Moment(end + DAY)


def _day(raw: str) -> Moment | None:
    try:
        return moment_of(datetime.combine(date.fromisoformat(raw), time(), tzinfo=UTC)) if raw else None
    except ValueError:
        raise BadRequest(reason="not-an-iso-date", day=raw[:12]) from None


def archive_files(node: Archiving) -> list[Path]:
    """The files of the decision table."""
    return node.archive.files()
