"""A child with these settings makes no second thread."""

import os
import subprocess
import sys

import pytest

from vigie.node.threads import KEPT_MEMORY, ONE_THREAD

pytest.importorskip("numpy")


def test_libraries_of_numbers_make_no_thread_beside_the_first():
    code = "import numpy, os; numpy.ones((300, 300)) @ numpy.ones((300, 300)); print(len(os.listdir('/proc/self/task')))"
    bare = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    told = [int(subprocess.run([sys.executable, "-c", code], env=bare | more, capture_output=True, check=True).stdout)
            for more in (ONE_THREAD, {"OPENBLAS_NUM_THREADS": "2"})]  # fmt: skip
    assert told == [1, min(2, os.cpu_count() or 1)]


def test_a_reading_is_handed_no_page_twice():
    """As many new pages for ten rounds as for one, where the machine's C library is glibc."""
    code = (
        "import numpy, resource, sys\n"
        "def used(): return resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "def once(): some = [numpy.ones(1_000_000, numpy.float32) for _ in range(4)]; del some\n"
        "for _ in range(3): once()\n"
        "before = used()\nfor _ in range(10): once()\nprint(used() - before)"
    )
    if os.confstr("CS_GNU_LIBC_VERSION") is None:
        pytest.skip("another C library")
    told = [int(subprocess.run([sys.executable, "-c", code], env=os.environ | ONE_THREAD | more, capture_output=True,
                               check=True).stdout) for more in ({}, KEPT_MEMORY)]  # fmt: skip
    assert told[0] > 5_000
    assert told[1] < 500
