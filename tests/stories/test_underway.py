"""What is planted under way is told in real formats, taken in, and found: each indicator that waits for it has a case."""

import json
from collections import defaultdict
from io import BytesIO

import pytest
from tests.desk.port import ADA, BOB, EVE, a_node

from vigie.desk import arrivals, inspections, ports, rederiving, release_taking
from vigie.terms import DAY, Moment, read_moment
from vigie.tracking import Query, Reach
from vigie.world import START, Behaviour, TruthBook, access_log, as_access_csv, generate
from vigie.world.written import YARD_MAP

SEED, DAYS, SCALE, UPLIFT = 9, 5, 0.03, 150.0
END = Moment(START + (DAYS + 7) * DAY)
FOUND_BY = {"restowed-low": "R6", "moved-after-choice": "T5", "reissued": "I1R", "refused": "T4R", "many-hands": "I1",
            "empty-beside-target": "E7"}  # fmt: skip
"""Traces that one indicator alone is meant for, box by box."""


def hand_over(node, sent, secret):
    """Take one file in the way its kind comes."""
    if sent.kind == "rights":
        stamp = str(node.wall() // 1_000_000)
        signed = release_taking.signature(bytes.fromhex(secret), stamp, sent.body)
        release_taking.receive("portal", stamp, signed, sent.body, node)
    elif sent.kind == "controls":
        inspections.record_csv(BOB, sent.body.decode(), node)
    else:
        columns = YARD_MAP if sent.kind == "yard" else None
        arrivals.take_in(BOB, [(sent.name, BytesIO(sent.body))], node, column_map=columns)


def live_through(node, book):
    """Take everything in as it comes, at its moment; access logs come the day after."""
    coming = [one for one in generate(SEED, DAYS, SCALE, start=START, uplift=UPLIFT, book=book, underway=True)
              if one.at < END and one.kind not in ("ics2", "cc315a", "vermas")]  # fmt: skip
    plant = (Behaviour.PICKUP, Behaviour.PICKUP, Behaviour.CONTAMINATED)
    log = access_log(SEED, book.stays, START, DAYS + 6, people=40, plant=plant, since=0, acts=10)
    days = defaultdict(list)
    for row in log.rows:
        days[read_moment(row["at"]) // DAY].append(row)
    secret, day = release_taking.sender_secret(ADA, "portal", node), START // DAY
    for sent in coming:
        node.clock.at = Moment(max(node.clock.at, sent.at))
        while node.clock.at // DAY > day:
            ports.take_in(EVE, as_access_csv(days.pop(day, [])), node)
            ports.insiders(EVE, node)
            day += 1
        hand_over(node, sent, secret)


def fired(node):
    """Box to all indicators that ever fired for it."""
    found = defaultdict(set)
    for row in node.store.visits.page(Query(limit=1_000), Reach(clearance=9)).rows:
        for made in node.store.assessments.of(row.visit, 1_000):
            found[row.container] |= {one["indicator"] for one in json.loads(made.body)["fired"]}
    return found


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    book = TruthBook()
    with a_node(tmp_path_factory.mktemp("underway"), at=Moment(START - 40 * DAY)) as node:
        live_through(node, book)
        yield node, book, fired(node)


def test_each_trace_is_found_by_the_indicator_that_waits_for_it(lived):
    _, book, found = lived
    traces = {one.trace for one in book.underway if one.planted}
    assert traces >= {"restowed-low", "moved-after-choice", "refused", "reissued", "lorry-of-many", "lingered",
                      "many-hands", "empty-beside-target"}  # fmt: skip
    for one in book.underway:
        if one.trace in FOUND_BY and one.container in found:
            assert FOUND_BY[one.trace] in found[one.container], one
    ever = set().union(*found.values())
    assert {"R4", "R6", "E7", "T5", "T4R", "S5", "I1", "I1R", "I2", "I3", "I4"} <= ever


def test_honest_boxes_are_left_alone_mostly(lived):
    _, book, found = lived
    loaded = {one.container for one in book.cases}
    clean = [names for box, names in found.items() if box not in loaded]
    assert len(clean) > 100
    for name, most in (("R6", 0.03), ("T5", 0.03), ("I1R", 0.03), ("T4R", 0.03), ("I4", 0.05), ("E7", 0.01)):
        assert sum(name in names for names in clean) <= most * len(clean), name


def test_every_decision_is_made_again_to_the_byte(lived):
    node, _, _ = lived
    made = rederiving.sample(EVE, 200, node)
    assert (made.different, made.not_kept) == (0, 0), made.faults
    assert made.equal > 150


def test_low_values_and_shared_addresses_are_found_in_manifests_alone(tmp_path):
    book = TruthBook()
    with a_node(tmp_path, at=Moment(START - 40 * DAY)) as node:
        coming = generate(5, 14, 0.2, start=START, uplift=40.0, book=book, underway=True)
        arrivals.take_in(BOB, [(one.name, BytesIO(one.body)) for one in coming if one.kind == "cuscar"], node)
        names = {stay.container: set() for stay in book.stays}
        for box, told in names.items():
            for made in node.store.assessments.of(f"{box}-1"):
                told |= {one["indicator"] for one in json.loads(made.body)["fired"]}
    shown = {(one.trace, one.container) for one in book.underway}
    for trace, indicator in (("low-value", "C5"), ("mailbox", "P5")):
        assert any(indicator in told and (trace, box) in shown for box, told in names.items()), indicator
        assert sum(indicator in told for told in names.values()) < 0.01 * len(names), indicator
