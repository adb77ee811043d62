"""What is written is read again as the same indicator."""

import json
import tomllib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.risk import BadIndicator, load_catalogue, read_indicator
from vigie.risk.columns_row import KINDS
from vigie.risk.writing import fields_of, indicator_of, write_fields, write_indicator, write_json
from vigie.terms import Moment

CATALOGUE = load_catalogue()
DAY_US = 86_400_000_000


@pytest.mark.parametrize("one", CATALOGUE.indicators, ids=lambda one: one.id)
def test_every_shipped_indicator_survives_its_file(one):
    text = write_indicator(one)
    assert read_indicator(text.encode(), KINDS) == indicator_of(text.encode()) == one


def test_percent_owner_weight_and_end_are_written():
    one = CATALOGUE.get("C7")
    more = msgspec.structs.replace(one, percent=30, owner="team", valid_until=Moment(one.valid_from + 10 * DAY_US),
                                   weight=msgspec.structs.replace(one.weight, milli=one.weight.low + 7))  # fmt: skip
    told = tomllib.loads(write_indicator(more))
    assert (told["percent"], told["owner"], told["weight"]["milli"]) == (30, "team", more.weight.milli)
    assert indicator_of(write_indicator(more).encode()) == more


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.booleans(), st.integers(-9, 9), st.text(max_size=20)), max_size=4))
def test_any_text_survives(values):
    values = {key: value for key, value in values.items() if not any(0xD800 <= ord(c) < 0xE000 for c in key + str(value))}
    assert tomllib.loads(write_fields({"row": [values, {}], "table": values})) == {"row": [values, {}], "table": values}


def test_json_holds_the_tree():
    told = json.loads(write_json(CATALOGUE.get("C7")))
    assert told["expression"] == ["and", ["=", {"column": "seals"}, 0], ["=", {"column": "empty"}, False]]
    assert told["text"] == "seals = 0 and empty = false"


@pytest.mark.parametrize("body", [b"\xff", b"x = ", b"id = 'X'"])
def test_what_this_release_cannot_read_is_told(body):
    with pytest.raises(BadIndicator):
        indicator_of(body)
    with pytest.raises(BadIndicator):
        write_fields({"x": object()})
    assert fields_of(CATALOGUE.get("C7"))["weight"]["grade"] == "weak"
