"""From a visit before and after one entry to history rows."""

import msgspec
import pytest

from vigie.arrivals import Equipment, GoodsItem, Movement, Route, Seal, Stowed
from vigie.risk import (
    FAMILIES,
    FEATURE_SET,
    MEASURES,
    HistoryRow,
    Kind,
    LiveFeatures,
    MemoryState,
    container_key,
    goods_gross_g,
    history_rows,
    line_keys,
    line_number,
    size_number,
    stable_key,
)
from vigie.risk.families import LATE
from vigie.terms import (
    ConsignmentId,
    Depth,
    Detector,
    Found,
    Moment,
    OfficerId,
    Outcome,
    Party,
    PartyRole,
    VisitId,
    log_weight,
)
from vigie.tracking import Controlled, Line, Move, Plan, Visit

BOX = Equipment("CSQU3054383", size_type="45R1", seals=(Seal("S1"), Seal("S2")), tare_g=4_000_000, empty=False)
FRUIT = GoodsItem(hs="08039010", packages=1080, gross_g=20_000_000)
ROUTE = Route(loading="ECGYE", unloading="BEANR")
PARTIES = tuple(Party(role, name) for role, name in (
    (PartyRole.CONSIGNOR, "Fruta"), (PartyRole.CONSIGNEE, "Fruit"), (PartyRole.NOTIFY, "Bureau")))
NUMBERS = {"Fruta": 1, "Fruit": 2, "Bureau": 3, "Ander": 4}


def key_of(party: Party) -> int | None:
    return NUMBERS.get(party.name)


def a_line(**said: object) -> Line:
    whole = {"consignment": ConsignmentId("bl:X:1"), "first": Moment(10), "latest": Moment(10), "parties": PARTIES,
             "goods": (FRUIT,), "equipment": BOX, "route": ROUTE} | said
    return Line(**whole)


def a_visit(*lines: Line, **said: object) -> Visit:
    whole = {"id": VisitId("CSQU3054383-1"), "container": "CSQU3054383", "segment": 1, "opened": Moment(10),
             "changed": Moment(10), "lines": lines} | said
    return Visit(**whole)


def an_outcome(found: Found = Found.COCAINE, **said: object) -> Outcome:
    return Outcome(VisitId("CSQU3054383-1"), Moment(5), found, Detector.SCANNER, Depth.SCAN, OfficerId("a"), **said)


def said(row: HistoryRow) -> dict[str, int]:
    return {name: value for name, value in zip(MEASURES, row.measures, strict=True) if value}


def keys(row: HistoryRow) -> dict[str, int | None]:
    return dict(zip((family.name for family in FAMILIES), row.keys, strict=True))


def test_a_first_version_is_announced_with_all_it_says():
    announced, further = history_rows(None, a_visit(a_line()), 10, key_of)
    assert announced.kind is Kind.ANNOUNCED
    assert announced.line == line_number(a_visit(), a_line())
    assert said(announced) == {
        "boxes": 1, "consignments": 1, "visits": 1, "at": 10, "gross_g": 20_000_000,
        "log_w": log_weight(20_000_000), "log_w2": log_weight(20_000_000) ** 2, "packages": 1080, "reefers": 1,
        "size_type": size_number("45R1"), "tare_g": 4_000_000, "box": container_key("CSQU3054383"),
    }
    assert keys(announced) == {
        "consignee": 2, "consignor": 1, "pair": stable_key("pair", 1, 2), "notify": 3,
        "lane": stable_key("lane", "ECGYE", "BEANR"), "lane_hs4": stable_key("lane_hs4", "ECGYE", "BEANR", "0803"),
        "consignee_hs4": stable_key("consignee_hs4", 2, "0803"), "container": container_key("CSQU3054383"),
        "seal": stable_key("seal", "S1"),
        **dict.fromkeys(("address", "address_trader", "goods_value", *LATE)),
    }
    assert further.kind is Kind.MOVED
    assert keys(further) == dict.fromkeys(keys(further)) | {"seal": stable_key("seal", "S2")}


def test_a_consignment_is_counted_with_its_first_box_only():
    assert "consignments" not in said(history_rows(None, a_visit(a_line()), 10, key_of, leading=False)[0])


def test_a_second_consignment_of_the_box_opens_no_second_visit():
    before = a_visit(a_line())
    rows = history_rows(before, a_visit(a_line(), a_line(consignment="bl:X:2")), 20, key_of)
    assert [row.kind for row in rows] == [Kind.ANNOUNCED, Kind.MOVED]
    assert "visits" not in said(rows[0])


def test_the_same_version_again_adds_nothing():
    visit = a_visit(a_line())
    assert history_rows(visit, visit, 20, key_of) == ()


def test_an_amendment_is_its_own_measure_under_the_new_keys():
    other = (*PARTIES[:1], Party(PartyRole.CONSIGNEE, "Ander"))
    after = a_visit(a_line(amendments=1, latest=Moment(20), parties=other))
    (row,) = history_rows(a_visit(a_line()), after, 20, key_of)
    assert (row.kind, said(row), keys(row)["consignee"]) == (Kind.AMENDED, {"amended": 1}, 4)


def test_a_cancellation_is_a_retraction_and_a_new_version_after_it_an_announcement():
    standing, cancelled = a_visit(a_line()), a_visit(a_line(cancelled=Moment(20)))
    (row,) = history_rows(standing, cancelled, 20, key_of)
    assert (row.kind, row.of, row.target) == (Kind.RETRACTED, Kind.ANNOUNCED, 19)
    assert history_rows(cancelled, cancelled, 30, key_of) == ()
    assert history_rows(cancelled, standing, 40, key_of)[0].kind is Kind.ANNOUNCED


@pytest.mark.parametrize(("found", "measures"), [
    (Found.NOTHING, {"inspected": 1}),
    (Found.IRREGULARITY, {"inspected": 1, "irregular": 1}),
    (Found.COCAINE, {"inspected": 1, "found": 1}),
])
def test_an_outcome_counts_under_every_key_of_the_line(found, measures):
    before = a_visit(a_line())
    after = msgspec.structs.replace(before, controlled=(Controlled(Moment(20), an_outcome(found)),))
    (row,) = history_rows(before, after, 20, key_of)
    assert (row.kind, said(row), row.keys) == (Kind.OUTCOME, measures, line_keys(after, a_line(), key_of))


def test_a_corrected_outcome_takes_the_earlier_one_back():
    first = Controlled(Moment(20), an_outcome())
    second = Controlled(Moment(30), an_outcome(Found.NOTHING, replaces=20))
    before = a_visit(a_line(), controlled=(first,))
    taken, told = history_rows(before, a_visit(a_line(), controlled=(first, second)), 30, key_of)
    assert (taken.kind, taken.of, taken.target, told.kind) == (Kind.RETRACTED, Kind.OUTCOME, 20, Kind.OUTCOME)


def test_a_box_that_no_consignment_names_has_the_keys_of_its_stowage():
    plan = Plan(Moment(10), Stowed("BAPLIE", BOX, route=ROUTE))
    visit = a_visit(plans=(plan,))
    found = dict(zip((family.name for family in FAMILIES), line_keys(visit, None, key_of), strict=True))
    assert {name for name, key in found.items() if key is not None} == {"lane", "container", "seal"}
    sighted, *seals = history_rows(None, visit, 10, key_of)
    assert said(sighted) == {"visits": 1, "reefers": 1, "size_type": size_number("45R1"), "tare_g": 4_000_000}
    assert [keys(row)["seal"] for row in seals] == [stable_key("seal", "S1"), stable_key("seal", "S2")]


def test_a_seal_seen_at_a_gate_is_counted_once():
    shown = Move(Moment(20), Movement("e", "GTIN", seals=(Seal("S1"), Seal("S9"))))
    again = Move(Moment(30), Movement("f", "LOAD", seals=(Seal("S9"),)))
    before, after = a_visit(a_line()), a_visit(a_line(), moves=(shown,))
    (row,) = history_rows(before, after, 20, key_of)
    assert keys(row)["seal"] == stable_key("seal", "S9")
    assert history_rows(after, a_visit(a_line(), moves=(shown, again)), 30, key_of) == ()


def test_goods_in_several_boxes_count_in_equal_parts():
    shared = GoodsItem(gross_g=9, containers=("A", "B"))
    assert goods_gross_g(a_line(goods=(shared, GoodsItem(gross_g=9)), boxes=3)) == 4 + 3
    assert goods_gross_g(a_line(goods=(), equipment=Equipment("A", gross_g=25, tare_g=4))) == 21
    assert goods_gross_g(a_line(goods=(), equipment=None)) == 0


def test_what_is_not_said_has_no_key():
    bare = a_line(parties=(), goods=(), route=Route(loading="ECGYE"), equipment=None)
    found = dict(zip((family.name for family in FAMILIES), line_keys(a_visit(bare), bare, key_of), strict=True))
    assert {name for name, key in found.items() if key is not None} == {"container"}


def test_a_seal_on_two_boxes_is_told_by_the_features():
    live, state = LiveFeatures(FEATURE_SET), MemoryState()
    done = live.fold(history_rows(None, a_visit(a_line()), 10, key_of), state)
    state.keep(done.rows, done.prefix, done.taken)
    other = a_visit(a_line(consignment="bl:X:2"), id=VisitId("MSKU0000000-1"), container="MSKU0000000")
    vector = live.fold(history_rows(None, other, 20, key_of), state).vectors[0]
    told = dict(zip(FEATURE_SET.names, vector, strict=True))
    assert told["seal_box_last"] == container_key("CSQU3054383") != container_key("MSKU0000000")
    assert (told["consignee_boxes_life"], told["container_visits_life"]) == (1, 0)


def test_a_declaration_and_its_manifest_announce_a_box_once() -> None:
    declared = a_line(document="1", form="F10", consignment=ConsignmentId("bl:BE1:1"))
    manifest = a_line(document="1", form="CUSCAR", first=Moment(20), latest=Moment(20))
    before, after = a_visit(declared), a_visit(declared, manifest)
    assert [row.kind for row in history_rows(None, before, 10, key_of) if row.kind is Kind.ANNOUNCED] == [Kind.ANNOUNCED]
    assert [row for row in history_rows(before, after, 20, key_of) if row.kind is Kind.ANNOUNCED] == []
    other = a_visit(declared, msgspec.structs.replace(manifest, document="2"))
    assert [row.kind for row in history_rows(before, other, 20, key_of) if row.kind is Kind.ANNOUNCED] == [Kind.ANNOUNCED]
