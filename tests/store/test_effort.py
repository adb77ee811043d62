"""Controls as figures need them: the same in every store."""

import msgspec

from vigie.terms import Moment, VisitId
from vigie.tracking import Act


def outcome(visit, at, tag, hlc):
    return Act(Moment(hlc), VisitId(visit), "ian", Moment(at), tag, 1, b"{}")


def test_a_box_counts_once_with_the_gravest_result(store):
    (unit,) = store.units(1)
    acts = [outcome("CSQU3054383-1", 10, "nothing", 1), outcome("CSQU3054383-1", 20, "cocaine", 2)]
    store.outcomes.add([msgspec.structs.replace(one, unit=unit) for one in acts])
    assert store.effort.stamp() == 2
    assert list(store.effort.rows()) == []  # no such visit is known: no place, so it is left out


def test_before_the_first_control_there_is_nothing(store):
    assert store.effort.stamp() == 0
    assert list(store.effort.rows()) == []
