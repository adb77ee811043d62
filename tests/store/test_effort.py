"""Controls as figures need them: the same in every store."""

from tests.store_values import a_visit, listed

from vigie.store import Draw, Store
from vigie.terms import Moment, VisitId
from vigie.tracking import Act
from vigie.trends import EffortRow


def outcome(visit: VisitId, at: int, tag: str, hlc: int, unit: int) -> Act:
    return Act(Moment(hlc), visit, "ian", Moment(at), tag, unit, b"{}")


def box(store: Store, number: str, **told: object) -> VisitId:
    visit = a_visit(number)
    store.visits.put([(visit, listed(visit, **told), 1)])
    return visit.id


def test_a_box_that_is_not_known_has_no_place_and_is_left_out(store: Store) -> None:
    (unit,) = store.units(1)
    store.outcomes.add([outcome(VisitId("CSQU3054383-1"), 10, "nothing", 1, unit)])
    assert store.effort.stamp() == 1
    assert list(store.effort.rows()) == []


def test_before_the_first_control_there_is_nothing(store: Store) -> None:
    box(store, "MSCU0000001", site="BEANR")
    assert store.effort.stamp() == 0
    assert list(store.effort.rows()) == []


def test_every_box_counts_once_with_its_gravest_result_and_who_chose_it(store: Store, monkeypatch) -> None:
    monkeypatch.setattr("vigie.store.effort._AT_ONCE", 2)
    (unit,) = store.units(1)
    twice, scored, cash, alone, held = (
        box(store, f"MSCU000000{place}", site=site, loading=loading, handling=handling)
        for place, (site, loading, handling) in enumerate(
            [("BEANR", "BRSSZ", 2), ("BEANR", "ECGYE", 2), ("BEZEE", "", 0), ("BEGNE", "COCTG", 1), ("BEANR", "BRSSZ", 4)])
    )  # fmt: skip
    store.outcomes.add([
        outcome(twice, 10, "nothing", 1, unit), outcome(twice, 20, "cocaine", 2, unit),
        outcome(scored, 30, "nothing", 3, unit), outcome(cash, 40, "cash", 4, unit),
        outcome(alone, 50, "nothing", 5, unit), outcome(held, 60, "nothing", 6, unit),
    ])  # fmt: skip
    draws = [Draw("p", visit, stratum, 1.0, place, "S1", Moment(5))
             for place, (visit, stratum) in enumerate([(twice, "uniform"), (scored, "score"), (cash, "tilted")])]  # fmt: skip
    store.selections.keep("p", "BEANR", "2026-01-20", "early", Moment(5), b"{}", draws)
    known = [
        EffortRow(10, "BEANR", "BR", irregular=True, cocaine=True, scanned=True, random=True),
        EffortRow(30, "BEANR", "EC", irregular=False, cocaine=False, scanned=True, random=False),
        EffortRow(40, "BEZEE", "", irregular=True, cocaine=False, scanned=True, random=True),
        EffortRow(50, "BEGNE", "CO", irregular=False, cocaine=False, scanned=False, random=False),
    ]
    assert sorted(store.effort.rows(3), key=lambda row: row.at) == known
    assert len(list(store.effort.rows())) == 5
    assert store.effort.stamp() == 6
