"""Figures: of our own register, counted again as of any entry of the log; of others, as claims laid side by side."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec

from vigie.desk.acts import Claiming, item_of
from vigie.desk.gate import permit
from vigie.desk.registry_told import check_view, claim_view, conflict_view
from vigie.desk.trail import leave
from vigie.desk.views.registry import ClaimView, FiguresView, FigureView
from vigie.desk.work import Working, hand_in
from vigie.registry import (
    Claim,
    Scope,
    SeizureRow,
    check_all,
    conflicts,
    is_over,
    load_scopes,
    read_claims,
    summed,
)
from vigie.terms import BadRequest, Doubt, Moment, NotFound, Officer, Purpose, moment_of

OWN = "own register"
"""Publisher of the figures that this node publishes of its own register."""

MEASURES = ("seized", "findings")
"""What the register can be counted for; shares and changes are made of these."""

_AT_ONCE = 500
_WAYS = {"seaports": "seaport", "airports": "airport"}


def purpose_of(officer: Officer) -> Purpose:
    """What an officer looks at figures for: statistics, where cleared for it."""
    cleared = officer.purposes
    return Purpose.STATISTICS if Purpose.STATISTICS in cleared or not cleared else cleared[0]


def figure(
    officer: Officer, node: Working, *, area: str, start: str, end: str, measure: str = "seized",
    substance: str = "cocaine", service: str = "unsaid", way: str = "any", as_of: int | None = None,
) -> FigureView:
    """Count a figure of our own register, as it stood at an entry of the log.

    A published figure counts every seizure, whatever its handling code: it names none of them. The ids of those that
    the officer may not know are left out.

    Args:
        area, service, way: Of the vocabulary of scopes. start, end: First and last day, ISO 8601, UTC.
        as_of: Log entry; None means now.

    Raises:
        NotForYou: The officer may see no figures. BadRequest: A word outside the vocabulary; `field` names which.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-figures", purpose, "figures", node)
    view = _figure(node, Scope(area, service, way), start, end, measure, substance, as_of, int(officer.clearance))
    leave(officer, purpose, "see-figures", "figures", node, scope=view.scope, as_of=view.as_of)
    return view


def _figure(
    node: Working, scope: Scope, start: str, end: str, measure: str, substance: str, as_of: int | None, clearance: int
) -> FigureView:
    words = load_scopes()
    for field, known, told in (("area", words.areas, scope.area), ("service", words.words("service"), scope.service),
                               ("way", words.words("way"), scope.way), ("measure", MEASURES, measure)):  # fmt: skip
        if told not in known:
            raise BadRequest(reason="unknown-choice", field=field)
    area = words.areas[scope.area]
    if not area.ports and not area.countries:
        raise BadRequest(reason="unknown-choice", field="area")  # an area of claims alone: no place lies in it
    since, until = _span(start, end)
    entry = node.store.log.last() if as_of is None else as_of
    rows = [row for row in node.store.registry.rows(since, until, entry) if _counts(row, scope, substance)]
    total = summed(rows)
    at = datetime.fromtimestamp(entry // 1_000_000, UTC) if as_of is not None else _now(node)
    over = is_over(end, at.date().isoformat())
    value = Decimal(total.grams) / 1000 if measure == "seized" else Decimal(total.findings)
    seen = {row.id for row in rows if row.handling <= clearance}
    return FigureView(
        f"{scope.area}/{scope.service}/{scope.way}", substance, measure, start, end, format(value, "f"),
        "kg" if measure == "seized" else "count", total.findings, total.unweighed, total.open, over,
        "final" if over and not total.open else "provisional", entry, tuple(one for one in total.ids if one in seen),
    )  # fmt: skip


def _now(node: Working) -> datetime:
    return datetime.fromtimestamp(node.now() // 1_000_000, UTC)


def _span(start: str, end: str) -> tuple[Moment, Moment]:
    """The moments of some days: from the first moment of the first to that of the day after the last."""
    field = "start"
    try:
        since = moment_of(datetime.combine(date.fromisoformat(start), datetime.min.time(), UTC))
        field = "end"
        until = moment_of(datetime.combine(date.fromisoformat(end) + timedelta(days=1), datetime.min.time(), UTC))
    except (ValueError, OverflowError):
        raise BadRequest(reason="not-a-day", field=field) from None
    if until <= since:
        raise BadRequest(reason="not-a-day", field="end")
    return since, until


def _counts(row: SeizureRow, scope: Scope, substance: str) -> bool:
    """Whether a row is of a scope: a service counts what it took part in, `all` and `unsaid` everything."""
    if (substance and row.substance != substance) or not load_scopes().areas[scope.area].holds(row.place):
        return False
    services = set(row.services.split())
    if scope.service not in ("unsaid", "all") and scope.service not in services:
        return False
    if scope.way == "containers":
        return bool(row.container)
    return scope.way == "any" or row.scope == _WAYS[scope.way]


def publish(
    officer: Officer, node: Working, *, document: str, area: str, start: str, end: str, measure: str = "seized",
    substance: str = "cocaine", service: str = "unsaid", way: str = "any",
) -> ClaimView:
    """Publish a figure: it becomes a claim of our own, with the log entry as of which it was counted.

    Args:
        document: Where it is published. The rest as in `figure`.

    Raises:
        NotForYou: The officer may tell no figures. BadRequest: No document, or as `figure`.
    """
    purpose = purpose_of(officer)
    permit(officer, "tell-figures", purpose, "figures", node)
    if not document.strip():
        raise BadRequest(reason="a-figure-needs-its-document", field="document")
    scope = Scope(area, service, way)
    made = _figure(node, scope, start, end, measure, substance, None, int(officer.clearance))
    claim = Claim(
        load_scopes().areas[area].names["en"], scope, start, end, measure, made.value, made.unit, substance,
        status=made.status, source=OWN, publisher=node.settings.name, told=_now(node).date().isoformat(),
        document=document.strip()[:80], as_of=Moment(made.as_of),
    )  # fmt: skip
    _keep(officer, [claim], node, purpose)
    return claim_view(claim, officer.language)


def recomputed(officer: Officer, node: Working) -> tuple[tuple[ClaimView, FigureView], ...]:
    """Count every figure that this node published again, as of its day: both values stand side by side.

    Raises:
        NotForYou: The officer may see no figures.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-figures", purpose, "figures", node)
    own = [one for one in node.store.claims.all() if one.as_of is not None]
    leave(officer, purpose, "see-figures", "published", node, shown=len(own))
    return tuple(
        (claim_view(one, officer.language),
         _figure(node, one.scope, one.start, one.end, one.measure, one.substance, one.as_of, int(officer.clearance)))
        for one in own
    )  # fmt: skip


def _keep(officer: Officer, claims: Sequence[Claim], node: Working, purpose: Purpose) -> None:
    now = node.now()
    items = [item_of(Claiming(tuple(claims[place : place + _AT_ONCE]), officer.id, now), officer.id, now)
             for place in range(0, len(claims), _AT_ONCE)]  # fmt: skip
    hand_in(items, node)
    leave(officer, purpose, "tell-figures", "claims", node, claims=len(claims))


def keep_tables(officer: Officer, tables: Iterable[tuple[str, str]], node: Working) -> tuple[int, tuple[Doubt, ...]]:
    """Keep the claims of tables; one that is known changes nothing. Gives how many are new, and the doubts.

    Args:
        tables: Name and text of each.

    Raises:
        NotForYou: The officer may tell no figures.
    """
    purpose = purpose_of(officer)
    permit(officer, "tell-figures", purpose, "claims", node)
    claims, doubts = read_tables(tables)
    before = len(node.store.claims.all())
    if claims:
        _keep(officer, claims, node, purpose)
    return len(node.store.claims.all()) - before, tuple(doubts)


def read_tables(tables: Iterable[tuple[str, str]]) -> tuple[list[Claim], list[Doubt]]:
    """Read tables of claims; the place of a doubt names its table."""
    claims: list[Claim] = []
    doubts: list[Doubt] = []
    for name, text in tables:
        for one in read_claims(text.splitlines(), name):
            if isinstance(one, Claim):
                claims.append(one)
            else:
                doubts.append(msgspec.structs.replace(one, place=msgspec.structs.replace(one.place, part=name)))
    return claims, doubts


def check_tables(tables: Iterable[tuple[str, str]], language: str) -> FiguresView:
    """Check the figures of tables without keeping anything: those of documents against the sources beside them."""
    claims, doubts = read_tables(tables)
    return _checked(claims, doubts, language)


def _checked(claims: Sequence[Claim], doubts: Sequence[Doubt], language: str) -> FiguresView:
    figures = [one for one in claims if one.document and one.as_of is None]
    sources = [one for one in claims if not one.document]
    return FiguresView(
        tuple(check_view(one, language) for one in check_all(figures, sources)),
        tuple(conflict_view(one, language) for one in conflicts(sources)), len(claims), tuple(doubts),
    )  # fmt: skip


def side_by_side(officer: Officer, node: Working) -> FiguresView:
    """Lay the claims that the node keeps side by side: figures of documents with what is said elsewhere.

    Raises:
        NotForYou: The officer may see no figures.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-figures", purpose, "claims", node)
    claims = node.store.claims.all()
    leave(officer, purpose, "see-figures", "claims", node, shown=len(claims))
    return _checked(claims, (), officer.language)


def claims(officer: Officer, node: Working) -> tuple[ClaimView, ...]:
    """List the claims that the node keeps.

    Raises:
        NotForYou: The officer may see no figures.
    """
    purpose = purpose_of(officer)
    permit(officer, "see-figures", purpose, "claims", node)
    found = node.store.claims.all()
    leave(officer, purpose, "see-figures", "claims", node, shown=len(found))
    return tuple(claim_view(one, officer.language) for one in found)


def published(officer: Officer, claim: int, node: Working) -> FigureView:
    """Count one published figure again, as of its day.

    Raises:
        NotForYou: The officer may see no figures. NotFound: Not one of ours.
    """
    found = next((view for told, view in recomputed(officer, node) if told.id == claim), None)
    if found is None:
        raise NotFound(kind="figure")
    return found
