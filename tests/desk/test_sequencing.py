import gc
import sys
from io import BytesIO
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.desk.port import BOB, NOW, a_consignment, a_node, bay_plan, discharge, manifest, numbers, take_in, told

from vigie.arrivals import split
from vigie.desk import arrivals
from vigie.desk.sequencing import LIVE, TURN_S, Ahead, Sequenced, added, sequence, undisturbed
from vigie.desk.taking_in import item_of
from vigie.terms import DAY, BadRequest, InboxItem, Moment, StoreFault


def items(*bodies, backload=False):
    return [item_of(part, "test", NOW, backload) for body in bodies for part in split(BytesIO(body))]


def handed_in(node, *bodies, **more):
    node.store.inbox.add(items(*bodies, **more))
    return node.store.inbox.take(1000)


def entries(node):
    return node.store.log.after(0, 10_000)


def test_hlc_rises_strictly_even_when_the_clock_stands_still_or_steps_back(node):
    sequence(handed_in(node, manifest(), bay_plan()), node)
    node.clock.forward(-DAY)
    sequence(handed_in(node, discharge()), node)
    moments = [entry.hlc for entry in entries(node)]
    assert moments == sorted(set(moments))
    assert moments[0] == NOW


def test_an_item_that_is_no_part_is_set_aside_with_its_name_and_the_rest_goes_on(node):
    broken = InboxItem("part", "00" * 32, b"\xff\xfe not a part", NOW)
    foreign = InboxItem("telegram", "11" * 32, b"STOP", NOW)
    node.store.inbox.add([broken, *items(manifest()), foreign])
    brought = sequence(node.store.inbox.take(10), node)
    assert (brought.items, brought.faults, brought.assessed) == (3, 2, 1)
    assert sorted(code for _, code, _ in node.store.inbox.faults(10)) == ["ValidationError", "unknown-kind"]
    assert node.store.inbox.waiting() == 0


class Failing:
    """Rules that fail for one box: a bug in an indicator."""

    def __init__(self, rules, box):
        self._rules, self._box = rules, box

    def __getattr__(self, name):
        return getattr(self._rules, name)

    def assess(self, visit, *rest):
        if visit.container == self._box:
            raise ZeroDivisionError("a bug")
        return self._rules.assess(visit, *rest)


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_item_that_breaks_the_batch_is_found_and_set_aside(place, node):
    boxes = numbers(7)
    node.rules = Failing(node.rules, boxes[place])
    brought = sequence(handed_in(node, manifest(*(a_consignment(box, box) for box in boxes))), node)
    assert (brought.faults, brought.assessed, brought.entries) == (1, 6, 6)
    assert [code for _, code, _ in node.store.inbox.faults(10)] == ["ZeroDivisionError"]
    assert set(node.store.visits.of_containers(boxes)) == set(boxes) - {boxes[place]}
    assert node.store.log.verify().broken is None


def test_a_store_that_cannot_write_blames_no_item(node, monkeypatch):
    waiting = handed_in(node, manifest())

    def full(*_):
        raise StoreFault(reason="full")

    monkeypatch.setattr(node.store.log, "append", full)
    with pytest.raises(StoreFault):
        sequence(waiting, node)
    monkeypatch.undo()
    assert node.store.inbox.waiting() == len(waiting)
    assert entries(node) == []
    assert sequence(waiting, node).assessed == 1


def test_what_the_store_refuses_for_its_content_is_set_aside(node, monkeypatch):
    boxes = numbers(3)
    waiting = handed_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    put = node.store.visits.put

    def refuse(rows):
        if any(visit.container == boxes[1] for visit, _, _ in rows):
            raise StoreFault(reason="constraint")
        put(rows)

    monkeypatch.setattr(node.store.visits, "put", refuse)
    assert sequence(waiting, node).faults == 1
    assert set(node.store.visits.of_containers(boxes)) == {boxes[0], boxes[2]}


def test_history_follows_the_moments_of_its_messages_until_the_node_is_live(node):
    old = NOW - 400 * DAY
    bodies = [manifest(a_consignment("OLD"))]
    history = [
        InboxItem(one.kind, one.digest, one.body, NOW, recorded=Moment(old), backload=True) for one in items(*bodies)
    ]
    node.store.inbox.add(history)
    sequence(node.store.inbox.take(10), node)
    (entry,) = entries(node)
    assert entry.hlc == old
    assert entry.source.startswith("backload:")
    assert node.store.settings.get(LIVE) is None
    sequence(handed_in(node, bay_plan()), node)
    assert entries(node)[-1].hlc == NOW
    assert node.store.settings.get(LIVE) is not None


def test_history_out_of_order_never_runs_backwards(node):
    late, early = items(manifest(a_consignment("LATE"))), items(manifest(a_consignment("EARLY", numbers(1)[0]), number=2))
    moments = (NOW - DAY, NOW - 2 * DAY)
    node.store.inbox.add([
        InboxItem(one.kind, one.digest, one.body, NOW, recorded=Moment(at), backload=True)
        for (one,), at in zip((late, early), moments, strict=True)
    ])  # fmt: skip
    sequence(node.store.inbox.take(10), node)
    assert [entry.hlc for entry in entries(node)] == [NOW - DAY, NOW - DAY + 1]


def test_a_live_node_takes_no_history(node):
    take_in(node, manifest())
    with pytest.raises(BadRequest):
        take_in(node, bay_plan(), backload=True)


def test_what_was_loaded_as_history_is_scored_like_the_rest(node):
    take_in(node, manifest(), discharge(), backload=True)
    assert told(node).explanation is not None
    assert {entry.source.partition(":")[0] for entry in entries(node)} == {"backload"}


def counted(node):
    """History without the pseudonyms, which differ from node to node."""
    return [(row.hlc, row.line, row.kind, row.measures) for row in node.store.history.after(0, 1000)]


@settings(max_examples=12)
@given(cuts=st.lists(st.integers(1, 3), min_size=1, max_size=8))
def test_how_messages_fall_into_batches_changes_nothing(tmp_path_factory, cuts):
    boxes = numbers(3)
    bodies = [manifest(*(a_consignment(box, box) for box in boxes)), bay_plan(*boxes), discharge(*boxes),
              manifest(a_consignment(boxes[0], boxes[0], consignee="Autre"), number=9)]  # fmt: skip
    with a_node(tmp_path_factory.mktemp("one"), store="sqlite://") as one, a_node(
        tmp_path_factory.mktemp("many"), store="sqlite://"
    ) as many:
        sequence(handed_in(one, *bodies), one)
        many.store.inbox.add(items(*bodies))
        for size in cuts:
            sequence(many.store.inbox.take(size), many)
        while waiting := many.store.inbox.take(1000):
            sequence(waiting, many)
        assert entries(one) == entries(many)
        assert counted(one) == counted(many)
        kept = [node.store.visits.of_containers(boxes) for node in (one, many)]
        assert [k[0].visit for k in kept[0].values()] == [k[0].visit for k in kept[1].values()]
        wanted = [f"{box}-1" for box in boxes]
        vectors = [node.store.assessments.latest(wanted) for node in (one, many)]
        assert {v: a.features for v, a in vectors[0].items()} == {v: a.features for v, a in vectors[1].items()}


def test_reports_add_up():
    one = Sequenced(1, 2, 3, 0, {"Movement": 1}, {"a": 1}, frozenset({"X"}))
    two = Sequenced(1, 0, 0, 1, {"Movement": 2, "Stowed": 1}, {"b": 1}, frozenset({"X", "Y"}))
    assert added([one, two]) == Sequenced(
        2, 2, 3, 1, {"Movement": 3, "Stowed": 1}, {"a": 1, "b": 1}, frozenset({"X", "Y"})
    )


def test_a_row_of_a_planned_slot_without_number_writes_nothing(node):
    assert sequence(handed_in(node, bay_plan("")), node).entries == 0
    assert arrivals.page(BOB, arrivals.ArrivalsQuery(), node).total == 0


def test_what_the_next_batch_tells_is_found_out_once_and_is_what_it_tells_in_its_turn(node):
    first, second = handed_in(node, manifest(), discharge())[:1], node.store.inbox.take(100)[1:]
    ahead = Ahead(node)
    ahead.expect(second)
    ahead.work()
    read_before = dict(ahead._told)
    assert set(read_before) == {item.id for item in second} != set()
    assert ahead.told(first) == Ahead(node).told(first)  # of others than expected it is found out now
    ahead.expect(second)
    ahead.work()
    assert ahead.told(second) == Ahead(node).told(second)


def test_meanwhile_is_called_once_for_a_batch(node):
    called = []
    sequence(handed_in(node, manifest()), node, None, lambda: called.append(node.live))
    assert len(called) == 1
    assert node.store.inbox.waiting() == 0


def test_a_batch_leaves_python_as_it_was():
    turn = sys.getswitchinterval()
    with undisturbed():
        with undisturbed():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert sys.getswitchinterval() == turn


def test_two_threads_whose_batches_overlap_leave_python_as_it_was():
    """The first to come is the first to go: what it noted must not be put back while the second still works."""
    turn, inside, leave, told = sys.getswitchinterval(), Event(), Event(), []

    def second() -> None:
        with undisturbed():
            inside.set()
            assert leave.wait(10)
            told.append((gc.isenabled(), sys.getswitchinterval()))

    thread = Thread(target=second)
    with undisturbed():
        thread.start()
        assert inside.wait(10)
    told.append((gc.isenabled(), sys.getswitchinterval()))
    leave.set()
    thread.join()
    assert told == [(False, pytest.approx(TURN_S)), (False, pytest.approx(TURN_S))]
    assert gc.isenabled()
    assert sys.getswitchinterval() == turn
