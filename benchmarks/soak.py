"""`make soak`: run the full counts of every law and keep the result in benchmarks/soak.json.

A law marked `soak` tells how many cases it ran by `record_property("n", count)`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
from lxml import etree

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Run the laws; the exit code is pytest's."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=20261122)
    given = asked.parse_args()
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "soak.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", "soak", f"--junitxml={report}", "-o", "timeout=7200",
                   "-o", "junit_family=xunit1"]  # the form that carries properties; with the other pytest warns, and a warning fails
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"VIGIE_SEED": str(given.seed)}, check=False)
        laws = list(_laws(report)) if report.exists() else []
    kept = {"commit": commit, "seed": given.seed, "laws": laws, "failures": sum(law["failures"] for law in laws)}
    (ROOT / "benchmarks" / "soak.json").write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
    return done.returncode


def _laws(report: Path):
    for case in etree.parse(report).iter("testcase"):
        told = {one.get("name"): one.get("value") for one in case.iter("property")}
        if case.find("skipped") is None:
            failed = case.find("failure") is not None or case.find("error") is not None
            yield {"law": f"{case.get('classname')}.{case.get('name')}", "n": int(told.get("n", 1)), "failures": int(failed),
                   "seconds": round(float(case.get("time", 0)), 1)}


if __name__ == "__main__":
    sys.exit(main())
