"""Canonical rows that EDIFACT messages can carry, for laws."""

from hypothesis import strategies as st

from vigie.arrivals import (
    Call,
    Consignment,
    Equipment,
    Function,
    GoodsItem,
    Level,
    Measurement,
    Movement,
    Quantity,
    Route,
    Seal,
    Stowed,
)
from vigie.arrivals.edifact.messages.moves import event_name
from vigie.arrivals.events import Classifier
from vigie.terms import MINUTE, ConsignmentId, Moment, Party, PartyRole, check_digit, write_moment, written_seal

SENDER = "BEANRTERM"
NOW = Moment(1_768_910_400_000_000)  # 2026-01-20T12:00:00Z

moments = st.integers(16_000_000, 31_000_000).map(lambda minutes: Moment(minutes * MINUTE))
plain = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)
words = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\ufffd"), min_size=1, max_size=40),
    min_size=1, max_size=8,
).map(" ".join)  # fmt: skip
places = st.sampled_from(("ECGYE", "BEANR", "NLRTM", "BRSSZ", "PAMIT", "COCTG", "NLVLI"))
maybe_places = st.one_of(st.just(""), places)
masses = st.one_of(st.none(), st.integers(0, 60_000_000))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A container number whose check digit is right."""
    first = draw(st.sampled_from(("MSCU", "CSQU", "TCLU", "HLBU"))) + f"{draw(st.integers(0, 999_999)):06d}"
    return f"{first}{check_digit(first)}"


seals = st.builds(
    Seal, number=plain.filter(lambda text: written_seal(text) == text), issuer=st.sampled_from(("CA", "SH", "CU", ""))
)
calls = st.builds(
    Call, imo=st.just("9074729"), call_sign=st.sampled_from(("", "VRIB3", "9V2036")), name=words, voyage=plain,
    carrier=st.sampled_from(("MSC", "CMDU", "HLCU")), arrival=st.one_of(st.none(), moments),
    departure=st.one_of(st.none(), moments),
)  # fmt: skip


def _told(route: Route) -> Route:
    """A route as messages carry it: acceptance only where it differs from loading, no terminal without its port."""
    import msgspec

    acceptance = "" if route.acceptance == route.loading else route.acceptance
    return msgspec.structs.replace(route, acceptance=acceptance)


routes = st.builds(
    Route, acceptance=maybe_places, loading=places, transhipment=st.lists(places, max_size=3).map(tuple),
    unloading=places, delivery=maybe_places, terminal=st.sampled_from(("", "K913", "PSA")),
).map(_told)  # fmt: skip
fills = st.sampled_from((True, False, None))
sizes = st.sampled_from(("45R1", "22G1", "4510", ""))
documents = st.lists(st.tuples(st.sampled_from(("BL:", "BN:")), plain.filter(lambda text: text != "1")).map("".join),
                     max_size=3, unique=True).map(tuple)  # fmt: skip
remarks = st.lists(st.tuples(st.sampled_from(("SCAN OK:", "AAI:", "HAN:")), words).map("".join), max_size=3).map(tuple)


@st.composite
def equipment(draw: st.DrawFn) -> Equipment:
    """A box as a cargo report describes it."""
    return Equipment(
        number=draw(numbers()), size_type=draw(sizes), empty=draw(fills),
        seals=tuple(draw(st.lists(seals, max_size=2))), gross_g=draw(masses), tare_g=draw(masses), vgm_g=draw(masses),
        setpoint_dc=draw(st.one_of(st.none(), st.integers(-300, 300))), operator=draw(st.sampled_from(("", "MSC"))),
    )  # fmt: skip


@st.composite
def stowed(draw: st.DrawFn) -> Stowed:
    """A box on a bay plan."""
    import msgspec

    box = draw(equipment())
    method = draw(st.sampled_from(("", "SM1", "SM2")))
    box = msgspec.structs.replace(
        box, seals=(), vgm_method=method, vgm_at=draw(moments) if method else None,
        stow=f"{draw(st.integers(0, 999_9999)):07d}", dangerous=draw(st.sampled_from(((), ("1263",), ("1263", "3082")))),
        remarks=draw(remarks),
    )  # fmt: skip
    return Stowed(
        form="BAPLIE", equipment=box, call=draw(calls), route=draw(routes), at=draw(moments),
        documents=draw(documents), description=draw(st.one_of(st.just(""), words)),
    )  # fmt: skip


parties = st.builds(
    Party, role=st.sampled_from(tuple(PartyRole)), name=words, eori=st.one_of(st.just(""), plain), street=words,
    city=words, postcode=plain, country=st.sampled_from(("BE", "EC", "NL")),
)  # fmt: skip


@st.composite
def consignments(draw: st.DrawFn) -> Consignment:
    """A consignment as a cargo report carries it."""
    boxes = tuple(draw(st.lists(equipment(), min_size=1, max_size=3, unique_by=lambda box: box.number)))
    everything = tuple(box.number for box in boxes)
    goods = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        value = draw(st.one_of(st.none(), st.integers(0, 10**10)))
        held = () if number == 1 else draw(st.sampled_from(((), everything[:1])))
        goods.append(
            GoodsItem(
                number=number, hs=draw(st.sampled_from(("", "080390", "0901"))), description=draw(words),
                packages=draw(st.one_of(st.none(), st.integers(0, 99_999))), package_kind=draw(st.sampled_from(("", "CT"))),
                gross_g=draw(masses), value_minor=value, currency="EUR" if value is not None else "",
                containers=() if set(held) == set(everything) else held,
            )
        )  # fmt: skip
    level = draw(st.sampled_from(tuple(Level)))
    call, document = draw(calls), draw(plain)
    parent = draw(plain.filter(lambda text: text != document)) if level is Level.HOUSE else ""
    return Consignment(
        id=ConsignmentId(f"bl:{call.carrier}:{document}"), function=draw(st.sampled_from(tuple(Function))), level=level,
        form="CUSCAR", document=document, parent=parent, mrn=draw(st.sampled_from(("", "26BE0000000000001A"))),
        references=tuple(f"UCN:{one}" for one in draw(st.lists(plain, max_size=2))),
        parties=tuple(draw(st.lists(parties, max_size=3))), goods=tuple(goods), equipment=boxes, call=call,
        route=draw(routes), filed_at=draw(moments), freight_payment=draw(st.sampled_from(("", "PP", "CC"))),
    )  # fmt: skip


@st.composite
def moves(draw: st.DrawFn, codes: tuple[str, ...]) -> Movement:
    """A movement as a terminal reports it; its name is what the reader gives it."""
    code, at, container = draw(st.sampled_from(codes)), draw(moments), draw(numbers())
    estimated = codes[0] == "CUSR" and draw(st.booleans())
    classifier = Classifier.ESTIMATED if estimated else Classifier.ACTUAL
    kind = f"{code}-{classifier.value}" if codes[0] == "CUSR" else code
    name = event_name(SENDER, kind, container, write_moment(at))
    cancelled = draw(st.booleans())
    modes = {"GTIN": ("TRUCK", "RAIL", "BARGE", ""), "GTOT": ("TRUCK", ""), "DISC": ("VESSEL",), "LOAD": ("VESSEL",)}
    call = draw(calls)
    if codes[0] == "CUSR":
        call = Call(imo=call.imo, name=call.name, voyage=call.voyage, carrier=call.carrier,
                    arrival=at if estimated else None)  # fmt: skip
    return Movement(
        event_id=f"{name}:cancel" if cancelled else name, retracts=name if cancelled else "", code=code,
        classifier=classifier, container=container, at=at, recorded_at=draw(moments), place=draw(places),
        facility=draw(st.sampled_from(("", "K913"))), mode=draw(st.sampled_from(modes.get(code, ("",)))), call=call,
        seals=tuple(draw(st.lists(seals, max_size=2))), empty=draw(fills), gross_g=draw(masses),
        documents=draw(documents), remarks=draw(remarks), size_type=draw(sizes), offset_known=draw(st.booleans()),
    )  # fmt: skip


measurements = st.builds(
    Measurement, container=numbers(), quantity=st.sampled_from((Quantity.VGM, Quantity.GROSS, Quantity.TARE)),
    value=st.integers(0, 60_000_000), at=moments, by=words, documents=documents, place=places,
)  # fmt: skip
