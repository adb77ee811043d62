"""Who the partners are, under which agreements things go to them and come from them, and what was refused of theirs."""

import msgspec

from vigie.desk.exchange_node import federation, own_name
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.terms import Moment, Officer, Purpose

TARGETING = Purpose.TARGETING
_LOOKED, _SHOWN = 1_000, 20
"""Refusals that are looked through, and shown: the trail holds all of them."""


class AgreementRow(msgspec.Struct, frozen=True):
    """An agreement this node is part of.

    Attributes:
        id: Its name. partner, name, country: With whom. out: It says what this node may send; else what it gets.
        purposes, tlp, handling, subjects, grounds: What may pass. days: How long it may be kept. quota: Entries a day.
        third: The receiver lies outside the EU and Schengen. ends: When it ends. holds: It is in force now.
    """

    id: str
    partner: str
    name: str
    country: str
    out: bool
    purposes: tuple[str, ...]
    tlp: str
    handling: tuple[str, ...]
    subjects: tuple[str, ...]
    grounds: tuple[str, ...]
    days: int
    quota: int
    third: bool
    ends: Moment
    holds: bool


class RefusedRow(msgspec.Struct, frozen=True):
    """Something of a partner that was refused. partner: Whose. seq: Its place in the partner's log, empty for a whole
    batch. code: The rule that it broke."""

    at: Moment
    partner: str
    seq: str
    code: str


def agreements(officer: Officer, node: Node, purpose: Purpose = TARGETING) -> tuple[AgreementRow, ...]:
    """List the agreements of this node: what it may send to whom, and what comes to it.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: This node has not joined, or the metadata has ended.
    """
    permit(officer, "see-exchange", purpose, "federation", node)
    told, me, now = federation(node), own_name(node), node.now()
    leave(officer, purpose, "see-exchange", "federation", node)
    rows = []
    for one in told.agreements:
        if me not in (one.sender, one.receiver):
            continue
        partner = told.member(one.receiver if one.sender == me else one.sender)
        rows.append(AgreementRow(
            one.id, partner.id, partner.name, partner.country, one.sender == me,
            tuple(each.value for each in one.purposes), one.tlp.name, tuple(each.value for each in one.handling),
            tuple(each.value for each in one.subjects), one.grounds, one.retention_days, one.quota, one.third_country,
            one.ends, one.starts <= now < one.ends,
        ))  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.partner, not row.out, row.id)))


def refused(officer: Officer, node: Node, purpose: Purpose = TARGETING) -> tuple[RefusedRow, ...]:
    """List what was refused of partners lately, the latest first: each with the rule, never with what it said.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "exchange refused", node)
    leave(officer, purpose, "see-exchange", "exchange refused", node)
    found = []
    for one in node.store.trail.page(None, _LOOKED, act="receive-exchange", outcome="refused"):
        partner, _, seq = one.entry.subject.removeprefix("exchange ").partition(" ")
        code = str(one.entry.facts.get("why", ""))
        if code:
            found.append(RefusedRow(one.entry.at, partner, seq, code))
    return tuple(found[:_SHOWN])
