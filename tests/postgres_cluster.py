"""A throw-away PostgreSQL cluster for tests and benchmarks: own folder, loopback only, gone afterwards."""

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Speed of tests only: a node's own server keeps fsync on. The benchmark turns it on again.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_LASTING = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


def binaries() -> Path | None:
    """Where `initdb` lies; the newest version of Debian's folders, else on the path."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    last = found[-1] if found else shutil.which("initdb")
    return Path(last).resolve().parent if last else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as_nobody_special(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def cluster(lasting: bool = False) -> Iterator[str]:
    """Start a cluster; gives the URL of its database, and ends it by `pg_ctl`.

    Args:
        lasting: Force commits to disk, as a node's own server does: for benchmarks.
    """
    made = ("initdb", "-U", "vigie", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    with _served(made, ("shared_buffers=256MB", *(_LASTING if lasting else _QUICK))) as url:
        yield url


@contextmanager
def standby(url: str) -> Iterator[str]:
    """A streaming replica of a cluster; gives the URL of the same database there, and ends it by `pg_ctl`.

    Args:
        url: Of the cluster, as `cluster` gives it.
    """
    made = ("pg_basebackup", "-d", url, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
    with _served(made, ("shared_buffers=64MB", *_QUICK)) as there:
        yield there


@contextmanager
def _served(made: tuple[str, ...], words: tuple[str, ...]) -> Iterator[str]:
    """A server on data that a command makes (its folder is added), with settings of its own; gives its URL."""
    home = binaries()
    if home is None:
        raise FileNotFoundError(f"{made[0]}: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="vigie-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", _free_port()

    def run(name: str, *words: str) -> None:
        command = _as_nobody_special([str(home / name), *words])
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    words = (
        "listen_addresses=127.0.0.1",
        f"port={port}",
        f"unix_socket_directories={folder}",
        "max_connections=60",
        *words,
    )
    options = " ".join(f"-c {word}" for word in words)
    try:
        run(*made, "-D", str(data))
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://vigie@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
