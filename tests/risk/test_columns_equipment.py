import pytest
from tests.risk.visits import LANDED, NOW, NUMBER, T0, a_box, a_line, a_move, a_plan, a_visit, measured

from vigie.arrivals import Seal
from vigie.risk.columns_equipment import DECLARED, read
from vigie.risk.columns_seen import see
from vigie.risk.families import container_key
from vigie.terms import DAY, HOUR


def told(*parts, container=NUMBER):
    return dict(zip((column.name for column in DECLARED), read(see(a_visit(*parts, container=container), NOW)), strict=True))


@pytest.mark.parametrize(
    ("container", "shape", "digit", "ten"),
    [(NUMBER, False, False, False), ("CSQU3054384", False, True, None), ("XYZ", True, None, None),
     ("ABCU0001040", False, False, True)],
)
def test_the_number_is_judged(container, shape, digit, ten):
    row = told(a_line(), container=container)
    assert (row["number_shape_wrong"], row["number_check_wrong"], row["number_remainder_ten"]) == (shape, digit, ten)
    assert row["container_key"] == container_key(container)


def test_size_type_and_kind_of_box():
    row = told(a_line())
    assert (row["size_type"], row["reefer"], row["empty"], row["seals"]) == ("45R1", True, False, 1)
    assert row["size_types_disagree"] is False


@pytest.mark.parametrize(("other", "disagree"), [("45R1", False), ("4532", False), ("22G1", True), ("45G1", True), ("??", False)])
def test_another_length_or_group_is_another_box(other, disagree):
    assert told(a_line(), a_plan(equipment=a_box(size_type=other)))["size_types_disagree"] is disagree
    assert told(a_line(), a_move("GTOT", LANDED, size_type=other))["size_types_disagree"] is disagree


def test_documents_may_disagree_on_empty_and_on_seals():
    row = told(a_line(), a_plan(equipment=a_box(empty=True, seals=(Seal("EC999"),))))
    assert (row["empty_disagrees"], row["seals_disagree"]) == (True, True)
    assert told(a_line(), a_plan())["seals_disagree"] is False
    assert told(a_line())["seals_disagree"] is None


LOADED = a_move("LOAD", T0, "ECGYE", seals=(Seal("EC100"),))
SWITCHED = a_move("DISC", LANDED, seals=(Seal("XX1"),))


@pytest.mark.parametrize(
    ("moves", "changed"),
    [
        ([LOADED, SWITCHED], True),
        ([LOADED, a_move("DISC", LANDED, seals=(Seal("EC100"), Seal("CU5")))], False),
        ([LOADED, SWITCHED, a_move("RSEA", LANDED)], False),
        ([LOADED, SWITCHED, a_move("INSP", LANDED)], False),
        ([SWITCHED], True),  # the documents name the seal before the sea
        ([LOADED], None),
        ([LOADED, a_move("DISC", LANDED, seals=(Seal("XX1"),), retracted=NOW)], None),
    ],
)
def test_a_seal_changes_where_none_before_and_after_is_the_same(moves, changed):
    assert told(a_line(), *moves)["seal_changed"] is changed


def test_without_any_word_of_the_box_seals_are_unknown():
    assert told(a_move("DISC", LANDED))["seals"] is None
    assert told(a_plan(equipment=a_box(seals=())))["seals"] is None
    assert told(a_line(equipment=a_box(seals=())))["seals"] == 0
    assert told(a_plan())["seals"] == 1


def test_doors_count_between_loading_and_leaving_only():
    doors = [measured("door", 1, at) for at in (T0 - DAY, T0 + DAY, LANDED + 5 * HOUR)]
    row = told(a_line(), *doors, a_move("DRO", T0 + 2 * DAY, ""), a_move("DISC", LANDED), a_move("GTOT", LANDED + HOUR))
    assert row["door_openings"] == 2
    assert told(a_line())["door_openings"] is None
    assert told(a_line(), measured("door", 0))["door_openings"] == 0


def test_temperatures_beyond_reason_are_unknown():
    row = told(a_line(equipment=a_box(setpoint_dc=136)), measured("temperature", 190), measured("temperature", 150))
    assert (row["setpoint_dc"], row["warmest_dc"]) == (136, 190)
    assert told(a_line(), measured("temperature", 1 << 60))["warmest_dc"] is None


def test_a_plan_that_opened_the_visit_is_in_the_history_already():
    assert told(a_line(hlc=T0 + DAY), a_plan(T0))["own_visit_counted"] == 1
    assert told(a_line(hlc=T0), a_plan(T0 + DAY))["own_visit_counted"] == 0
