import msgspec
import pytest
from tests.desk.port import ANN, BOB, EVE, NOW, a_consignment, an_officer, manifest, numbers, take_in, told

from vigie.desk import arrivals, selection
from vigie.desk.planning import made_plans
from vigie.terms import DAY, BadRequest, Handling, Moment, NotForYou, NotFound

SITE, DAY_NAME = "BEANR", "2026-03-02"
SHIFTS = [{"name": "late", "start": "12:00", "hours": 8, "scanners": {"S1": 12, "S2": 8}},
          {"name": "night", "start": "20:00", "hours": 8, "scanners": {"S1": 5}}]  # fmt: skip


@pytest.fixture
def busy(node):
    boxes = numbers(60)
    take_in(node, manifest(*(a_consignment(box, box, consignee=f"Importer {box[-2:]}") for box in boxes)))
    selection.set_capacity(BOB, SITE, SHIFTS, node)
    return node


def chosen(view, name="late"):
    return [one.row.visit for shift in view.shifts if shift.name == name for one in shift.selections]


def test_before_a_plan_is_made_the_capacity_is_shown(busy):
    view = selection.plan(ANN, SITE, DAY_NAME, busy)
    assert [(shift.name, shift.slots, shift.made) for shift in view.shifts] == [("late", 20, None), ("night", 5, None)]
    assert (view.commitment, view.sites) == ("", (SITE,))


def test_a_plan_fills_the_slots_and_says_why_and_what_it_misses(busy):
    view = selection.make(ANN, SITE, DAY_NAME, None, busy)
    late, night = view.shifts
    assert (late.used, night.used, late.missed_count) == (20, 5, 40)
    assert set(late.by_stratum) == {"score", "tilted", "uniform"}
    assert all(0 < one.propensity <= 1 and one.scanner for one in late.selections)
    assert not set(chosen(view)) & set(chosen(view, "night"))
    assert {told(busy, visit=visit).row.status for visit in chosen(view)[:3]} == {"selected"}
    assert len(view.commitment) == 64


def test_the_commitment_stands_before_the_first_draw(busy):
    published = selection.commit(ANN, SITE, DAY_NAME, busy)
    view = selection.make(ANN, SITE, DAY_NAME, "late", busy)
    assert view.commitment == published
    assert view.committed_at <= next(shift.made for shift in view.shifts if shift.name == "late")


def test_a_plan_made_again_draws_anew_and_lets_the_dropped_go(busy):
    first = chosen(selection.make(ANN, SITE, DAY_NAME, "late", busy))
    second = selection.make(ANN, SITE, DAY_NAME, "late", busy)
    assert next(shift.draw for shift in second.shifts if shift.name == "late") == 1
    dropped = set(first) - set(chosen(second))
    assert dropped
    assert {told(busy, visit=visit).row.status for visit in list(dropped)[:3]} == {"new"}


def test_what_an_officer_selected_stands_on_the_plan(busy):
    wanted = f"{numbers(60)[-1]}-1"
    arrivals.override(ANN, wanted, "select", "phone call", busy)
    view = selection.make(ANN, SITE, DAY_NAME, "late", busy)
    assert [one.stratum for one in view.shifts[0].selections if one.row.visit == wanted] == ["officer"]


def test_the_key_is_revealed_after_the_day_and_proves_the_draws(busy):
    selection.make(ANN, SITE, DAY_NAME, None, busy)
    with pytest.raises(NotFound):
        selection.verify(EVE, SITE, DAY_NAME, busy, EVE.purposes[0])
    with pytest.raises(BadRequest):
        selection.reveal(BOB, SITE, DAY_NAME, busy)
    busy.clock.at = Moment(NOW + DAY)
    assert len(selection.reveal(BOB, SITE, DAY_NAME, busy)) == 64
    checks = selection.verify(EVE, SITE, DAY_NAME, busy, EVE.purposes[0])
    assert [(check.chain, check.whole) for check in checks] == [
        ("commitment", True), ("late 0", True), ("night 0", True),
    ]
    with pytest.raises(BadRequest):
        selection.make(ANN, SITE, DAY_NAME, None, busy)


def test_a_plan_that_was_touched_does_not_draw_again(busy):
    selection.make(ANN, SITE, DAY_NAME, "late", busy)
    act = made_plans(SITE, DAY_NAME, busy)["late"]
    one = next(pick for pick in act.plan.selections if pick.stratum.value == "uniform")
    swapped = tuple(
        msgspec.structs.replace(pick, visit=act.plan.missed[0]) if pick is one else pick for pick in act.plan.selections
    )
    body = msgspec.json.encode(msgspec.structs.replace(act, plan=msgspec.structs.replace(act.plan, selections=swapped)))
    busy.store.db.run("UPDATE shift_plan SET body = ?", (body,))
    busy.clock.at = Moment(NOW + DAY)
    selection.reveal(BOB, SITE, DAY_NAME, busy)
    assert [check.whole for check in selection.verify(BOB, SITE, DAY_NAME, busy)] == [True, False]


def test_a_plan_shows_only_what_the_officer_may_see(busy):
    selection.make(ANN, SITE, DAY_NAME, None, busy)
    low = an_officer("low", clearance=Handling.CLEAR)
    assert chosen(selection.plan(low, SITE, DAY_NAME, busy)) == []
    assert selection.printable(low, SITE, DAY_NAME, busy).shifts[0].missed == ()


def test_without_capacity_there_is_no_plan(node):
    with pytest.raises(BadRequest):
        selection.make(ANN, SITE, DAY_NAME, None, node)
    with pytest.raises(NotForYou):
        selection.make(EVE, SITE, DAY_NAME, None, node)
