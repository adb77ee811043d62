"""Nodes of three countries in one federation, each with its own store and keys."""

from typing import Any

from tests.desk.port import ADA, BOB, NOW, a_node
from tests.exchange.values import BE, BR, NL

from vigie.desk import exchange_federation as joining
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_receiving import receive
from vigie.exchange import Agreement, Desk, HandlingCode, Marking, Signer, Source, Subjects
from vigie.terms import DAY, Handling, Moment, Purpose

HOLDERS = [Signer(bytes([number]) * 32) for number in (1, 2, 3)]
NAMES = (BE, NL, BR)


def agreed(sender: str, receiver: str, **said: Any) -> Agreement:
    told = {
        "id": f"{sender}-{receiver}",
        "sender": sender,
        "receiver": receiver,
        "purposes": (Purpose.TARGETING,),
        "tlp": Handling.RED,
        "handling": tuple(HandlingCode),
        "subjects": tuple(Subjects),
        "starts": Moment(NOW - DAY),
        "ends": Moment(NOW + 300 * DAY),
    }
    return Agreement(**(told | said))


def federate(folder, *names, agreements=None, at=NOW):
    """Make nodes that know each other; everything may go everywhere where nothing else is said."""
    names = names or NAMES
    nodes = {name: a_node(folder / name, at, f"sqlite:///{folder / name}/store.db") for name in names}
    root, empty = joining.found("north sea", HOLDERS, at)
    cards = [joining.card(ADA, name, name.upper(), name[:2], node) for name, node in nodes.items()]
    if agreements is None:
        agreements = [agreed(one, other) for one in names for other in names if one != other]
    told = joining.renew(root, empty, HOLDERS[:2], at, cards, agreements)
    for node in nodes.values():
        joining.take(ADA, root, told, node)
    return nodes


def a_marking(origin=BE, **said: Any) -> Marking:
    told = {
        "tlp": Handling.AMBER,
        "handling": HandlingCode.H0,
        "source": Source.A,
        "information": 1,
        "originator": origin,
        "nodes": (NL,),
        "desks": (Desk.TARGETING,),
        "purpose": Purpose.TARGETING,
        "case": "BE-2026-17",
        "legal_basis": "Regulation (EC) 515/97, art. 4",
        "subjects": Subjects.NONE,
        "retain_until": Moment(NOW + 30 * DAY),
    }
    return Marking(**(told | said))


def carry(nodes, sender, receiver):
    """Carry a stick from one node to another."""
    return receive(outgoing(receiver, nodes[sender]), nodes[receiver])


def exchange(nodes, one, other):
    """There, back, and there again: told, received, acknowledged."""
    there = carry(nodes, one, other)
    carry(nodes, other, one)
    return there


OFFICER = BOB
