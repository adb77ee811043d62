"""A child with these settings makes no second thread."""

import os
import subprocess
import sys

import pytest

from vigie.node.threads import ONE_THREAD

pytest.importorskip("numpy")


def test_libraries_of_numbers_make_no_thread_beside_the_first():
    code = "import numpy, os; numpy.ones((300, 300)) @ numpy.ones((300, 300)); print(len(os.listdir('/proc/self/task')))"
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    told = [int(subprocess.run([sys.executable, "-c", code], env=bare | more, capture_output=True, check=True).stdout)
            for more in (ONE_THREAD, {"OPENBLAS_NUM_THREADS": "2"})]  # fmt: skip
    assert told == [1, min(2, os.cpu_count() or 1)]
