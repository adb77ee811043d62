"""A process that serves gives memory of large bodies back, also where threads held it."""

import subprocess
import sys

HELD = """
import sys, threading
from vigie.node.memory import LARGE, give_back
assert give_back() or not sys.platform.startswith("linux")
def held():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
def bodies():
    for size in (LARGE, 8 * LARGE, 2 * LARGE):
        one = bytearray(size)
        kept.append(bytes(100))
kept, before = [], held()
threads = [threading.Thread(target=bodies) for _ in range(24)]
for one in threads: one.start()
for one in threads: one.join()
print(held() - before)
"""


def test_memory_of_large_bodies_is_given_back():
    told = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    assert int(told.stdout) < 8 << 20
