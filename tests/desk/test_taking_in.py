from io import BytesIO

import pytest
from tests.desk.port import ADA, BOB, NOW, a_consignment, a_node, bay_plan, manifest, numbers, take_in, trail

from vigie.arrivals import split
from vigie.desk import taking_in
from vigie.desk.taking_in import _Fetched, counted, item_of
from vigie.desk.told import Told
from vigie.terms import NotForYou, Purpose, Role


def test_the_report_counts_each_container_once(node):
    boxes = numbers(4)
    report = take_in(node, manifest(*(a_consignment(box, box) for box in boxes)), bay_plan(*boxes))
    assert (report.files, report.messages, report.containers, report.consignments, report.plans) == (2, 2, 4, 4, 4)
    assert (report.entries, report.faults, report.known) == (8, 0, 0)


def test_progress_is_told_chunk_by_chunk(node, monkeypatch):
    monkeypatch.setattr(taking_in, "CHUNK", 2)
    seen = []
    boxes = numbers(5)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)), progress=lambda now: seen.append(now.containers))
    assert seen == sorted(seen)
    assert len(seen) >= 3
    assert seen[-1] == 5


def test_history_is_handed_in_in_larger_pieces_and_says_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(taking_in, "CHUNK", 2)
    boxes, seen = numbers(16), {True: [], False: []}
    reports = {}
    for backload in (True, False):
        with a_node(tmp_path / str(backload)) as node:
            reports[backload] = take_in(
                node, manifest(*(a_consignment(box, box) for box in boxes)), bay_plan(*boxes), backload=backload,
                progress=lambda now, told=seen[backload]: told.append(now.parts),
            )  # fmt: skip
    assert len(seen[True]) < len(seen[False])
    same = [(one.parts, one.entries, one.containers, one.plans, one.faults) for one in reports.values()]
    assert same[0] == same[1]
    assert reports[True].assessed <= reports[False].assessed


def test_bytes_that_nobody_can_read_are_kept_with_a_doubt(node):
    report = take_in(node, b"\x00\x01 nobody reads this")
    assert sum(report.doubts.values()) >= 1
    assert (report.containers, report.faults) == (0, 0)
    assert node.store.parts.counts()["parts"] == 1


def test_the_same_content_is_the_same_item_whichever_file_brings_it():
    (one,) = split(BytesIO(manifest()))
    assert item_of(one, "a.edi", NOW).digest == item_of(one, "b.edi", NOW + 1).digest
    (other,) = split(BytesIO(manifest(a_consignment("OTHER"))))
    assert item_of(one, "a.edi", NOW).digest != item_of(other, "a.edi", NOW).digest


def test_counting_writes_nothing_and_agrees_with_taking_in(node):
    body = manifest(*(a_consignment(box, box) for box in numbers(3)))
    told = [counted(part) for part in split(BytesIO(body))]
    report = take_in(node, body)
    assert sum(one.rows["Consignment"] for one in told) == report.consignments
    assert len(frozenset().union(*(one.containers for one in told))) == report.containers


def test_an_administrator_takes_in_for_administration_only(node):
    with pytest.raises(NotForYou):
        take_in(node, manifest(), officer=ADA)
    assert take_in(node, manifest(), officer=ADA, purpose=Purpose.ADMINISTRATION).containers == 1
    assert [entry.outcome for entry in trail(node, act="import")] == ["done", "refused"]
    assert Role.SUPERVISOR in BOB.roles


def test_a_table_is_read_through_its_column_map(node):
    table = b"container,carrier\nCSQU3054383,MSCU\n"
    assert take_in(node, table).doubts.keys() == {"unread-table"}


def test_what_a_fault_of_ours_set_aside_is_worked_on_once_it_is_mended(node, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("vigie.desk.sequencing.tell", lambda item, *_: Told(item, fault="KeyError"))
        box = numbers(1)[0]
        report = take_in(node, manifest(a_consignment(box, box)))
        assert (report.faults, report.assessed) == (1, 0)
    again = taking_in.retry(BOB, node)
    assert (again.parts, again.faults, again.assessed) == (1, 0, 1)
    assert taking_in.retry(BOB, node).parts == 0


def test_what_is_fetched_before_its_turn_comes_in_order_and_a_fault_in_its_turn():
    def source():
        yield 1
        yield 2
        raise OSError("torn")

    fetched = _Fetched(source())
    fetched.fetch()
    fetched.fetch()  # one at a time
    assert next(fetched) == 1
    assert next(fetched) == 2
    fetched.fetch()
    with pytest.raises(OSError, match="torn"):
        next(fetched)
    assert list(_Fetched(iter("ab"))) == ["a", "b"]
