"""A node with a ship in it and scans of some of its boxes, for tests of the reading room."""

from functools import cache

import numpy as np
from msgspec.structs import replace
from tests.desk.port import BOB, NOW, a_consignment, a_node, an_officer, manifest, numbers, take_in
from tests.scanning.xray.pictures import a_scan

from vigie.desk import officers, scanning_intake
from vigie.scanning import Region, Scan, Sighting, write_tiff
from vigie.terms import HOUR, Handling, Moment, Role

BOXES = numbers(4)
CAT = an_officer("cat", clearance=Handling.RED)
DAN = an_officer("dan", clearance=Handling.RED)
IDA = an_officer("ida", Role.INSPECTOR, clearance=Handling.RED)
BAGS = (Region(20, 30, 40, 30, Sighting.BAGS),)


@cache
def pictures(seed: int) -> Scan:
    """A small scan: every third pixel of a drawn one."""
    told = a_scan(seed)
    high, low = (np.ascontiguousarray(one[::3, ::3]) for one in (told.high, told.low))
    facts = replace(told.facts, row_mm=told.facts.row_mm * 3, column_mm=told.facts.column_mm * 3)
    return Scan(facts=facts, high=high, low=low)


def scanned(node, container, seed=1, at=NOW, **facts):
    """Take a scan of a box in; gives its name."""
    told = pictures(seed)
    told = replace(told, facts=replace(told.facts, container=container, taken=Moment(at), scanner="MX-1", **facts))
    view = scanning_intake.take_in(BOB, write_tiff(told, f"s{container}{seed}", fast=True), node)
    return view.rows[0].id


def a_room(home):
    """A node with four boxes and five scans: two of the first box."""
    node = a_node(home, simulated=True)
    node.__enter__()
    for officer in (BOB, CAT, DAN, IDA):
        officers.add(None, officer, node)
    take_in(node, manifest(*(a_consignment(f"BL{place}", box) for place, box in enumerate(BOXES))))
    scans = [scanned(node, box, seed) for seed, box in enumerate(BOXES, 1)]
    return node, [*scans, scanned(node, BOXES[0], 9, at=NOW - 200 * HOUR)]
