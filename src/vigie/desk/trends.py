"""Displacement: what counts of findings and inspections say of ports and routes, and when they say nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from vigie import trends as room  # what computes is loaded when it is asked for
from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.views.trends import Flow, MonitorView, PublicView
from vigie.desk.work import Working
from vigie.registry import Claim, load_scopes, read_claims
from vigie.terms import AnalyticsMissing, BadRequest, Doubt, Officer, Purpose
from vigie.trends import (
    Count,
    Counts,
    Span,
    assumed,
    falls,
    read_counts,
    route_stories,
    told_of,
    upstreams,
    year_ratios,
)

STATISTICS = Purpose.STATISTICS
ACT = "see-figures"
LARGEST = 16 << 20
"""Characters of one table of counts: twenty years of 100 ports and 30 routes."""

FACTORS = (0.5, 2.0)
"""How much more or less sensitive a port's controls may have become, to see whether an alarm still stands. Source:
reference page sense, A3, "what if sensitivity at port X is halved or doubled"."""

PUBLIC_AREAS = ("antwerp", "antwerp-bruges", "bound-for-belgium")
"""Areas of which both seizures at the port and on the way are published."""


class Columns(Protocol):
    """Seizures and controls of the node as columns."""

    # ruff: noqa: D102 -- documented where they are kept (vigie.engine.Statistics)
    def counts(self, span: Span) -> Counts: ...
    def monthly(self) -> list[Count]: ...
    def remembered(self, name: str, make: Any) -> Any: ...


class Counting(Working, Protocol):
    """A node that can count its register and its controls."""

    def statistics(self, clearance: int) -> Columns:
        """The columns an officer of this clearance may count.

        Raises:
            AnalyticsMissing: The extra is not installed.
        """
        ...


def purpose_of(officer: Officer) -> Purpose:
    """What an officer looks at figures for: statistics where cleared for it, else the first purpose there is."""
    return STATISTICS if STATISTICS in officer.purposes or not officer.purposes else officer.purposes[0]


def monitor(officer: Officer, lines: Iterable[str], node: Working, purpose: Purpose | None = None) -> MonitorView:
    """Tell what a table of counts says (columns: `vigie.trends.COLUMNS`); nothing of it is kept.

    Raises:
        NotForYou: The officer may not. BadRequest: Larger than `LARGEST`. AnalyticsMissing: The extra is not installed.
    """
    asked = purpose or purpose_of(officer)
    permit(officer, ACT, asked, "displacement", node)
    read = list(read_counts(_within(lines)))
    counts = [one for one in read if isinstance(one, Count)]
    view = told(counts, tuple(one for one in read if isinstance(one, Doubt)))
    leave(officer, asked, ACT, "displacement", node, rows=len(counts), says=view.ports.says)
    return view


def _within(lines: Iterable[str]) -> Iterable[str]:
    size = 0
    for line in lines:
        size += len(line)
        if size > LARGEST:
            raise BadRequest(reason="larger-than-sixteen-mebibytes")
        yield line


def told(counts: Sequence[Count], doubts: tuple[Doubt, ...] = ()) -> MonitorView:
    """Tell what counts say of ports, and of routes where any are named.

    Raises:
        AnalyticsMissing: The extra is not installed.
    """
    try:
        ports = room.monitored(counts, "port")
        routes = room.monitored(counts, "route") if len({one.route.casefold() for one in counts} - {""}) > 1 else None
        spoken = ports.says not in ("counts-only", "too-short", "too-few")
        waits = room.delays([one for one in counts if one.port in ports.names]) if spoken else ()
        model = None if ports.alarm is None else _model(counts, ports.alarm.since, ports.alarm.name)
    except ModuleNotFoundError:
        raise AnalyticsMissing from None
    bands = () if ports.alarm is None else tuple(assumed(ports.alarm.ratio, factor) for factor in FACTORS)
    return MonitorView(len(counts), ports, routes, doubts, waits, model, bands, _flows(counts))


def _flows(counts: Sequence[Count]) -> tuple[Flow, ...]:
    """Findings by route and port in the last twelve months that are told of, most first."""
    last = max((one.month for one in counts), default=0)
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for one in counts:
        if one.route and one.port and one.findings and one.month > last - 12:
            sums[one.route, one.port] += one.findings
    return tuple(Flow(*key, round(told)) for key, told in sorted(sums.items(), key=lambda each: (-each[1], each[0])))


def _model(counts: Sequence[Count], since: str, name: str) -> Any:
    try:
        return room.modelled(counts, since, name)
    except AnalyticsMissing:  # the rest stands without the model
        return None


def displacement(officer: Officer, node: Counting, purpose: Purpose | None = None) -> MonitorView:
    """Tell what the node's own register and controls say.

    Raises:
        NotForYou: The officer may not. AnalyticsMissing: The extra is not installed.
    """
    asked = purpose or purpose_of(officer)
    permit(officer, ACT, asked, "displacement", node)
    columns = node.statistics(int(officer.clearance))
    view: MonitorView = columns.remembered("displacement", lambda: told(columns.monthly()))
    leave(officer, asked, ACT, "displacement", node, rows=view.rows, says=view.ports.says)
    return view


def public(officer: Officer, node: Working, texts: Sequence[tuple[str, str]] = (), purpose: Purpose | None = None
           ) -> PublicView:  # fmt: skip
    """Tell what published figures say of routes, and of what was seized on the way.

    Args:
        texts: Tables of claims by name, to be looked at and not kept; without any, the claims of the node.

    Raises:
        NotForYou: The officer may not. AnalyticsMissing: The extra is not installed.
    """
    asked = purpose or purpose_of(officer)
    permit(officer, ACT, asked, "displacement", node)
    claims: list[Claim] = []
    for name, text in texts:
        claims += [one for one in read_claims(text.splitlines(), name) if isinstance(one, Claim)]
    if not texts:
        claims = list(node.store.claims.all())
    figures = told_of(claims)
    there = upstreams(figures, PUBLIC_AREAS)
    try:
        stories = route_stories(figures)
    except ModuleNotFoundError:
        raise AnalyticsMissing from None
    leave(officer, asked, ACT, "displacement", node, claims=len(claims))
    return PublicView(len(figures), stories, year_ratios(there), falls(there))


def area_name(code: str, language: str) -> str:
    """What an area of the vocabulary is called; its code where none is."""
    return load_scopes().name("area", code, language)
