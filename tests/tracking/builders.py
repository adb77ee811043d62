"""Visits for tests: name only what the test is about."""

from vigie.arrivals import Call, Classifier, Consignment, Equipment, Function, Movement, Route
from vigie.terms import ConsignmentId, Moment, Party, PartyRole
from vigie.tracking import Announced, apply, segment_of

BOX = "CSQU3054383"


def an_announcement(number="ABC1", *, function=Function.ORIGINAL, consignee="Fruta", filed_at=None, call=None, **route):
    told = Consignment(
        ConsignmentId(f"bl:MSCU:{number}"),
        function=function,
        document=number,
        parties=(Party(PartyRole.CONSIGNEE, name=consignee),),
        filed_at=filed_at,
        call=call or Call(imo="9074729", voyage="001E"),
        route=Route(**{"loading": "ECGYE", "unloading": "BEANR"} | route),
    )
    return Announced(BOX, told, (), Equipment(BOX, size_type="45R1"))


def an_event(code, at=None, *, place="BEANR", event_id="", **rest):
    at = None if at is None else Moment(at)
    return Movement(event_id, code, rest.pop("classifier", Classifier.ACTUAL), BOX, at, place=place, **rest)


def told(*said, start=1_000_000):
    """Tell entries one after the other, each with its own hlc; gives the visits of the box by segment."""
    visits = {}
    for place, one in enumerate(said):
        hlc, one = one if isinstance(one, tuple) else (start + place, one)
        known = [visits[number] for number in sorted(visits)]
        segment = segment_of(known, one, Moment(hlc))
        after = apply(visits.get(segment), Moment(hlc), one, BOX, segment)
        if after is not None:
            visits[segment] = after
    return visits
