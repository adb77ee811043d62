import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fuzz.fuzz_scans import loop

_APART = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from tests.fuzz.fuzz_scans import loop
seen = loop(int(sys.argv[1]), int(sys.argv[2]))
print(json.dumps([sum(seen.values()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""
MOST_KB = 400_000  # of a process that has loaded the codecs (some 110,000); a file of 10 kB must not come to a picture of 64 MB


def test_damaged_scans_are_read_or_refused():
    seen = loop(1_200, 11)
    assert seen["scan"] > 20, seen  # damage that changes nothing, or only a pixel
    assert seen["scan-file-damaged"] > 50, seen
    assert seen["report"] > 5, seen


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_no_damaged_scan_ends_the_process_and_memory_stays_bounded(part, record_property):
    count = 25_000
    seed = int(os.environ.get("VIGIE_SEED", "1")) + part
    done = subprocess.run([sys.executable, "-c", _APART, str(count), str(seed)],
                          cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)  # fmt: skip
    record_property("n", count)
    assert done.returncode == 0, done.stderr[-2000:]
    told, peak = json.loads(done.stdout.splitlines()[-1])
    assert told >= count
    assert peak < MOST_KB, peak
