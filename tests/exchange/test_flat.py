import csv
from io import StringIO
from uuid import UUID

import pytest
from tests.exchange.told import BOX, PAIRS
from tests.exchange.values import a_marking, an_id

from vigie.exchange.flat import COLUMNS, misp_event, write_table
from vigie.exchange.things import Box, Decision


@pytest.mark.parametrize(("thing", "kind"), PAIRS, ids=[kind for _, kind in PAIRS])
def test_a_misp_event_loses_nothing_that_a_thing_says(thing, kind):
    event = misp_event(an_id(7, kind), thing, a_marking())["Event"]
    assert UUID(event["uuid"]).version == 4
    told = {one["comment"] for one in event["Attribute"]}
    assert told == {name for name in thing.__struct_fields__ if getattr(thing, name) not in (None, "", ())}
    assert {"name": "tlp:amber"} in event["Tag"]
    assert all(one["type"] in {"text", "sha256"} and one["value"] for one in event["Attribute"])


def test_a_table_has_a_line_for_each():
    rows = [(an_id(place, kind), 1, thing, a_marking()) for place, (thing, kind) in enumerate(PAIRS)]
    lines = list(csv.DictReader(StringIO(write_table(rows))))
    assert [line["thing"] for line in lines] == [type(thing).__name__ for thing, _ in PAIRS]
    assert tuple(lines[0]) == COLUMNS
    assert lines[4]["container"] == BOX


def test_no_cell_is_a_formula():
    told = write_table([(an_id(), 1, Decision("=cmd|' /C calc'!A0", "x", "@sum", 0), a_marking(case="+1"))])
    row = next(csv.DictReader(StringIO(told)))
    assert row["name"].startswith("'=")
    assert row["case"] == "'+1"
    assert "=" not in write_table([(an_id(), 1, Box(BOX), a_marking())])
