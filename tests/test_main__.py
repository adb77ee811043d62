import subprocess
import sys
from pathlib import Path

import vigie

SOURCES = Path(vigie.__file__).parents[1]


def test_the_package_is_the_command():
    told = subprocess.run([sys.executable, "-m", "vigie", "--version"], cwd=SOURCES, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == f"vigie, version {vigie.__version__}"
