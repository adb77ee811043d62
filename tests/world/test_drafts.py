from tests.world.test_consignments import a_voyage


def test_the_boxes_of_a_voyage_are_those_of_its_bills():
    voyage = a_voyage(boxes=50)
    assert voyage.boxes == [box for bill in voyage.bills for box in bill.boxes]
    assert all(box.lot is None and box.traces == () for box in voyage.boxes)
