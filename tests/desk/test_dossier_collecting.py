import pytest
from tests.desk.port import BOX, NOW, VISIT, manifest, take_in
from tests.registry.recorded import a_report

from vigie.desk.dossier_collecting import collect, visits_of_case
from vigie.registry import Seizure
from vigie.terms import DAY, Moment


def a_seizure(**told):
    return Seizure("S1", (a_report(Moment(told.pop("at", NOW)), **told),), Moment(0))


@pytest.mark.parametrize(
    ("told", "found"),
    [({"visit": VISIT}, (VISIT,)), ({"container": BOX}, (VISIT,)), ({"container": BOX, "at": NOW - DAY}, ()),
     ({}, ()), ({"container": "MSCU0000000"}, ())],
)  # fmt: skip
def test_the_box_of_a_seizure_is_its_visit_or_the_last_stay_before(node, told, found):
    take_in(node, manifest())
    assert visits_of_case([a_seizure(**told)], node) == found


def test_a_seizure_without_a_box_makes_a_dossier_all_the_same(node):
    found = collect("C", [a_seizure()], [], node)
    assert [part.kind for part in found.parts] == ["case", "seizure", "proofs"]
    assert [head.chain for head in found.heads] == ["trail", "log"]
