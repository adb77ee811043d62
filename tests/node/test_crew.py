import time
from io import BytesIO

import pytest
from tests.desk.port import NOW, a_consignment, a_node, discharge, manifest, numbers, rules, take_in

from vigie.arrivals import read, split
from vigie.desk import taking_in
from vigie.desk.helping import made_of
from vigie.desk.taking_in import item_of
from vigie.node import crew as module
from vigie.node import jobs
from vigie.node.crew import Mate


@pytest.fixture
def mate():
    made = Mate(NOW)
    while not made._is_ready() and not made._gone:
        time.sleep(0.02)
    yield made
    made.close()


def parts(count):
    boxes = numbers(count)
    return list(split(BytesIO(manifest(*(a_consignment(box, box) for box in boxes)))))


def test_it_reads_ahead_what_is_asked_for_later(mate):
    told = parts(300)
    items = [item_of(part, "x", NOW) for part in told]
    mate.read_ahead(items)
    found = mate.readings(items)
    assert [found[item.digest] for item in items] == [read(part) for part in told]
    assert mate.readings(items) == {}


def asks(node, count):
    boxes = numbers(count)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)), discharge(*boxes))
    wanted = [f"{box}-1" for box in boxes]
    vectors = node.store.assessments.latest(wanted)
    return [(kept.visit, vectors[name].features, NOW, ()) for name, kept in node.store.visits.get(wanted).items()]


def test_it_judges_as_it_is_judged_here(mate, node):
    asked = asks(node, module.FEWEST)
    assert mate.judge(asked, rules()) == [made_of(ask, rules()) for ask in asked]


def test_a_mate_that_dies_costs_nothing_but_time(mate, node):
    asked = asks(node, module.FEWEST)
    items = [item_of(part, "x", NOW) for part in parts(10)]
    mate.read_ahead(items)
    mate._child.kill()
    mate._child.wait()
    assert mate.judge(asked, rules()) == [made_of(ask, rules()) for ask in asked]
    assert set(mate.readings(items)) <= {item.digest for item in items}


def test_an_import_with_a_mate_gives_what_one_without_gives(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "HELPED", 50)
    monkeypatch.setattr(taking_in, "CHUNK", 100)
    monkeypatch.setattr(module, "FEWEST", 10)
    boxes = numbers(600)
    body = manifest(*(a_consignment(box, box, consignee=f"Importer {box[-2]}") for box in boxes))
    wanted = [f"{box}-1" for box in boxes]
    found = []
    for helped in (True, False):
        with a_node(tmp_path / str(helped), second_core=helped, batch=100) as node:
            report = take_in(node, body)
            assert (report.containers, report.faults) == (600, 0)
            assert (node.jobs.crew is not None) is helped
            made = node.store.assessments.latest(wanted)
            found.append([(made[name].features, made[name].score_milli, made[name].hlc) for name in wanted])
        assert node.jobs.crew is None
    assert found[0] == found[1]


def test_it_judges_by_the_rules_in_force_when_they_have_changed(mate, node):
    from tests.desk.test_indicators import fields, live

    asked = asks(node, module.FEWEST)
    before = mate.judge(asked, node.rules)
    live(node, fields(expression="seals >= 0", silent=[{"hs2": "08"}, {"empty": True}]))
    after = mate.judge(asked, node.rules)
    assert after == [made_of(ask, node.rules) for ask in asked]
    assert {one.policy for one in after}.isdisjoint(one.policy for one in before)
    assert {one.policy for one in after} == {node.rules.policy.hash}


def test_what_the_child_has_not_begun_is_judged_here_and_stays_in_order(mate, node):
    asked = asks(node, module.FEWEST)
    many = asked * 5
    judges = mate.judging(len(many), rules())
    for start in range(0, len(many), 7):  # in pieces, as a fold gives them
        judges.add(many[start : start + 7])
    assert judges.done() == [made_of(ask, rules()) for ask in many]


def test_boxes_of_a_batch_that_failed_are_forgotten(mate, node):
    asked = asks(node, module.FEWEST)
    mate.judging(len(asked), rules()).add(asked)  # nobody asks for the answer
    assert mate.judge(asked, rules()) == [made_of(ask, rules()) for ask in asked]
    until = time.monotonic() + 5
    while len(mate._answers) > 1 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(mate._answers) <= 1  # that it is warm
