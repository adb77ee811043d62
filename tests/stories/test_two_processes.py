"""An import in one process while another runs the node: the import hands in, the running node writes."""

import subprocess
import sys
from pathlib import Path

from tests.desk.port import a_consignment, a_node, manifest, numbers, take_in

ROOT = Path(__file__).parents[2]
RUNNING = """
import sys
from pathlib import Path
from tests.desk.port import a_node
with a_node(Path(sys.argv[1])) as node:
    node.start()
    print("ready", flush=True)
    sys.stdin.readline()
"""


def test_the_import_waits_until_the_running_node_has_written_all(tmp_path):
    with a_node(tmp_path):
        pass
    child = subprocess.Popen([sys.executable, "-c", RUNNING, str(tmp_path)], cwd=ROOT, env={"PYTHONPATH": "src:."},
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        assert child.stdout.readline() == "ready\n"
        with a_node(tmp_path) as node:
            seen = node.live
            report = take_in(node, manifest(*(a_consignment(box, box) for box in numbers(40))))
            assert (report.containers, report.consignments, report.faults) == (40, 40, 0)
            assert node.store.inbox.waiting() == 0
            assert len(node.store.visits.of_containers(numbers(40))) == 40
            assert node.changed(seen, 1.0) > seen
            assert node.jobs.running is False
    finally:
        child.communicate("stop\n", timeout=20)
