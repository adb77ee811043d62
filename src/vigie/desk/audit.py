"""The audit trail and the log, read and verified: who looked at what, and whether anybody touched the chains since."""

from collections.abc import Iterator
from functools import cache

import msgspec

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import REFUSED, leave
from vigie.desk.views import AuditPage, AuditQuery, AuditRow, ChainCheck
from vigie.terms import AuditEntry, BadRequest, Officer, Purpose, Texts

OVERSIGHT = Purpose.OVERSIGHT
_MOST = 500
_json = msgspec.json.Encoder()


@cache
def _texts() -> Texts:
    return Texts.load("vigie.desk.texts", "trail")


def page(officer: Officer, query: AuditQuery, node: Node, purpose: Purpose = OVERSIGHT) -> AuditPage:
    """Show a page of the trail, newest first; this look is in it, too.

    Raises:
        NotForYou: The officer may not. BadRequest: A page holds 1 to 500 entries.
    """
    permit(officer, "see-trail", purpose, "trail", node)
    if not 1 <= query.limit <= _MOST:
        raise BadRequest(reason="a-page-holds-1-to-500-entries", limit=query.limit)
    found = node.store.trail.page(
        query.before, query.limit, officer=query.officer, subject=query.subject, act=query.act, outcome=query.outcome
    )
    leave(officer, purpose, "see-trail", "trail", node, shown=len(found))
    rows = tuple(
        AuditRow(
            one.seq, one.entry.at, one.entry.officer, one.entry.purpose, one.entry.act, one.entry.subject,
            one.entry.outcome, one.entry.facts, _told(one.entry, officer.language),
        )
        for one in found
    )
    return AuditPage(rows, query, rows[-1].number if len(rows) == query.limit else None)


def _told(entry: AuditEntry, language: str) -> str:
    texts = _texts()
    said = texts.tell(entry.act, language, subject=entry.subject) if entry.act in texts.table else entry.act
    return texts.tell(REFUSED, language, said=said) if entry.outcome == REFUSED else said


def verify(officer: Officer, node: Node, purpose: Purpose = OVERSIGHT) -> tuple[ChainCheck, ...]:
    """Read both chains again from the beginning: the trail and the log.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "verify", purpose, "chains", node)
    checks = []
    for chain, kept in (("trail", node.store.trail), ("log", node.store.log)):
        found = kept.verify()
        checks.append(ChainCheck(chain, found.count, found.broken is None, found.broken, found.head))
    leave(officer, purpose, "verify", "chains", node, whole=all(check.whole for check in checks))
    return tuple(checks)


def export(officer: Officer, query: AuditQuery, node: Node, purpose: Purpose = OVERSIGHT) -> Iterator[bytes]:
    """Write the trail as JSON Lines, oldest first, with each entry's link of the chain.

    Raises:
        NotForYou: The officer may not: raised at once, before the first line is asked for.
    """
    permit(officer, "see-trail", purpose, "trail export", node)
    leave(officer, purpose, "see-trail", "trail export", node)
    return _lines(query, node)


def _lines(query: AuditQuery, node: Node) -> Iterator[bytes]:
    seq = 0
    while found := node.store.trail.after(seq, _MOST):
        for one in found:
            seq = one.seq
            asked = ((query.officer, one.entry.officer), (query.act, one.entry.act),
                     (query.subject, one.entry.subject), (query.outcome, one.entry.outcome))  # fmt: skip
            if all(wanted in ("", value) for wanted, value in asked):
                yield _json.encode({"number": one.seq, "entry": one.entry, "chain": one.chain}) + b"\n"
