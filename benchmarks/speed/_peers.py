"""Figures of other people's servers, taken in the same run; None where their environment is not there (benchmarks/peers)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SCRIPTS = Path(__file__).parent.parent / "peers"
PATIENCE_S = 90
ABSENT = "absent: see benchmarks/peers"


def beside(script: str, *words: str) -> dict[str, float] | None:
    """What a peer's script measured; `{folder}` in a word is a fresh folder, `{peers}` the peers' own."""
    home = Path(os.environ.get("BENCHMARK_PEERS", "nowhere"))
    python = home / "venv" / "bin" / "python"
    if not python.exists():
        return None
    with TemporaryDirectory() as folder:
        command = [str(python), str(SCRIPTS / script), *(word.format(folder=folder, peers=home) for word in words)]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
        except subprocess.SubprocessError as fault:
            print(f"{script}: {fault}", file=sys.stderr)
            return None
    told: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return told
