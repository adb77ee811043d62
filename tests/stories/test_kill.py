"""A node that is killed at any moment loses nothing it acknowledged, and does nothing twice."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.desk.port import BOB, a_consignment, a_node, manifest, numbers, take_in

ROOT = Path(__file__).parents[2]
BOXES = 1500
SCRIPT = """
import sys
from pathlib import Path
from tests.desk.port import a_node, take_in
from vigie.desk import taking_in
taking_in.CHUNK = 100
with a_node(Path(sys.argv[1]), batch=50) as node:
    print("ready", flush=True)
    take_in(node, Path(sys.argv[2]).read_bytes(), progress=lambda report: print(report.parts, flush=True))
"""


def facts(node):
    """What must be the same, whatever happened on the way: no hlc, for time went on."""
    listed = node.store.visits.of_containers(numbers(BOXES))
    history = node.store.history.after(0, 100_000)
    return {
        "boxes": sorted(listed),
        "lines": sorted((number, len(kept[0].visit.lines)) for number, kept in listed.items()),
        "history": len(history),
        "measures": sorted((row.line, row.kind, tuple(row.measures[:3])) for row in history),
        "entries": len(node.store.log.after(0, 100_000)),
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    body = manifest(*(a_consignment(f"B{number}", box) for number, box in enumerate(numbers(BOXES))))
    file = tmp_path_factory.mktemp("file") / "manifest.edi"
    file.write_bytes(body)
    with a_node(tmp_path_factory.mktemp("undisturbed")) as node:
        take_in(node, body)
        return file, facts(node)


@pytest.mark.parametrize("after", [1, 4, 9])
def test_killed_while_it_takes_a_ship_in(after, undisturbed, tmp_path):
    file, wanted = undisturbed
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path), str(file)], cwd=ROOT, env={"PYTHONPATH": "src:."},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    for _ in range(after):
        child.stdout.readline()
    time.sleep(0.05 * after % 0.13)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with a_node(tmp_path) as node:
        acknowledged = node.store.inbox.waiting() + len(node.store.log.after(0, 100_000))
        with node.sequencer() as mine:
            assert mine
            node.drain()
        assert len(node.store.log.after(0, 100_000)) == acknowledged
        report = take_in(node, file.read_bytes())
        assert report.known == acknowledged
        assert facts(node) == wanted
        assert node.store.log.verify().broken is None


def test_an_act_survives_the_sequencer(tmp_path):
    from vigie.desk.acts import Override, item_of

    with a_node(tmp_path) as node:
        take_in(node, manifest())
        node.store.inbox.add([item_of(Override("CSQU3054383-1", "hold", "why", BOB.id, node.now()), BOB.id, node.now())])
    with a_node(tmp_path) as node:
        with node.sequencer():
            node.drain()
        assert node.store.visits.of_containers(["CSQU3054383"])["CSQU3054383"][0].listed.status == "held"
