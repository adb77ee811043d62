"""Access logs of the simulated port: people at work, three of whom do what insiders did; the truth is kept nowhere."""

from typing import TYPE_CHECKING

from vigie.terms import DAY, Moment, Officer

if TYPE_CHECKING:
    from vigie.node import Node

DAYS, SINCE, PEOPLE, ACTS = 28, 12, 60, 10
"""Days of the log, day from which the planted act, people, and how often each planted one does it."""

SEED = 7
_STAY = DAY
_BOXES = 400


def set_access(officer: Officer, site: str, node: "Node") -> int:
    """Take in four weeks of access logs about the boxes that the node knows; gives how many lines."""
    from vigie.desk import arrivals, ports
    from vigie.desk.views import ArrivalsQuery
    from vigie.world import AccessBox, access_log, as_access_csv

    start = Moment((node.now() // DAY - DAYS) * DAY)
    boxes = []
    for visit, at, found in node.store.access.controls(start):
        hot = found in ports.FOUND
        number = visit.rpartition("-")[0]
        boxes.append(AccessBox(number, "", Moment(at - _STAY), Moment(at + _STAY), at, hot, hot))
    there = arrivals.page(officer, ArrivalsQuery(sites=(site,), limit=_BOXES), node).rows
    boxes += [AccessBox(row.container, row.loading, Moment(start + DAY), Moment(node.now() - n % 240 * DAY // 24))
              for n, row in enumerate(there)]  # fmt: skip
    log = access_log(SEED, boxes, start, DAYS, people=PEOPLE, since=SINCE, acts=ACTS)
    return ports.take_in(officer, as_access_csv(log.rows), node).events
