import json

import pytest
from tests.desk.port import ANN, BOB, EVE, NOW, VISIT, a_consignment, manifest, numbers, take_in, told, trail

from vigie.desk import inspections, ports
from vigie.ports import PER_DAY, pseudonym
from vigie.terms import DAY, HOUR, BadRequest, Moment, NotForYou, Purpose, write_moment

HEAD = "at,user,system,act,container,zone,role,group,party\n"


def look(user, container, at, role="terminal", act="look-up", zone="", party="own", system="tos"):
    return f"{write_moment(Moment(at))},{user},{system},{act},{container},{zone},{role},planner,{party}"


def crowd(boxes, days=20):
    """Twenty planners who look up what is theirs, day after day, and one who does not."""
    lines = [
        look(f"Planner {n}", boxes[(n + day + k) % len(boxes)], NOW - day * DAY + (k + n % 5) * HOUR // 4)
        for n in range(20) for day in range(1, days) for k in range(4)
    ]  # fmt: skip
    lines += [look("Mallory", boxes[k % len(boxes)], NOW - 2 * DAY + k * HOUR // 8, role="none") for k in range(12)]
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture
def busy(node):
    boxes = numbers(14)
    take_in(node, manifest(*(a_consignment(f"B{place}", box) for place, box in enumerate(boxes))))
    ports.take_in(EVE, crowd(boxes), node)
    return node


def test_a_log_taken_in_twice_changes_nothing_and_holds_no_name(node):
    text = HEAD + look("Mallory", "CSQU3054383", NOW) + "\nnot a moment,x,,look-up,CSQU3054383,,,,\n"
    first, second = ports.take_in(EVE, text, node), ports.take_in(EVE, text, node)
    assert (first.events, first.known, [one.place.segment for one in first.doubts]) == (1, 0, [3])
    assert (second.events, second.known) == (0, 1)
    (event,) = node.store.access.events(0, NOW + DAY)
    assert event.user == pseudonym("mallory", node.store.secret("access"))
    assert "mallory" not in json.dumps([one.facts for one in trail(node)]).lower()


def test_the_day_is_told_once_with_evidence(busy):
    view = ports.insiders(EVE, busy)
    me = pseudonym("Mallory", busy.store.secret("access"))
    mine = [one for one in view.rows if one.user == me]
    assert [one.indicator for one in mine] == ["roleless"]
    assert (mine[0].flagged, mine[0].counted, mine[0].state) == (True, 12, "")
    assert all(sum(one.day == row.day for one in view.rows) <= PER_DAY for row in view.rows)
    assert ports.insiders(EVE, busy).rows == view.rows
    assert ports.bring_up(busy) == 0
    assert (view.people, view.per_day) == (21, PER_DAY)


def test_boxes_are_marked_and_judged_again(busy):
    ports.insiders(EVE, busy)
    box = numbers(14)[0]
    visit = busy.store.visits.of_containers([box])[box][0].visit.id
    mark = busy.store.access.marks([visit])[visit]
    assert (mark.lookups_without_role, mark.third_party_pickup, mark.touched_by_uplifted) == (1, False, None)
    assert busy.store.access.marks([visit], NOW - 1) == {}


def test_a_pick_up_by_a_third_party_marks_the_box(node):
    take_in(node, manifest())
    rows = [look("M", "CSQU3054383", NOW - 30 * HOUR, role="none"),
            look("Driver", "CSQU3054383", NOW - 28 * HOUR, act="pick-up", role="haulier", party="other")]  # fmt: skip
    ports.take_in(EVE, HEAD + "\n".join(rows), node)
    ports.insiders(EVE, node)
    assert node.store.access.marks([VISIT])[VISIT].third_party_pickup is True


def test_own_officers_are_readers_like_others(node):
    take_in(node, manifest())
    told(node, ANN)
    assert ports.gather(node) == 1
    assert ports.gather(node) == 0
    (event,) = node.store.access.events(0, NOW + DAY)
    assert (event.system, event.role, event.container) == ("vigie", "customs", "CSQU3054383")
    assert node.store.access.identity(event.user) == "ann"


def test_a_find_makes_a_case_and_the_gravest_outcome_counts(busy):
    boxes = numbers(14)
    rows = "".join(
        f"{box},{write_moment(Moment(NOW - k * HOUR))},{found},inspection-team,doors-opened\n"
        for k, (box, found) in enumerate([(boxes[0], "nothing"), (boxes[0], "cocaine"), (boxes[1], "irregularity")])
    )
    inspections.record_csv(BOB, "container,at,found,detector,depth\n" + rows, busy)
    checked, lanes = ports.controls(busy.store.access.events(0, NOW + DAY), busy)
    assert {one.container: one.positive for one in checked} == {boxes[0]: True, boxes[1]: False}
    assert lanes[boxes[0]] == "ECGYE"


@pytest.mark.parametrize("officer", [ANN, EVE])
def test_it_is_nothing_for_targeting(node, officer):
    for act in (lambda purpose: ports.insiders(officer, node, purpose), lambda purpose: ports.take_in(officer, HEAD, node, purpose)):
        with pytest.raises(NotForYou):
            act(Purpose.TARGETING)
    assert {one.outcome for one in trail(node, act="see-insiders")} == {"refused"}


def test_what_is_too_large_is_refused(node, monkeypatch):
    monkeypatch.setattr(ports, "LARGEST", 10)
    with pytest.raises(BadRequest):
        ports.take_in(EVE, HEAD, node)
