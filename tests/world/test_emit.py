"""What the world sends is read by the front door of arrivals, with only the doubts that were planted."""

import io
from collections import Counter

import pytest

from vigie.arrivals import Consignment, Movement, read, split
from vigie.inspections import COLUMNS, ReportedOutcome, read_outcomes
from vigie.terms import DAY, OfficerId
from vigie.world import START, TruthBook, generate
from vigie.world.traces import TRACES
from vigie.world.typologies import TYPOLOGIES

PLANTED = {"edifact-unt-count", "edifact-placeholder-seal", "edifact-number-check-digit", "xml-container-number"}
ALL_KINDS = {"cuscar", "ics2", "cc315a", "vermas", "dcsa", "baplie", "ais", "coarri", "iftsta", "codeco", "controls"}


@pytest.fixture(scope="module")
def world():
    book = TruthBook()
    return list(generate(11, 7, 0.1, uplift=80.0, book=book)), book


def rows(emission):
    for part in split(io.BytesIO(emission.body)):
        yield from read(part).rows


def test_all_kinds_come_in_time_order_under_names_of_their_own(world):
    emissions, _ = world
    assert {emission.kind for emission in emissions} == ALL_KINDS
    assert [emission.at for emission in emissions] == sorted(emission.at for emission in emissions)
    assert len({emission.name for emission in emissions}) == len(emissions)


def test_every_file_is_read_with_only_the_planted_doubts(world):
    doubts, told = Counter(), Counter()
    for emission in world[0]:
        if emission.kind != "controls":
            for part in split(io.BytesIO(emission.body)):
                reading = read(part)
                doubts.update(doubt.code for doubt in reading.doubts)
                told[emission.kind] += len(reading.rows)
    assert doubts.keys() <= PLANTED
    assert doubts["edifact-unt-count"] > 0
    assert min(told.values()) > 0
    assert told.keys() == ALL_KINDS - {"controls"}


def test_no_message_tells_the_truth(world):
    emissions, book = world
    assert len(book.cases) > 30
    words = {one.id for one in TYPOLOGIES} | set(TRACES) | {"typology", "planted", "truth", "trace", "uplift"}
    messages = [emission.body.decode("latin-1").lower() for emission in emissions if emission.kind != "controls"]
    assert [word for word in words if any(word in text for text in messages)] == []


def test_everything_says_that_it_is_simulated(world):
    for emission in world[0]:
        assert b"SIMULATED" in emission.body or emission.body.count(b"\n") == 1  # a table without rows has its header


def test_the_same_seed_gives_the_same_bytes(world):
    again = list(generate(11, 7, 0.1, uplift=80.0))
    assert again == world[0]
    assert list(generate(12, 7, 0.1, uplift=80.0)) != world[0]


def test_labels_exist_only_where_a_control_looked(world):
    emissions, book = world
    reported = [
        outcome for emission in emissions if emission.kind == "controls"
        for outcome in read_outcomes(emission.body.decode().splitlines(), OfficerId("simulated"))
    ]
    assert all(isinstance(one, ReportedOutcome) for one in reported)
    assert len(reported) == len(book.controls)
    looked = {(one.container, one.outcome.at) for one in reported}
    assert looked == {(one.container, one.at) for one in book.controls}
    missed = [case for case in book.cases if not case.looked]
    assert missed
    late = {one.container for one in book.controls if one.why == "late"}
    unlabelled = {case.container for case in missed} - late
    assert not unlabelled & {one.container for one in reported if one.outcome.found == "cocaine"}
    assert {name for emission in emissions if emission.kind == "controls"
            for name in emission.body.decode().splitlines()[0].split(",")} == set(COLUMNS)


def test_a_box_is_announced_landed_and_gone(world):
    announced, landed, gone = set(), set(), set()
    for emission in world[0]:
        if emission.kind in {"cuscar", "coarri", "codeco"}:
            for row in rows(emission):
                if isinstance(row, Consignment):
                    announced.update(box.number for box in row.equipment)
                elif isinstance(row, Movement):
                    (landed if row.code == "DISC" else gone if row.code == "GTOT" else set()).add(row.container)
    assert len(announced & landed & gone) / len(announced) > 0.99


def test_a_compact_past_tells_manifests_controls_and_gate_outs_only():
    kinds = {emission.kind for emission in generate(3, 7, 0.05, compact_until=START + 60 * DAY)}
    assert kinds == {"cuscar", "controls", "codeco"}


def test_amendments_name_another_consignee_or_masses(world):
    functions = Counter(row.function for emission in world[0] if emission.kind == "cuscar" for row in rows(emission))
    assert functions["amendment"] > 0
    assert functions["original"] > 10 * functions["amendment"]
