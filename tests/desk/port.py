"""A small port for tests: a node on a fixed clock, officers of every kind, messages as carriers write them."""

from functools import cache
from io import BytesIO

import msgspec

from vigie.arrivals import (
    Call,
    Consignment,
    Equipment,
    Function,
    GoodsItem,
    Movement,
    Route,
    Seal,
    Sending,
    Stowed,
    write_baplie,
    write_coarri,
    write_codeco,
    write_cuscar,
)
from vigie.desk import arrivals
from vigie.desk.rules import CompiledRules
from vigie.node import FixedClock, Settings, build
from vigie.terms import (
    DAY,
    HOUR,
    ConsignmentId,
    Handling,
    Moment,
    Officer,
    OfficerId,
    Party,
    PartyRole,
    Purpose,
    Role,
    VisitId,
    read_moment,
)

BOX = "CSQU3054383"
VISIT = VisitId(f"{BOX}-1")
NOW = read_moment("2026-03-02T06:00:00Z")
SHIP = Call(imo="9074729", name="EVER FICTIVE", voyage="001E", carrier="MSCU", arrival=Moment(NOW + 6 * HOUR))
ROUTE = Route(loading="ECGYE", unloading="BEANR")
ALL = tuple(Purpose)


def an_officer(name, *roles, clearance=Handling.AMBER, purposes=(Purpose.TARGETING, Purpose.INSPECTION), **rest):
    return Officer(OfficerId(name), name.title(), roles or (Role.TARGETING,), clearance, purposes, **rest)


ANN = an_officer("ann")
BOB = an_officer("bob", Role.SUPERVISOR, Role.TARGETING, clearance=Handling.RED, purposes=ALL)
EVE = an_officer("eve", Role.AUDITOR, clearance=Handling.RED, purposes=(Purpose.OVERSIGHT,))
ADA = an_officer("ada", Role.ADMINISTRATOR, purposes=(Purpose.ADMINISTRATION,))
IAN = an_officer("ian", Role.INSPECTOR, purposes=(Purpose.INSPECTION,))


@cache
def rules():
    return CompiledRules(NOW)


def a_node(home, at=NOW, store="", **settings):
    return build(Settings(home=home, store=store, sites=("BEANR",), **settings), FixedClock(at), rules())


def sending(number=1, at=NOW):
    return Sending("MSCU", "BEANRCUS", f"R{number}", at)


def a_consignment(number="ABC123", *boxes, function=Function.ORIGINAL, consignee="Fruit NV", call=SHIP, **rest):
    return Consignment(
        ConsignmentId(f"bl:MSCU:{number}"), function=function, document=number, call=call, route=rest.pop("route", ROUTE),
        parties=(
            Party(PartyRole.CONSIGNOR, name="Fruta SA", country="EC", city="Guayaquil"),
            Party(PartyRole.CONSIGNEE, name=consignee, country="BE", city="Antwerpen"),
        ),
        goods=(GoodsItem(1, "080390", "BANANAS", 1080, "CT", 20_000_000),),
        equipment=tuple(Equipment(box, "45R1", False, (Seal(f"S{box[-4:]}"),), 23_000_000) for box in boxes or (BOX,)),
        **rest,
    )  # fmt: skip


def manifest(*consignments, number=1):
    return write_cuscar(consignments or (a_consignment(),), sending(number))


def bay_plan(*boxes, number=2):
    rows = [Stowed("BAPLIE", Equipment(box, "45R1", False, stow="0120482"), SHIP, ROUTE, NOW) for box in boxes or (BOX,)]
    return write_baplie(rows, sending(number))


def discharge(*boxes, at=NOW + 7 * HOUR, number=3, retracts=""):
    moves = [
        Movement(f"d{box}", "DISC", container=box, at=Moment(at), place="BEANR", facility="1742", call=SHIP,
                 retracts=retracts)
        for box in boxes or (BOX,)
    ]  # fmt: skip
    return write_coarri(moves, sending(number))


def gate(code, *boxes, at=NOW + DAY, number=4, **rest):
    moves = [Movement(f"g{box}", code, container=box, at=Moment(at), place="BEANR", facility="1742", call=SHIP, **rest)
             for box in boxes or (BOX,)]  # fmt: skip
    return write_codeco(moves, sending(number))


def take_in(node, *bodies, officer=BOB, **more):
    files = [(f"m{place}.edi", BytesIO(body)) for place, body in enumerate(bodies)]
    return arrivals.take_in(officer, files, node, **more)


def told(node, officer=BOB, visit=VISIT):
    return arrivals.container(officer, visit, node)


def numbers(count, owner="MSCU"):
    """So many container numbers with right check digits."""
    from vigie.terms import check_digit

    first = [f"{owner}{serial:06d}" for serial in range(count)]
    return [f"{number}{check_digit(number)}" for number in first]


def trail(node, **asked):
    return [one.entry for one in node.store.trail.page(None, 100, **asked)]


def without(view, *names):
    """A view as a dict, without some fields."""
    return {name: value for name, value in msgspec.to_builtins(view).items() if name not in names}
