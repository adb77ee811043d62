"""Assessments stay as they were made."""


from tests.store_values import a_row, put

from vigie.store import Store
from vigie.terms import Moment, VisitId
from vigie.tracking import Assessed, Reach


def test_assessments_are_kept_as_made(store: Store) -> None:
    put(store, a_row(1), a_row(2))
    one, two = VisitId("MSCU0000001-1"), VisitId("MSCU0000002-1")

    def made(visit: VisitId, hlc: int, score: int) -> Assessed:
        return Assessed(visit, Moment(hlc), 5, "p1", score, "high", True, (1, None, -5, 1 << 62), b'{"why":1}')

    store.assessments.add([made(one, 10, 1), made(one, 20, 2), made(two, 20, 3)])
    assert store.assessments.latest([one, two]) == {one: made(one, 20, 2), two: made(two, 20, 3)}
    assert store.assessments.of(one) == [made(one, 20, 2), made(one, 10, 1)]
    assert store.assessments.stood({one: 19, two: 19}) == {one: made(one, 10, 1)}
    assert store.assessments.stood({one: 20, two: 20}) == store.assessments.latest([one, two])
    assert store.assessments.stood({one: 9, VisitId("MSCU0000009-1"): 99}) == {}
    assert store.assessments.vectors(10, 9) == [(one, 20, made(one, 20, 2).features), (two, 20, made(two, 20, 3).features)]


def test_of_a_batch_of_many_boxes_each_may_be_drawn(store: Store) -> None:
    """A batch gives all its boxes one entry: no sample may stop at the first of them."""
    put(store, *(a_row(number) for number in range(1, 101)))
    first, *rest = (VisitId(f"MSCU{number:07d}-1") for number in range(1, 101))
    store.assessments.add([Assessed(visit, Moment(hlc), 5, "p1", 0, "high", False, (), b"{}")
                           for visit, hlc in ((first, 10), *((visit, 20) for visit in rest))])  # fmt: skip
    drawn = store.assessments.some(60, 3)
    assert drawn == store.assessments.some(60, 3)
    assert len(set(drawn)) == 60
    assert max(drawn)[0] > "MSCU0000090-1"
    assert set(drawn) <= {(first, 10), *((visit, 20) for visit in rest)}


def test_the_visits_judged_since_an_entry_are_told_once_each(store: Store) -> None:
    put(store, a_row(1), a_row(2), a_row(3))
    one, two, three = (VisitId(f"MSCU000000{number}-1") for number in (1, 2, 3))
    store.assessments.add([Assessed(visit, Moment(hlc), 5, "p1", 0, "high", False, (), b"{}")
                           for visit, hlc in ((one, 10), (three, 20), (two, 20), (one, 30), (one, 40))])  # fmt: skip
    assert store.assessments.touched(10) == [one, two, three]
    assert store.assessments.touched(20) == [one]
    assert store.assessments.touched(40) == []


def test_open_boxes_that_other_rules_judged_last_are_counted_within_reach(store: Store) -> None:
    put(store, a_row(1), a_row(2), a_row(3))
    one, two, three = (VisitId(f"MSCU000000{number}-1") for number in (1, 2, 3))
    store.assessments.add([Assessed(visit, Moment(hlc), 5, policy, 0, "high", False, (), b"{}")
                           for visit, hlc, policy in ((one, 10, "old"), (one, 20, "new"), (two, 10, "new"),
                                                      (two, 30, "old"), (three, 10, "old"))])  # fmt: skip
    assert store.assessments.judged_otherwise("new", Reach(4)) == 2
    assert store.assessments.judged_otherwise("old", Reach(4)) == 1
    assert store.assessments.judged_otherwise("new", Reach(none=True)) == 0
    assert store.assessments.judged_otherwise("new", Reach(4, ("XXXXX",))) == 0
    store.visits.mark([two], status="gone")
    assert store.assessments.judged_otherwise("new", Reach(4)) == 1
