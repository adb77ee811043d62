"""A child process that works off the outbox: it lays orders out for terminals, compares a night's features, then ends.

Several may run at once: a job is leased to one of them, and comes back when the lease of a dead one runs out. A job may
be done twice; the files it writes are then the same files.
"""

import sys
import time
from pathlib import Path

import structlog

from vigie.desk.refolding import SKEW, compare_day
from vigie.desk.selection import laid_out
from vigie.desk.writing import ORDERS
from vigie.node.settings import load_settings
from vigie.node.wiring import Node, build
from vigie.terms import HOUR, SECOND, AnalyticsMissing, Job, Moment, VigieError

LEASE = 30 * SECOND
"""How long a job is leased: laying one out takes milliseconds."""

IDLE_S = 2.0
"""A worker that finds nothing for so long ends."""

NIGHT = HOUR
"""How long the comparison of a day is leased: some hundred thousand decisions at about a thousand a second."""

_AT_ONCE = 20
_LATER = 60 * SECOND


def work(node: Node, idle_s: float = IDLE_S) -> int:
    """Work until nothing was left for a while; gives the number of jobs done."""
    done, until = 0, time.monotonic() + idle_s
    while time.monotonic() < until:
        jobs = node.store.outbox.claim(ORDERS, _AT_ONCE, LEASE, node.now())
        for job in jobs:
            try:
                lay_out(job.body, node.settings.home / "outgoing")
            except (OSError, VigieError) as fault:
                structlog.get_logger().warning("order.not-laid-out", job=job.id, tries=job.tries, error=str(fault))
                node.store.outbox.again(job.id, Moment(node.now() + _LATER))
                continue
            node.store.outbox.done([job.id])
            done += 1
        jobs += compared(node)
        if jobs:
            until = time.monotonic() + idle_s
        else:
            time.sleep(0.1)
    return done


def compared(node: Node) -> list[Job]:
    """Compare the features of a day with the log, where that waits; a difference is an error in the node's log."""
    jobs = node.store.outbox.claim(SKEW, 1, NIGHT, node.now())
    for job in jobs:
        try:
            found = compare_day(node, Moment(int(job.body)))
        except (OSError, VigieError) as fault:
            structlog.get_logger().warning("features.not-compared", tries=job.tries, error=str(fault))
            if not isinstance(fault, AnalyticsMissing):
                node.store.outbox.again(job.id, Moment(node.now() + NIGHT))
                continue
        else:
            tell = structlog.get_logger().error if found.different else structlog.get_logger().info
            tell("features.compared", vectors=found.checked, different=found.different, names=" ".join(found.names))
        node.store.outbox.done([job.id])
    return jobs


def lay_out(body: bytes, folder: Path) -> None:
    """Write one order in every form terminals read; a file appears whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in laid_out(body):
        half = folder / f".{name}.part"
        half.write_bytes(content)
        half.replace(folder / name)


def main() -> int:
    """Run one worker with the settings of the environment."""
    with build(load_settings()) as node:
        work(node)
    return 0


if __name__ == "__main__":
    sys.exit(main())
