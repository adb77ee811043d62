"""`make soak`: run the full counts of every law and keep the result in benchmarks/soak.json.

A law marked `soak` tells how many cases it ran by `record_property("n", count)`; the laws that Hypothesis draws are part
of it, with 5,000 cases each where a test says nothing else (`tests/conftest.py`). With `--only` some laws are run alone, and
the others keep what they showed last, each beside its commit.
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
KEPT = ROOT / "benchmarks" / "soak.json"


def main() -> int:
    """Run the laws; the exit code is pytest's."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=20261122)
    asked.add_argument("--only", default="", help="a pytest -k expression: run these laws, keep the results of the others")
    given = asked.parse_args()
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "soak.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-m", "soak", f"--junitxml={report}", "-o", "timeout=7200",
                   "-o", "junit_family=xunit1"]  # the form that carries properties; with the other pytest warns, and a warning fails
        command += ["-k", given.only] if given.only else []
        told = {"VIGIE_SEED": str(given.seed), "VIGIE_HYPOTHESIS": "soak"}  # laws that Hypothesis draws are marked by it
        done = subprocess.run(command, cwd=ROOT, env=os.environ | told, check=False)
        laws = [law | {"commit": commit, "seed": given.seed} for law in _laws(report)] if report.exists() else []
    kept = merged(_read(), laws) if given.only else laws
    told = {"laws": kept, "failures": sum(law["failures"] for law in kept)}
    KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")
    return done.returncode


def merged(before: list[dict], now: list[dict]) -> list[dict]:
    """The laws of before with those of now in their places, new ones at the end."""
    fresh = {law["law"]: law for law in now}
    return [fresh.pop(law["law"], law) for law in before] + list(fresh.values())


def _read() -> list[dict]:
    told = msgspec.json.decode(KEPT.read_bytes()) if KEPT.exists() else {"laws": []}
    return [{"commit": told.get("commit"), "seed": told.get("seed")} | law for law in told["laws"]]


def _laws(report: Path):
    for case in etree.parse(report).iter("testcase"):
        told = {one.get("name"): one.get("value") for one in case.iter("property")}
        if case.find("skipped") is None:
            failed = case.find("failure") is not None or case.find("error") is not None
            yield {"law": f"{case.get('classname')}.{case.get('name')}", "n": int(told.get("n", 1)), "failures": int(failed),
                   "seconds": round(float(case.get("time", 0)), 1)}


if __name__ == "__main__":
    sys.exit(main())
