from io import BytesIO

import pytest
from tests.desk.port import (
    ADA,
    ANN,
    BOB,
    BOX,
    NOW,
    SHIP,
    a_consignment,
    bay_plan,
    discharge,
    gate,
    manifest,
    numbers,
    sending,
    take_in,
    trail,
)

from vigie.arrivals import Movement, Position, split, write_ais, write_codeco, write_dcsa_events
from vigie.desk import tracking
from vigie.desk.taking_in import item_of
from vigie.desk.views import Queue
from vigie.terms import DAY, HOUR, BadMoment, BadRequest, Moment, NotForYou
from vigie.tracking import Lane


def moved(code, at, place="BEANR", **more):
    return Movement(f"{code}{at}", code, container=more.pop("container", BOX), at=Moment(at), place=place, call=SHIP, **more)


def test_a_journey_keeps_planned_and_actual_apart(node):
    take_in(node, manifest(), bay_plan(), discharge(at=NOW - 2 * HOUR))
    view = tracking.show(ANN, BOX, node)
    (life,) = view.lives
    landed = next(step for step in life.story.steps if step.code == "DISC")
    assert landed.at(Lane.ACTUAL) == NOW - 2 * HOUR
    assert landed.at(Lane.PLANNED) == SHIP.arrival
    assert {source.form for source in view.sources} == {"CUSCAR", "BAPLIE", "COARRI"}
    assert view.conflicts == ()


def test_what_was_known_then(node):
    take_in(node, manifest())
    before = tracking.show(ANN, BOX, node).entries[-1]
    take_in(node, discharge(at=NOW - 2 * HOUR))
    now = tracking.show(ANN, BOX, node)
    then = tracking.show(ANN, BOX, node, before)
    assert any(step.happened for step in now.lives[0].story.steps)
    assert not any(step.happened for step in then.lives[0].story.steps)
    assert then.known_at == then.now == before
    assert then.entries == now.entries
    assert [source.hlc for source in then.sources] == [before]
    assert tracking.show(ANN, BOX, node, Moment(before - DAY)).lives == ()


def test_a_number_in_two_places_is_told_to_the_officers_once(node):
    there = gate("GTIN", at=NOW - 9 * DAY, number=7, empty=False)
    take_in(node, manifest(), write_dcsa_events([moved("LOAD", NOW - 18 * DAY, "ECGYE")]), there, discharge(at=NOW - DAY), there)
    (found,) = tracking.clones(ANN, node)
    assert found.container == BOX
    assert {one.kind for one in found.conflicts} <= {"aboard", "at-sea"}
    notices = [one for one in node.store.notices.page("ann", (), None, 50) if one.code == "clone"]
    assert len(notices) == 1
    assert notices[0].facts["container"] == BOX
    view = tracking.show(ANN, BOX, node)
    assert len(view.boxes) == 2
    assert len(view.lives) == 2


def test_a_ship_is_reconciled(node):
    planned, landed, short, over = numbers(4)
    take_in(
        node, manifest(a_consignment("A", landed, short)), bay_plan(planned, landed, short),
        discharge(planned, landed, over, at=NOW - DAY),
    )
    view = tracking.ship(ANN, SHIP.name, SHIP.voyage, node)
    rows = {row.container: row.differences for row in view.told.rows}
    assert rows[planned] == ("not-in-manifest",)
    assert rows[landed] == ()
    assert rows[short] == ("short-landed",)
    assert rows[over] == ("over-landed",)
    assert tracking.ship(ANN, SHIP.imo, "", node, "BEANR").told.counts["short-landed"] == 1
    only = tracking.filtered(view.told, "short-landed")
    assert tracking.export(only).splitlines()[1].startswith(f"{short},{short}-1,short-landed,1,1,,")
    assert [row.container for row in tracking.filtered(view.told, "any", planned)] == [planned]
    with pytest.raises(BadRequest):
        tracking.filtered(view.told, "nonsense")


def test_facilities_and_their_silence(node):
    take_in(node, discharge())
    (row,) = tracking.silent(ANN, node).rows
    assert (row.place, row.facility, row.silent, row.usual_us) == ("BEANR", "1742", False, None)


def test_a_terminal_gone_silent_is_said_with_the_boxes_it_should_tell_of(node):
    hours = {("BEANR", "1742", NOW - hour * HOUR): 5 for hour in range(60, 200)}
    node.store.heard.add(hours | {("BEANR", "913", NOW - hour * HOUR): 5 for hour in range(200)})
    came = write_codeco([moved("GTIN", NOW - 61 * HOUR, facility="1742")], sending(8, Moment(NOW - 61 * HOUR)))
    take_in(node, came, manifest(), backload=True)
    (mute,) = tracking.show(ANN, BOX, node).silent
    assert (mute.facility, mute.silent) == ("1742", True)
    assert tracking.show(ANN, BOX, node, NOW).silent == ()


def test_a_number_misread_by_one_character_is_suggested_and_stays_two(node):
    clerk = f"{BOX[:9]}{(int(BOX[9]) + 1) % 10}{BOX[10]}"
    take_in(node, manifest(), discharge(clerk, at=NOW - HOUR))
    assert tracking.show(ANN, clerk, node).suggested == (BOX,)
    assert tracking.show(ANN, BOX, node).suggested == (clerk,)
    assert {tracking.show(ANN, number, node).lives[0].story.steps[-1].happened for number in (BOX, clerk)} == {True, False}
    assert {row[0] for row in node.store.db.rows("SELECT container FROM visit")} == {BOX, clerk}


def test_ten_times_the_usual_for_an_hour_waits_is_shown_and_nothing_is_lost(node):
    """Issue 7. A lane-year of 4 M events is 456 an hour; ten hours' worth comes at once while nobody works on it."""
    many = numbers(4560)
    files = [discharge(*many[first : first + 48], at=NOW - HOUR, number=first) for first in range(0, len(many), 48)]
    items = [item_of(part, "burst", NOW) for body in files for part in split(BytesIO(body))]
    node.store.inbox.add(items)
    assert tracking.queue(node) == tracking.silent(ANN, node).queue == Queue(len(items), NOW)
    with node.sequencer():
        node.drain()
    assert tracking.queue(node) == Queue()
    assert node.store.db.one("SELECT count(*) FROM visit") == (len(many),)
    assert {tracking.show(ANN, number, node).lives[0].story.steps[0].happened for number in many[::500]} == {True}


def test_the_track_of_its_ship(node):
    at = Moment(NOW - 3 * DAY)
    take_in(node, manifest(a_consignment(call=SHIP)), write_ais([
        Position("205000001", at, SHIP.imo, SHIP.name, "", "BEANR", 40_000_000, -20_000_000, 165, 450),
    ]))  # fmt: skip
    (life,) = tracking.show(ANN, BOX, node).lives
    assert [(point.lat_e6, point.lon_e6) for point in life.track] == [(40_000_000, -20_000_000)]


def test_who_may_not_look_is_refused_and_it_is_kept(node):
    take_in(node, manifest())
    for act in (lambda: tracking.show(ADA, BOX, node), lambda: tracking.clones(ADA, node), lambda: tracking.silent(ADA, node),
                lambda: tracking.ship(ADA, "EVER", "", node), lambda: tracking.show(BOB, "MSCU0000000", node)):  # fmt: skip
        with pytest.raises(NotForYou):
            act()
    assert len(trail(node, officer="ada")) >= 4


@pytest.mark.parametrize(("raw", "told"), [("", None), ("17", 17), ("2026-03-02T06:00:00Z", NOW)])
def test_a_moment_is_read(raw, told):
    assert tracking.moment_asked(raw) == told


def test_a_moment_that_is_none():
    with pytest.raises(BadMoment):
        tracking.moment_asked("yesterday")
