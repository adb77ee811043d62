"""The reader runs beside and stops when it is told."""

import time

import pytest

pytest.importorskip("onnxruntime")

from tests.desk.port import VISIT
from tests.desk.test_scanning_intake import a_port
from tests.desk.test_scanning_machine import came

from vigie.node.scanning_reader import MachineReader


def test_what_came_is_read_while_it_runs(tmp_path):
    with a_port(tmp_path) as node:
        came(node, VISIT.rpartition("-")[0], 1_772_400_000_000_000, load=0.0)
        reader = MachineReader(node)
        reader.start()
        until = time.monotonic() + 60
        while node.store.machine_readings.waiting() and time.monotonic() < until:
            time.sleep(0.05)
        reader.stop()
        reader.stop()
        assert node.store.machine_readings.waiting() == 0
