import pytest
from tests.risk.visits import BANANAS, LANDED, NOW, T0, a_box, a_line, a_move, a_plan, a_visit, measured

from vigie.arrivals import GoodsItem, Level
from vigie.risk.columns_goods import DECLARED, read
from vigie.risk.columns_seen import see
from vigie.terms import DAY, HOUR, LARGEST_G, ConsignmentId, log_weight


def told(*parts):
    return dict(zip((column.name for column in DECLARED), read(see(a_visit(*parts), NOW)), strict=True))


def test_goods_are_those_of_the_heaviest_item():
    small = GoodsItem(number=2, hs="090111", description="Coffee", packages=3, gross_g=1_000)
    row = told(a_line(goods=(small, BANANAS)))
    assert (row["hs2"], row["hs4"], row["hs6"], row["headings"]) == ("08", "0803", "080390", 2)
    assert (row["cover_load"], row["packages"], row["goods_gross_g"]) == ("banana", 1083, 19_241_000)
    assert row["goods_log_w"] == log_weight(19_241_000)
    assert row["goods_text"] == "COFFEE / FRESH BANANAS CAVENDISH"


@pytest.mark.parametrize(
    ("description", "vague"),
    [("GENERAL CARGO", True), ("Said to contain: goods", True), ("1080 cartons STC parts", True), ("Freight of all kinds", True),
     ("Fresh bananas", False), ("Machinery parts for pumps", False), ("...", True), ("20 PALLETS", True)],
)
def test_words_that_say_nothing_are_vague(description, vague):
    assert told(a_line(goods=(GoodsItem(description=description),)))["goods_vague"] is vague


def test_no_description_is_not_vague_but_unknown():
    row = told(a_line(goods=(GoodsItem(hs="0803"),)))
    assert (row["goods_vague"], row["goods_text"], row["goods_text_length"]) == (None, None, 0)


def test_a_box_without_documents_tells_nothing_of_goods():
    row = told(a_plan())
    assert {row[name] for name in ("hs2", "goods_text", "packages", "goods_gross_g", "headings_disagree")} == {None}
    assert row["dangerous"] is False


def test_goods_spread_over_boxes_count_in_parts():
    row = told(a_line(boxes=4))
    assert (row["containers"], row["packages"], row["goods_gross_g"]) == (4, 270, 4_810_000)


def test_master_and_houses_are_weighed_apart_and_counted_once():
    master = a_line(level=Level.MASTER)
    house = a_line(consignment=ConsignmentId("bl:H"), level=Level.HOUSE, goods=(GoodsItem(hs="0803", gross_g=9_000_000),))
    row = told(master, house)
    assert (row["master_gross_g"], row["houses_gross_g"], row["goods_gross_g"]) == (19_240_000, 9_000_000, 9_000_000)


def test_documents_of_one_number_may_disagree_on_the_goods():
    other = a_line(consignment=ConsignmentId("mrn::1"), goods=(GoodsItem(hs="7204"),))
    assert told(a_line(), other)["headings_disagree"] is True
    assert told(a_line(), a_line(consignment=ConsignmentId("mrn::1")))["headings_disagree"] is False


def test_tare_is_the_stated_one_else_the_usual_one():
    assert (told(a_line())["tare_g"], told(a_line())["tare_stated"]) == (4_600_000, False)
    stated = told(a_line(equipment=a_box(tare_g=4_480_000)))
    assert (stated["tare_g"], stated["tare_stated"]) == (4_480_000, True)
    assert told(a_line(equipment=a_box(size_type="")))["tare_g"] is None


def test_the_latest_verified_mass_counts_with_method_and_lead():
    row = told(a_line(equipment=a_box(vgm_g=1)), measured("vgm", 23_840_000, T0 - 5 * HOUR, "SM1"),
               measured("vgm", 24_000_000, T0 - 3 * HOUR, "SM2"))
    assert (row["vgm_g"], row["vgm_method"], row["vgm_at"]) == (24_000_000, "SM2", T0 - 3 * HOUR)
    assert (row["vgm_lead_h"], row["vgm_round"]) == (4, True)
    assert told(a_line(equipment=a_box(vgm_g=23_840_000, vgm_method="SM1")))["vgm_method"] == "SM1"


def test_impossible_masses_are_unknown():
    row = told(a_line(equipment=a_box(vgm_g=LARGEST_G + 1, tare_g=-5), goods=(GoodsItem(hs="0803", gross_g=2 * LARGEST_G),)))
    assert (row["vgm_g"], row["goods_gross_g"], row["goods_log_w"]) == (None, None, None)
    assert row["tare_stated"] is False


def test_what_was_weighed_on_the_way_is_the_latest_of_a_full_box():
    row = told(a_line(), a_move("GTIN", T0 - DAY, "ECGYE", gross_g=23_000_000, empty=False),
               a_move("GTOT", LANDED, gross_g=22_000_000, empty=False), a_move("GTIN", LANDED + DAY, gross_g=4_600_000, empty=True))
    assert row["weighed_g"] == 22_000_000


def test_a_declaration_and_its_manifest_speak_of_the_same_goods():
    declared = a_line(form="F10", consignment="bl:BE1:1")
    manifest = a_line(form="CUSCAR", latest=a_line().latest + 1)
    one, both = told(manifest), told(declared, manifest)
    assert one["goods_gross_g"] == both["goods_gross_g"]
    assert one["packages"] == both["packages"]
    other = told(manifest, a_line(form="CUSCAR", document="2", consignment="bl:MSCU:2"))
    assert other["goods_gross_g"] == 2 * one["goods_gross_g"]
