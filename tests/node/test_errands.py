"""Long acts beside: one of a kind, their state kept over restarts, their faults told."""

import time
from threading import Event, Timer

import pytest
from tests.desk.port import NOW, a_node

from vigie.desk.errands import ErrandUnderWay
from vigie.desk.views import ErrandView
from vigie.node.errands import Errands, Stopped
from vigie.terms import BadRequest

ASKED = ErrandView("assess", "waiting", 0, 0, "ann", NOW)


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        yield made


def ended(errands):
    until = time.monotonic() + 20
    while (told := errands.state("assess")).open and time.monotonic() < until:
        time.sleep(0.01)
    return told


def test_progress_is_kept_while_it_goes_on_and_another_process_sees_it(node):
    going, go = Event(), Event()

    def work(told):
        told(3, 9)
        going.set()
        go.wait(20)

    errands = Errands(node)
    assert errands.state("assess") is None
    assert errands.begin(ASKED, work) == ASKED
    assert going.wait(20)
    other = Errands(node)
    assert (other.state("assess").state, other.state("assess").done, other.state("assess").whole) == ("running", 3, 9)
    with pytest.raises(ErrandUnderWay):
        other.here(ASKED, work)
    assert other.state("archive") is None
    go.set()
    assert (ended(other).state, ended(other).done) == ("done", 3)


def test_a_fault_is_told_by_its_code(node):
    def work(told):
        raise BadRequest(reason="no")

    errands = Errands(node)
    with pytest.raises(BadRequest):
        errands.here(ASKED, work)
    told = errands.state("assess")
    assert (told.state, told.fault, told.facts) == ("failed", "bad-request", {"reason": "no"})


def test_what_was_cut_off_is_said_to_be_and_stopping_waits_for_the_portion(node):
    errands = Errands(node)
    errands._keep(ASKED)
    assert (errands.state("assess").state, errands.state("assess").fault) == ("failed", "interrupted")
    begun, portions = Event(), []

    def work(told):
        for place in range(1000):
            portions.append(place)
            begun.set()
            told(place, 1000)
            time.sleep(0.002)

    errands.begin(ASKED, work)
    assert begun.wait(20)
    errands.stop()
    told = errands.state("assess")
    assert (told.state, told.fault) == ("failed", "interrupted")
    assert len(portions) < 1000
    assert Errands(node).here(ASKED, lambda told: told(1, 1)).state == "done"


def test_who_waits_comes_next_and_stops_waiting_when_the_node_is_closed(node):
    going, go = Event(), Event()

    def work(told):
        going.set()
        go.wait(20)

    errands, other = Errands(node), Errands(node)
    errands.begin(ASKED, work)
    assert going.wait(20)
    Timer(0.05, other.stop).start()
    with pytest.raises(Stopped):
        other.here(ASKED, work, wait=True)
    go.set()
    assert Errands(node).here(ASKED, lambda told: told(1, 1), wait=True).done == 1
