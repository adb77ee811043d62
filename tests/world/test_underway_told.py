"""What ports and terminals send of it: plans, choices, yard tables, rights, each read back as it was meant."""

import csv
import io
import json
from collections import Counter

import pytest

from vigie.arrivals import read as read_part
from vigie.arrivals import read_column_map, split
from vigie.tracking import ReleaseTold, compared, fix_of, read_events
from vigie.world import generate
from vigie.world.rows import sailed
from vigie.world.underway_told import AT_ONCE
from vigie.world.written import YARD_MAP


@pytest.fixture(scope="module")
def sent():
    return list(generate(9, 6, 0.05, uplift=120, underway=True))


def of(sent, kind):
    return [one for one in sent if one.kind == kind]


def test_yard_tables_are_read_with_their_column_map(sent):
    columns = read_column_map(YARD_MAP)
    rows = [row for one in of(sent, "yard") for part in split(io.BytesIO(one.body), column_map=columns)
            for row in read_part(part).rows]  # fmt: skip
    lines = sum(len(list(csv.DictReader(io.StringIO(one.body.decode())))) for one in of(sent, "yard"))
    assert len(rows) == lines > 100
    assert {row.code for row in rows} == {"DROP"}
    assert all(row.slot and row.event_id and row.at for row in rows)
    assert any(row.empty for row in rows)


def test_rights_are_events_that_a_node_reads_without_a_doubt(sent):
    told = [event for one in of(sent, "rights") for event in read_events(one.body, "portal")]
    assert all(isinstance(event, ReleaseTold) for event in told)
    assert max(len(json.loads(one.body)) for one in of(sent, "rights")) <= AT_ONCE.value
    states = Counter(event.state.value for event in told)
    assert states["issued"] >= states["picked-up"] > 100
    assert states["refused"]
    assert states["revoked"]
    for right in {event.right for event in told}:
        chain = [event for event in told if event.right == right]
        assert [event.at for event in chain] == sorted({event.at for event in chain}), right
    assert all(event.vehicle for event in told if event.state.value == "presented")


def test_a_restowed_box_stands_in_another_cell_on_the_plan_at_arrival(sent):
    cells = {}
    moved = 0
    for one in of(sent, "baplie"):
        for part in split(io.BytesIO(one.body)):
            for row in read_part(part).rows:
                number, stow = row.equipment.number, row.equipment.stow
                moved += cells.setdefault((number, row.call.voyage), stow) != stow
    assert moved >= 3


def test_a_ship_that_lingered_is_seen_to_and_one_that_did_not_is_not(sent):
    last, lost = {}, Counter()
    for one in of(sent, "ais"):
        for part in split(io.BytesIO(one.body)):
            for row in read_part(part).rows:
                fix = fix_of(row)
                if fix is not None:
                    last[row.mmsi], hours = compared(last.get(row.mmsi), fix)
                    lost[row.mmsi] += hours
    assert any(hours >= 4 for hours in lost.values())
    assert sum(hours > 0 for hours in lost.values()) < len(last)


def test_what_was_lost_is_made_good_by_the_arrival():
    from vigie.terms import DAY, HOUR, Moment
    from vigie.world.chance import stream
    from vigie.world.consignments import voyage_for
    from vigie.world.services import SERVICES

    voyage = voyage_for(SERVICES[0], "BEANR", Moment(20_700 * DAY), stream(1, "v"))
    assert sailed(voyage, Moment(voyage.arrival - DAY)) == voyage.arrival - DAY
    voyage.lingered = Moment(voyage.arrival - 3 * DAY), 6.0
    since = voyage.arrival - 3 * DAY
    assert sailed(voyage, Moment(since + 5 * HOUR)) == since
    assert since < sailed(voyage, Moment(since + 10 * HOUR)) < since + 10 * HOUR
    assert sailed(voyage, Moment(voyage.arrival - 1)) == pytest.approx(voyage.arrival, abs=10)
    assert sailed(voyage, voyage.arrival) == voyage.arrival
