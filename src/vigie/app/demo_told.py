"""What the three nodes of a demonstration tell each other at its beginning; all of it invented."""

from typing import TYPE_CHECKING, Any

import msgspec

from vigie.app.stage import BO
from vigie.terms import DAY, HOUR, Handling, Moment, Purpose

if TYPE_CHECKING:
    from vigie.exchange import Marking, Thing
    from vigie.node import Node

BE, NL, BR = "be-customs", "nl-customs", "br-gateway"
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
    return count


def things(nodes: "dict[str, Node]") -> "list[tuple[str, tuple[str, ...], Thing, dict[str, Any]]]":
    """The things: who tells them to whom, and what their marking says otherwise."""
    from vigie.exchange import Box, Concealment, Decision, JointOperation, Movement, Seizure, Training

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
        (BE, (NL,), Training(
            "Reading reefers", "Where the cooling unit hides a load, on twelve invented pictures", now, "en", 35,
            "5b" * 32, 4_200_000, "application/zip", "reading-reefers.zip"), {"tlp": Handling.GREEN}),
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
