from vigie.store.training import Trainings
from vigie.terms import Moment


def test_each_officer_completes_a_package_once(store):
    trainings = Trainings(store.db)
    assert trainings.complete("report--1", "ann", Moment(5))
    assert not trainings.complete("report--1", "ann", Moment(6))
    assert trainings.complete("report--1", "ian", Moment(4))
    assert trainings.complete("report--2", "ann", Moment(7))
    assert trainings.done("report--1") == [("ian", 4), ("ann", 5)]
    assert trainings.done("report--3") == []
