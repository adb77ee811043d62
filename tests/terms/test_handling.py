from vigie.terms import Handling, Purpose, Role


def test_handling_codes_are_ordered_as_the_traffic_light_protocol_orders_them():
    assert Handling.CLEAR < Handling.GREEN < Handling.AMBER < Handling.AMBER_STRICT < Handling.RED


def test_names_that_are_stored_do_not_change():
    assert [int(one) for one in Handling] == [0, 1, 2, 3, 4]
    assert {one.value for one in Purpose} >= {"targeting", "inspection", "investigation", "statistics", "oversight"}
    assert {one.value for one in Role} >= {"targeting-officer", "supervisor", "inspection-team", "auditor", "administrator"}
