import pytest
from tests.desk.port import ANN, a_consignment, a_node, manifest, numbers, take_in

from vigie.desk import selection
from vigie.desk.refolding import SKEW, last_skew
from vigie.desk.writing import ORDERS
from vigie.node.jobs import spawn_worker
from vigie.node.worker import compared, lay_out, work
from vigie.terms import DAY, MINUTE


@pytest.fixture
def ordered(node):
    boxes = numbers(6)
    take_in(node, manifest(*(a_consignment(box, box) for box in boxes)))
    selection.order(ANN, [f"{box}-1" for box in boxes], "hold", node)
    return node


def test_orders_are_laid_out_whole_and_once(ordered):
    assert work(ordered, idle_s=0.05) == 6
    files = sorted(path.name for path in (ordered.settings.home / "outgoing").iterdir())
    assert len(files) == 18
    assert not [name for name in files if name.endswith(".part")]
    assert work(ordered, idle_s=0.05) == 0


def test_two_workers_beside_the_node_share_the_work(ordered):
    children = [spawn_worker(ordered) for _ in range(2)]
    assert [child.wait(timeout=60) for child in children] == [0, 0]
    assert ordered.store.outbox.waiting(ORDERS) == 0
    assert len(list((ordered.settings.home / "outgoing").iterdir())) == 18


def test_a_job_of_a_dead_worker_comes_back(ordered):
    assert len(ordered.store.outbox.claim(ORDERS, 20, MINUTE, ordered.now())) == 6
    assert work(ordered, idle_s=0.05) == 0
    ordered.clock.forward(2 * MINUTE)
    assert work(ordered, idle_s=0.05) == 6


def test_what_cannot_be_written_now_is_tried_later(ordered):
    (ordered.settings.home / "outgoing").write_text("in the way")
    assert work(ordered, idle_s=0.05) == 0
    assert ordered.store.outbox.waiting(ORDERS) == 6


def test_laying_out_twice_gives_the_same_files(ordered, tmp_path):
    (job, *_) = ordered.store.outbox.claim(ORDERS, 1, 1, ordered.now())
    for _ in range(2):
        lay_out(job.body, tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_a_running_node_starts_a_worker_when_orders_wait(tmp_path):
    with a_node(tmp_path) as node:
        take_in(node, manifest())
        node.start()
        selection.order(ANN, ["CSQU3054383-1"], "hold", node)
        for _ in range(200):
            if len(list((tmp_path / "outgoing").glob("*.json"))) == 1:
                break
            node.changed(node.live, 0.1)
        assert len(list((tmp_path / "outgoing").glob("*.json"))) == 1


def test_the_features_of_a_day_are_compared_once(ordered):
    day = ordered.now() // DAY * DAY
    ordered.store.outbox.put(SKEW, str(day).encode())
    (job,) = compared(ordered)
    assert int(job.body) == day
    assert compared(ordered) == []
    told = last_skew(ordered)
    assert (told.since, told.different) == (day, 0)
    assert told.checked >= 6
