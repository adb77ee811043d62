import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from vigie.app.service import bound

ROOT = Path(__file__).parents[2]


@contextmanager
def served(home, port):
    env = {"PYTHONPATH": "src", "VIGIE_HOME": str(home), "VIGIE_LANGUAGE": "en", "VIGIE_PORT": str(port)}
    command = [sys.executable, "-u", "-m", "vigie", "serve"]
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.communicate()


def a_free_port():
    with bound("127.0.0.1", 0) as probe:
        return probe.getsockname()[1]


def test_a_node_is_served_until_it_is_told_to_stop(tmp_path):
    port = a_free_port()
    with served(tmp_path / "home", port) as child:
        assert f"http://127.0.0.1:{port}" in child.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/none", timeout=60) as page:
            assert page.status == 200
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/openapi.json", timeout=60) as page:
            assert page.headers["content-security-policy"].startswith("default-src 'none'")
        with served(tmp_path / "other", port) as second:
            _, told = second.communicate(timeout=120)
            assert (second.returncode, "cannot-listen" in told) == (4, True)
        child.send_signal(signal.SIGTERM)
        child.wait(timeout=60)
        assert child.returncode == 0
        assert child.stderr.read() == ""
