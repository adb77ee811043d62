import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from vigie.arrivals import Consignment, Equipment, GoodsItem
from vigie.terms import ConsignmentId
from vigie.tracking import announcements

_ID = ConsignmentId("bl:MSCU:1")
_BOXES = st.sampled_from(["", "MSCU0000001", "MSCU0000002", "MSCU0000003", "MSCU0000004"])


def a_consignment(boxes=(), goods=()):
    return Consignment(_ID, equipment=tuple(Equipment(number) for number in boxes), goods=tuple(goods))


def test_every_box_gets_its_own_items_and_the_shared_ones():
    said = announcements(
        a_consignment(
            ["A", "B"], [GoodsItem(1, containers=("A",)), GoodsItem(2), GoodsItem(3, containers=("A", "B"))]
        )
    )
    assert [(one.container, [item.number for item in one.goods]) for one in said] == [("A", [1, 2, 3]), ("B", [2, 3])]


def test_no_announcement_carries_the_list_of_the_others():
    said = announcements(a_consignment(["A", "B"], [GoodsItem(1, containers=("A", "B"))]))
    assert all(one.consignment.equipment == () and one.consignment.goods == () for one in said)
    assert all(item.containers == () for one in said for item in one.goods)
    assert [one.boxes for one in said] == [2, 2]


def test_an_item_in_some_of_the_boxes_says_in_which():
    said = announcements(a_consignment(["A", "B", "C"], [GoodsItem(1, containers=("A", "B"))]))
    assert [[item.containers for item in one.goods] for one in said] == [[("A", "B")], [("A", "B")], []]


def test_a_line_stays_small_however_many_boxes_share_an_item():
    boxes = [f"MSCU{number:07}" for number in range(300)]
    said = announcements(a_consignment(boxes, [GoodsItem(1, containers=tuple(boxes[:200]))]))
    assert max(len(msgspec.json.encode(one)) for one in said) < 2000


def test_a_planned_slot_without_number_is_no_box():
    assert announcements(a_consignment(["", ""])) == ()


def test_a_box_that_only_an_item_names_is_a_box():
    (one,) = announcements(a_consignment([], [GoodsItem(1, containers=("A",))]))
    assert (one.container, one.equipment) == ("A", None)


@settings(max_examples=60)
@given(st.lists(_BOXES, max_size=5), st.lists(st.lists(_BOXES, max_size=3), max_size=4))
def test_each_named_box_is_announced_once_and_every_item_arrives(boxes, items):
    goods = [GoodsItem(number, containers=tuple(named)) for number, named in enumerate(items, start=1)]
    said = announcements(a_consignment(boxes, goods))
    named = {box for box in boxes if box} | {box for item in items for box in item if box}
    assert sorted(one.container for one in said) == sorted(named)
    for one in said:
        theirs = {item.number for item in one.goods}
        wanted = {item.number for item in goods if not any(item.containers) or one.container in item.containers}
        assert theirs == wanted
