import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from vigie import __version__
from vigie.app.command import root

ROOT = Path(__file__).parents[2]


def imported(code):
    """The modules that a new interpreter has imported after some code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"], cwd=ROOT, env={"PYTHONPATH": "src"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(told.stdout.splitlines()[-1].split())


def test_help_imports_nothing_but_what_it_prints():
    """The time of a start is the time of its imports: at most three times those of click alone."""
    told = imported(
        "from click.testing import CliRunner\nfrom vigie.app.command import root\nroot().main(['--help'], standalone_mode=False)"
    )
    assert not told & {
        "fastapi",
        "starlette",
        "sqlite3",
        "lxml",
        "lxml.etree",
        "numpy",
        "duckdb",
        "vigie.node.wiring",
        "vigie.store",
    }
    assert len(told) < 3 * len(imported("import click"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_for_every_shell(shell):
    told = CliRunner().invoke(root(), ["completion", shell])
    assert told.exit_code == 0
    assert "_VIGIE_COMPLETE" in told.stdout


def test_commands_complete_themselves():
    env = {"PYTHONPATH": "src", "_VIGIE_COMPLETE": "bash_complete", "COMP_WORDS": "vigie sel", "COMP_CWORD": "1"}
    told = subprocess.run(
        [sys.executable, "-m", "vigie"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert "selection" in told.stdout


def test_libraries_of_numbers_get_one_thread_and_keep_what_they_were_told(tmp_path):
    """A second thread would spin on the other core while it waits."""
    pytest.importorskip("numpy")
    code = (
        "import sys; sys.argv = ['vigie', '--version']\nfrom vigie.app.command import main\ntry: main()\n"
        "except SystemExit: pass\nimport numpy, os; print(len(os.listdir('/proc/self/task')), os.environ['OMP_NUM_THREADS'])"
    )
    for given, told in (({}, "1 1"), ({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "2"}, "2 1")):
        if told[0] == "2" and (os.cpu_count() or 1) < 2:
            continue
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"PYTHONPATH": "src"} | given,
                              capture_output=True, text=True, check=True)  # fmt: skip
        assert done.stdout.splitlines()[-1] == told


def test_the_version_is_told():
    assert __version__ in CliRunner().invoke(root(), ["--version"]).stdout


def ran(*words, home, **env):
    return subprocess.run(
        [sys.executable, "-m", "vigie", *words], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": "src", "VIGIE_HOME": str(home), "VIGIE_LANGUAGE": "en"} | env,
    )  # fmt: skip


def test_a_fault_that_nobody_foresaw_shows_its_trace_and_leaves_with_four(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import vigie.node\ndef broken(*a, **k): raise RuntimeError('boom')\nvigie.node.initialise = broken\n"
    )
    told = ran("init", home=tmp_path / "home", PYTHONPATH=f"src{os.pathsep}{tmp_path}")
    assert told.returncode == 4
    assert "RuntimeError: boom" in told.stderr


def test_a_reader_that_goes_away_is_no_fault(tmp_path):
    command = f"{sys.executable} -m vigie risk indicators --json | head -1"
    told = subprocess.run(
        command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": "src", "VIGIE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert (len(told.stdout.splitlines()), told.stderr) == (1, "")
