"""The child takes in, reads and makes copies; what ended it again and again is set aside."""

import io
import os
from threading import Event

import msgspec
import pytest
from tests.desk.port import VISIT
from tests.desk.scans import a_port, files

from vigie.desk import scanning_machine
from vigie.desk.scanning_machine import Begun
from vigie.devices import FAILED
from vigie.node.mate import framed
from vigie.node.scanning_beside import Begun as Told
from vigie.node.scanning_child import TRIES, AtHand, Held, Scanning, told_by
from vigie.scanning import Place


@pytest.fixture
def node(tmp_path):
    (tmp_path / "in").mkdir()
    with a_port(tmp_path / "home", scan_folder=str(tmp_path / "in")) as made:
        yield made


def put(node, *stems):
    from pathlib import Path

    for number, stem in enumerate(stems, 1):
        for file in files(stem, seed=number):
            (Path(node.settings.scan_folder) / file.name).write_bytes(file.body)


def test_what_lies_there_is_taken_in_read_and_copied_then_the_child_rests(node, monkeypatch):
    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: None)
    put(node, "A", "B")
    Scanning(node, Event()).work(rested_s=1.5)
    records = node.store.scans.of_visit(VISIT)
    assert len(records) == 2
    assert set(node.store.machine_readings.of([one.id for one in records])) == {one.id for one in records}
    assert not node.store.scans.uncoded(1)
    assert not (node.settings.home / "scan-at-hand.json").exists()


def ended_at(node, name, file="scan-at-hand.json"):
    for _ in range(TRIES):
        assert AtHand(node.settings.home / file).begin(name)


def test_a_scan_is_begun_before_it_is_compared_and_what_was_begun_is_finished_after_a_crash(node, monkeypatch):
    from tests.desk.port import BOB

    from vigie.desk.scanning_intake import take_in

    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: None)
    name = take_in(BOB, files(), node, archive=False).rows[0].id
    assert not Scanning(node, Event()).behind()  # nothing is finished that was not begun
    assert Scanning(node, Event()).one()
    begun = node.store.machine_readings.of([name])[name]
    assert not begun.compared
    assert "no-model" in begun.quiet
    assert not node.store.scans.reports(name)
    assert Scanning(node, Event()).behind()  # another child, which holds no pictures
    told = node.store.machine_readings.of([name])[name]
    assert told.compared
    assert "no-reference" in told.quiet
    assert len(node.store.scans.reports(name)) == 1
    assert not node.store.scans.uncoded(1)


def test_a_scan_whose_comparison_ends_the_child_each_time_goes_to_a_person(node, monkeypatch):
    from tests.desk.port import BOB

    from vigie.desk.scanning_intake import take_in

    monkeypatch.setattr(scanning_machine, "standing_model", lambda _: None)
    name = take_in(BOB, files(), node, archive=False).rows[0].id
    child = Scanning(node, Event())
    assert child.one()
    ended_at(node, f"archive {name}", "scan-behind.json")
    assert Scanning(node, Event()).behind()
    assert node.store.machine_readings.of([name])[name].quiet == ("damaged",)


def test_no_more_pictures_are_held_than_asked_for():
    held = Held(2)
    for name in "ABC":
        held.put(name, Begun(None))
    assert [held.get(name) is not None for name in "ABC"] == [False, True, True]
    held.drop("C")
    assert held.get("C") is None


def test_a_file_that_ends_the_child_each_time_is_put_aside(node, tmp_path):
    put(node, "A")
    ended_at(node, "take A.high.tif A.json A.low.tif")
    Scanning(node, Event()).work(rested_s=1.2)
    assert {file.name for file in (tmp_path / "in" / FAILED).iterdir()} >= {"A.high.tif", "A.low.tif", "A.json"}
    assert node.store.scans.of_visit(VISIT) == []


def test_a_scan_that_ends_its_reader_each_time_goes_to_a_person_first(node):
    from tests.desk.port import BOB

    from vigie.desk.scanning_intake import take_in

    name = take_in(BOB, files(), node, archive=False).rows[0].id
    ended_at(node, f"read {name}")
    assert Scanning(node, Event()).one()
    assert node.store.machine_readings.of([name])[name].place is Place.LOOK_FIRST
    ended_at(node, f"archive {name}", "scan-behind.json")
    assert Scanning(node, Event()).behind()
    assert not node.store.scans.uncoded(1)


def test_what_is_asked_to_stop_stops_at_once(node):
    stopping = Event()
    stopping.set()
    put(node, "A")
    assert Scanning(node, stopping).work() == 0


def test_the_end_of_what_the_parent_says_stops_the_work(node):
    reading, writing = os.pipe()
    stopping = Event()
    with os.fdopen(reading, "rb") as stream:
        os.write(writing, framed(msgspec.to_builtins(Told.of(node))))
        begun = told_by(stream, stopping)
        assert begun is not None
        assert begun.made() == node.settings
        assert not stopping.is_set()
        os.close(writing)
        assert stopping.wait(5)
    assert told_by(io.BytesIO(b""), stopping) is None
