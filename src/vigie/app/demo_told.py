"""What the three nodes of a demonstration tell each other at its beginning; all of it invented."""

from collections.abc import Callable
from time import sleep
from typing import TYPE_CHECKING, Any

import msgspec

from vigie.app.stage import BO
from vigie.terms import DAY, HOUR, Handling, Moment, Purpose

if TYPE_CHECKING:
    from vigie.exchange import Marking, Thing
    from vigie.node import Node

BE, NL, BR = "be-customs", "nl-customs", "br-gateway"
LOOK_S = 5.0
"""How often the gateway looks whether its scanners took a picture: making it takes half a minute."""
KEPT_DAYS = 90
TELLER = msgspec.structs.replace(BO, purposes=tuple(Purpose))


def marking(origin: str, to: tuple[str, ...], now: Moment, **said: Any) -> "Marking":
    """A marking as officers choose it most: TLP:AMBER, H0, for targeting, no data on persons."""
    from vigie.exchange import Desk, HandlingCode, Marking, Source, Subjects

    told: dict[str, Any] = {
        "tlp": Handling.AMBER, "handling": HandlingCode.H0, "source": Source.A, "information": 2, "originator": origin,
        "nodes": to, "desks": (Desk.TARGETING, Desk.LIAISON), "purpose": Purpose.TARGETING, "case": "DEMO-1",
        "legal_basis": "Regulation (EC) 515/97, art. 4 and 13", "subjects": Subjects.NONE,
        "retain_until": Moment(now + KEPT_DAYS * DAY),
    }  # fmt: skip
    return Marking(**(told | said))


def tell_each_other(nodes: "dict[str, Node]") -> int:
    """Let each node tell the others something; it leaves when the nodes serve. Gives how many things."""
    from vigie.desk import exchange

    count = 0
    for origin, to, thing, said in things(nodes):
        node = nodes[origin]
        exchange.send(TELLER, thing, marking(origin, to, node.now(), **said), node)
        count += 1
    offer_training(nodes[BE])
    return count + 1


def offer_training(node: "Node") -> None:
    """Offer NL a training whose material it fetches: a text, invented like all the rest."""
    from vigie.desk import exchange_training
    from vigie.exchange import Piece

    text = (
        "# Reading reefers\n\nLook at the cooling unit first: its housing is the same on every box of a make.\n"
        "Compare with a picture of the same unit without a load. Then the evaporator, the floor ducts, the doors.\n"
    )
    pieces = [Piece("reading-reefers.md", "text/markdown", text.encode(), "material", "Reading reefers")]
    exchange_training.offer(
        TELLER, "Reading reefers", "Where the cooling unit hides a load", "en", 35, pieces,
        marking(BE, (NL,), node.now(), tlp=Handling.GREEN), node,
    )  # fmt: skip


def hand_over(node: "Node", wait: Callable[[float], None] = sleep) -> str:
    """Wait for the picture that the gateway's scanner takes before a box is loaded, and send it to the port once.

    Returns:
        Name of the package; empty where the picture was handed over at an earlier start.
    """
    from vigie.desk import exchange_packages, scanning

    if exchange_packages.page(TELLER, node):
        return ""
    while not (rows := scanning.listed(TELLER, node).rows):
        wait(LOOK_S)
    told = marking(BR, (BE,), node.now())
    made, _ = exchange_packages.send(TELLER, [rows[0].id], "Before loading", told, node)
    return made.sha256


def things(nodes: "dict[str, Node]") -> "list[tuple[str, tuple[str, ...], Thing, dict[str, Any]]]":
    """The things: who tells them to whom, and what their marking says otherwise."""
    from vigie.exchange import Box, Concealment, Decision, JointOperation, Movement, Seizure

    now = nodes[BE].now()
    boxes = boxes_of(nodes[BE])
    hours = Moment(now - 5 * HOUR)
    found: list[tuple[str, tuple[str, ...], Thing, dict[str, Any]]] = [
        (BE, (NL,), Concealment(
            "Bags behind the evaporator", "Panels of the cooling unit were taken off and put back; four new screws",
            "evaporator housing", "0803", "screwdriver, torch"), {}),
        (BR, (BE, NL), Concealment(
            "Double floor in tank container", "The dip stick meets the floor 11 cm early", "floor", "2009",
            "dip stick"),
         {"tlp": Handling.GREEN}),
        (NL, (BE,), Decision(
            "Reefers from the west coast", "For four weeks every empty reefer from this coast is weighed at the gate",
            "Joint steering group", hours, "Report at the next meeting"), {"tlp": Handling.GREEN}),
    ]  # fmt: skip
    if len(boxes) >= 3:
        saw, look, seized = boxes[:3]
        found += [
            (NL, (BE,), Movement(saw, "Stood open for an hour in the empty row, at night", "NLRTM", hours,
                                 "No order for it, and no camera there"), {}),
            (NL, (BE,), Box(look, reason="Same shipper and same seal series as a box we opened last week"), {}),
            (BR, (BE,), Seizure("Bags between pallets", hours, "BRSSZ", "cocaine", 38.0, 41.5, 36, ("crown",), seized),
             {}),
            (NL, (BE,), JointOperation(
                "Low tide", "Two days of joint looks at boxes that changed terminals", ("Rotterdam HARC team",),
                Moment(now + DAY), Moment(now + 3 * DAY), tuple(boxes[:3]),
                ("Scan the boxes of row C", "Open what the scan leaves open")), {}),
        ]  # fmt: skip
    return found


def boxes_of(node: "Node") -> list[str]:
    """Numbers of boxes that the port expects, those due soonest first."""
    from vigie.desk import arrivals
    from vigie.desk.views import ArrivalsQuery

    page = arrivals.page(TELLER, ArrivalsQuery(sort="due", descending=False, due_from=node.now(), limit=20), node)
    return [row.container for row in page.rows]
