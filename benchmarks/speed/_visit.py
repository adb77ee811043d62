"""One visit as messages make it: a declaration, a bay plan, a verified mass, and events at both ports."""

from vigie.arrivals import Call, Classifier, Equipment, GoodsItem, Measurement, Movement, Quantity, Route, Seal, Stowed
from vigie.terms import DAY, HOUR, ConsignmentId, Moment, Party, PartyRole, VisitId
from vigie.tracking import Line, Measured, Move, Plan, Visit

LOADED = 1_772_323_200_000_000  # 2026-03-01T00:00:00Z
LANDED = Moment(LOADED + 20 * DAY)
_NUMBER = "CSQU3054383"


def a_visit() -> Visit:
    """Build it; nothing in it is real."""
    route = Route(loading="ECGYE", unloading="BEANR", terminal="K1700")
    call = Call(imo="9074729", name="Demo Star", voyage="0451E", carrier="DEMO", arrival=LANDED, departure=Moment(LOADED))
    box = Equipment(_NUMBER, "45R1", False, (Seal("EC100"),), vgm_g=23_840_000, vgm_method="SM1", setpoint_dc=136)
    goods = GoodsItem(hs="080390", description="Fresh bananas Cavendish", packages=1080, gross_g=19_240_000)
    parties = (Party(PartyRole.CONSIGNOR, "Fruta Ficticia S.A.", street="Calle 1", city="Guayaquil", country="EC"),
               Party(PartyRole.CONSIGNEE, "Fruit Import NV", eori="BE0123456789", country="BE"))  # fmt: skip
    filed = Moment(LOADED - 2 * DAY)
    line = Line(ConsignmentId("bl:DEMO:1"), filed, filed, form="CUSCAR", document="1", parties=parties, goods=(goods,),
                equipment=box, call=call, route=route, filed_at=filed)  # fmt: skip
    moves = tuple(
        Move(Moment(at), Movement(f"e{at}", code, Classifier.ACTUAL, _NUMBER, Moment(at), place=place, seals=box.seals))
        for code, at, place in (("GTIN", LOADED - DAY, "ECGYE"), ("LOAD", LOADED - HOUR, "ECGYE"), ("DISC", LANDED, "BEANR"))
    )
    mass = Measured(filed, Measurement(_NUMBER, Quantity.VGM, 23_840_000, "SM1", filed))
    plan = Plan(Moment(LOADED), Stowed("BAPLIE", box, call, route, Moment(LOADED)))
    return Visit(VisitId(f"{_NUMBER}-1"), _NUMBER, 1, filed, LANDED, (line,), (plan,), moves, (mass,))
