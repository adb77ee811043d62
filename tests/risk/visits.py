"""Visits for the tests of columns: name only what the test is about."""

from vigie.arrivals import Call, Classifier, Equipment, GoodsItem, Measurement, Movement, Quantity, Route, Seal, Stowed
from vigie.terms import DAY, HOUR, ConsignmentId, Moment, Party, PartyRole, VisitId
from vigie.tracking import Line, Measured, Move, Plan, Visit

T0 = 1_760_000_000_000_000  # 2025-10-09T08:53:20Z: the box is loaded
LANDED = T0 + 20 * DAY
NOW = Moment(LANDED + 2 * DAY)
NUMBER = "CSQU3054383"

CONSIGNOR = Party(PartyRole.CONSIGNOR, "Fruta Ficticia S.A.", street="Calle 1", city="Guayaquil", country="EC")
CONSIGNEE = Party(PartyRole.CONSIGNEE, "Fruit Import NV", eori="BE0123456789", country="BE")
ROUTE = Route(loading="ECGYE", unloading="BEANR", terminal="K1700")
CALL = Call(imo="9074729", name="Demo Star", voyage="0451E", carrier="MSCU", arrival=LANDED - HOUR, departure=T0 + HOUR)
BANANAS = GoodsItem(hs="080390", description="Fresh bananas Cavendish", packages=1080, gross_g=19_240_000)


def a_box(**named):
    return Equipment(**{"number": NUMBER, "size_type": "45R1", "empty": False, "seals": (Seal("EC100"),), **named})


def a_line(**named):
    hlc = named.pop("hlc", T0 - 3 * DAY)
    return Line(**{
        "consignment": ConsignmentId("bl:MSCU:1"), "first": hlc, "latest": hlc, "document": "1", "form": "CUSCAR",
        "parties": (CONSIGNOR, CONSIGNEE), "goods": (BANANAS,), "equipment": a_box(), "call": CALL, "route": ROUTE,
        "filed_at": Moment(T0 - 2 * DAY), **named,
    })


def a_plan(hlc=T0 + HOUR, **named):
    equipment = named.pop("equipment", a_box())
    return Plan(hlc, Stowed("BAPLIE", equipment, **{"call": CALL, "route": ROUTE, "at": Moment(hlc), **named}))


def a_move(code, at, place="BEANR", hlc=None, retracted=None, **named):
    movement = Movement(f"{code}-{at}", code, Classifier.ACTUAL, NUMBER, Moment(at), place=place, **named)
    return Move(Moment(hlc or at), movement, retracted)


def measured(quantity, value, at=T0 - DAY, method="", hlc=None):
    return Measured(Moment(hlc or at), Measurement(NUMBER, Quantity(quantity), value, method, Moment(at)))


def a_visit(*parts, container=NUMBER, doubts=()):
    """A visit of lines, plans, moves, measurements and outcomes, given in any order."""
    told = {kind: tuple(part for part in parts if isinstance(part, kind)) for kind in (Line, Plan, Move, Measured)}
    rest = tuple(part for part in parts if not isinstance(part, (Line, Plan, Move, Measured)))
    first = min((part.first if isinstance(part, Line) else part.hlc for part in parts), default=T0)
    last = max((part.latest if isinstance(part, Line) else part.hlc for part in parts), default=T0)
    return Visit(VisitId(f"{container}-1"), container, 1, Moment(first), Moment(last), told[Line], told[Plan],
                 told[Move], told[Measured], rest, doubts)
