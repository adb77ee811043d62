import pytest
from tests.desk.port import BOB, NOW, a_consignment, manifest, numbers, take_in

from vigie.desk import selection
from vigie.desk.redrawing import draws_of
from vigie.node import FixedClock
from vigie.terms import DAY

TODAY = "2026-03-02"
BOXES = numbers(60)


@pytest.fixture
def planned(node):
    selection.set_capacity(BOB, "BEANR", ({"name": "day", "start": "06:00", "hours": 10, "scanners": {"MX-1": 20}},), node)
    take_in(node, *(manifest(a_consignment(box, box), number=place) for place, box in enumerate(BOXES, 1)))
    selection.make(BOB, "BEANR", TODAY, None, node)
    return node


def verdicts(node):
    found = {}
    for box in BOXES:
        for one in draws_of(f"{box}-1", node):
            found.setdefault(one.stratum, set()).add(one.verdict)
    return found


def test_a_sealed_day_stays_sealed_and_needs_no_key_where_no_chance_was_involved(planned):
    assert verdicts(planned) == {"score": {"not-drawn"}, "tilted": {"sealed"}, "uniform": {"sealed"}}


def test_a_revealed_day_draws_again_to_the_same(planned):
    planned.clock = FixedClock(NOW + DAY)
    selection.reveal(BOB, "BEANR", TODAY, planned)
    assert verdicts(planned) == {"score": {"not-drawn"}, "tilted": {"equal"}, "uniform": {"equal"}}


def test_a_draw_or_a_key_that_somebody_changed_does_not_fit(planned):
    planned.clock = FixedClock(NOW + DAY)
    selection.reveal(BOB, "BEANR", TODAY, planned)
    planned.store.db.run("UPDATE draw SET propensity = 0.5", ())
    assert verdicts(planned) == {name: {"different"} for name in ("score", "tilted", "uniform")}
    planned.store.db.run("UPDATE draw_commitment SET revealed = ?", ("00" * 32,))
    assert verdicts(planned)["uniform"] == {"different"}


def test_an_erased_plan_is_named(planned):
    plan = next(one.plan for box in BOXES for one in draws_of(f"{box}-1", planned))
    planned.store.erase([planned.store.log.get(int(plan)).unit])
    assert set().union(*verdicts(planned).values()) == {"erased"}
