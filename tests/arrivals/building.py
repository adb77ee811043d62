"""Build canonical rows for tests: name only what the test is about; strategies for the round-trip laws."""

from hypothesis import strategies as st

from vigie.arrivals import (
    Call,
    Classifier,
    Consignment,
    Equipment,
    Function,
    GoodsItem,
    Level,
    Movement,
    Part,
    Route,
    Seal,
)
from vigie.terms import MINUTE, SECOND, ConsignmentId, Moment, Party, PartyRole, check_digit

NOON = Moment(1_790_000_000 * SECOND // MINUTE * MINUTE)
EORI = "BE0400000001"


def a_part(body: bytes, format: str = "unread", head: bytes = b"", **more: object) -> Part:
    return Part(format, str(more.get("form", "")), "", 0, head, body, 0, int(str(more.get("segment", 1))))


def a_box(serial: int = 305438, **more: object) -> Equipment:
    first = f"CSQU{serial % 1_000_000:06d}"
    return Equipment(number=f"{first}{check_digit(first)}", **more)  # type: ignore[arg-type]


def a_consignment(**more: object) -> Consignment:
    box = a_box(size_type="45R1", empty=False, seals=(Seal("ML12345"),))
    usual: dict[str, object] = {
        "id": ConsignmentId("bl:BE0999999999:ABC123"), "form": "F10", "document": "ABC123",
        "references": ("LRN:LRN0001", "OFFICE-ENTRY:BE101000"),
        "parties": (Party(PartyRole.DECLARANT, "Agent NV", EORI, "Kaai 1", "Antwerpen", "2000", "BE"),
                    Party(PartyRole.CONSIGNOR, "Fruta Ficticia SA", "", "Calle 1", "Guayaquil", "090101", "EC"),
                    Party(PartyRole.CONSIGNEE, "Fruit BV", "BE0400000002", "Weg 2", "Gent", "9000", "BE"),
                    Party(PartyRole.CARRIER, "", "BE0999999999")),
        "goods": (GoodsItem(1, "080390", "BANANAS", 1080, "CT", 23_840_000, containers=(box.number,)),),
        "equipment": (box,),
        "call": Call(imo="9074729", voyage="123W", carrier="BE0999999999", arrival=NOON),
        "route": Route(loading="ECGYE", unloading="BEANR"),
        "filed_at": NOON,
    }
    return Consignment(**{**usual, **more})  # type: ignore[arg-type]


def a_movement(**more: object) -> Movement:
    usual: dict[str, object] = {"event_id": "e1", "code": "GTOT", "container": "CSQU3054383", "at": NOON}
    return Movement(**{**usual, **more})  # type: ignore[arg-type]


_WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 &é<>'\"", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())).filter(bool)
_CODE = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=12)
_PLACE = st.sampled_from(["", "BEANR", "NLRTM", "ECGYE", "BRSSZ"])
MOMENTS = st.integers(0, 4_000_000_000).map(lambda second: Moment(second * SECOND))
MINUTES = st.integers(30_000_000, 70_000_000).map(lambda minute: Moment(minute * MINUTE))
SEALS = st.lists(_CODE.map(lambda text: Seal("S" + text)), max_size=2, unique=True).map(tuple)


def parties(role: PartyRole) -> st.SearchStrategy[Party]:
    return st.builds(
        Party, st.just(role), _WORD, st.one_of(st.just(""), _CODE), _WORD, _WORD, _CODE.map(lambda text: text[:9]),
        st.sampled_from(["BE", "EC", "NL"]), st.sampled_from(["", "1", "2"]),
    )


@st.composite
def consignments(draw: st.DrawFn, level: Level, form: str) -> Consignment:
    """What an ICS2 filing can carry, all of it."""
    boxes = tuple(
        a_box(serial, size_type=draw(st.sampled_from(["", "45R1", "22G1"])), seals=draw(SEALS),
              empty=draw(st.sampled_from([None, True, False])))
        for serial in draw(st.lists(st.integers(0, 999_999), max_size=3, unique=True))
    )
    numbers = [box.number for box in boxes]
    goods = tuple(
        GoodsItem(
            count, draw(st.sampled_from(["", "080390", "08039010"])), draw(st.one_of(st.just(""), _WORD)),
            draw(st.one_of(st.none(), st.integers(0, 10**6))), draw(st.sampled_from(["", "CT", "PX"])),
            draw(st.one_of(st.none(), st.integers(0, 10**9))), containers=tuple(
                draw(st.lists(st.sampled_from(numbers), unique=True)) if numbers else ()),
        )
        for count in range(1, draw(st.integers(1, 3)) + 1)
    )
    carrier = draw(parties(PartyRole.CARRIER).filter(lambda party: party.eori))
    document = draw(_CODE)
    declarant = draw(parties(PartyRole.DECLARANT))
    others = tuple(draw(parties(role)) for role in (PartyRole.CONSIGNOR, PartyRole.CONSIGNEE, PartyRole.NOTIFY))
    traders = tuple(draw(parties(role)) for role in (PartyRole.BUYER, PartyRole.SELLER))
    house = level is Level.HOUSE
    named = (declarant, *others, *traders, carrier) if house else (declarant, *others, carrier, *traders)
    return Consignment(
        id=ConsignmentId(f"bl:{carrier.eori}:{document}"), function=draw(st.sampled_from(list(Function)[:2])),
        level=level, form=form, document=document, parent=draw(_CODE) if house else "",
        mrn=draw(st.sampled_from(["", "26BE0000000000001A"])),
        references=("LRN:" + draw(_CODE), "OFFICE-ENTRY:BE101000"), parties=named, goods=goods, equipment=boxes,
        call=Call(imo=draw(st.sampled_from(["", "9074729"])), name=draw(_WORD), voyage=draw(_CODE),
                  carrier=carrier.eori, arrival=draw(st.one_of(st.none(), MOMENTS)), departure=draw(MOMENTS)),
        route=Route(draw(_PLACE), draw(_PLACE), (), draw(_PLACE), draw(_PLACE)), filed_at=draw(MOMENTS),
        freight_payment=draw(st.sampled_from(["", "A", "C"])),
    )


@st.composite
def movements(draw: st.DrawFn, actual: bool = False) -> Movement:
    """A container's event as DCSA knows it."""
    code = draw(st.sampled_from(["LOAD", "DISC", "GTIN", "GTOT", "CUSS", "CUSI", "CUSR", "INSP", "RSEA", "PICK"]))
    return Movement(
        event_id="e-" + draw(_CODE), code=code,
        classifier=Classifier.ACTUAL if actual else draw(st.sampled_from(list(Classifier)[:3])),
        container=a_box(draw(st.integers(0, 999_999))).number, at=draw(MOMENTS), recorded_at=draw(MOMENTS),
        place=draw(_PLACE), facility=draw(st.one_of(st.just(""), _CODE)),
        mode="" if actual else draw(st.sampled_from(["", "VESSEL", "TRUCK"])),
        call=Call() if actual else Call(imo=draw(st.sampled_from(["", "9074729"])), name=draw(_WORD)),
        seals=() if actual else draw(SEALS), empty=None if actual else draw(st.sampled_from([None, True, False])),
        documents=tuple(dict.fromkeys(draw(st.lists(_CODE.map(lambda text: "BL:" + text), max_size=2)))),
        size_type="" if actual else draw(st.sampled_from(["", "45R1"])),
    )
