import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.ports import COLUMNS, Act, ReadEvent, pseudonym, read_access
from vigie.terms import Doubt, read_moment

SECRET = b"s" * 32
LINE = {"at": "2026-03-02T06:00:00Z", "user": "B-0815", "system": "TOS", "act": "look-up", "container": "csqu 305438-3",
        "role": "None", "group": "Planner", "party": "Firm NV"}  # fmt: skip


def table(*rows, mark=","):
    return "\r\n".join([mark.join(COLUMNS), *(mark.join(row.get(name, "") for name in COLUMNS) for row in rows)]) + "\r\n"


@pytest.mark.parametrize(
    "text", [table(LINE), table(LINE, mark=";"), "\ufeff" + table(LINE), json.dumps([LINE]), json.dumps(LINE) + "\n\n"]
)
def test_every_form_gives_one_event(text):
    (one,) = read_access(text, SECRET)
    assert isinstance(one, ReadEvent)
    assert (one.event.at, one.event.act, one.event.container) == (read_moment(LINE["at"]), Act.LOOK, "CSQU3054383")
    assert (one.event.user, one.event.party) == (pseudonym("b-0815", SECRET), pseudonym("firm nv", SECRET, "p"))
    assert (one.event.role, one.event.group, one.event.system) == ("none", "planner", "tos")
    assert (one.who, json.loads(one.raw)["user"]) == ("B-0815", "B-0815")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"at": "2026-03-02T06:00:00"}, "at"),
        ({"at": "yesterday"}, "at"),
        ({"act": "stared"}, "act"),
        ({"user": " "}, "user"),
        ({"container": ""}, "container"),
        ({"act": "badge", "zone": ""}, "zone"),
        ({"system": "x" * 81}, "system"),
    ],
)
def test_a_bad_cell_is_a_doubt_that_names_its_place(change, column):
    first, second = read_access(table(LINE | change, LINE), SECRET)
    assert isinstance(first, Doubt)
    assert (first.code, first.place.segment, first.place.path) == ("access-cell", 2, column)
    assert isinstance(second, ReadEvent)


def test_another_table_is_no_access_log():
    (doubt,) = read_access("container,found\nCSQU3054383,cocaine\n", SECRET)
    assert doubt.code == "access-header"


@pytest.mark.parametrize("text", ["[1, 2", "{\n", '["x"]', "{}x\n", "[" * 5000])
def test_broken_json_is_doubted(text):
    assert [one.code for one in read_access(text, SECRET)] == ["access-json"]


def test_no_pseudonymous_event_holds_the_name():
    (one,) = read_access(table(LINE), SECRET)
    assert "0815" not in repr(one.event)
    assert "firm" not in repr(one.event).lower()


@given(st.text(max_size=200))
def test_any_text_is_read_or_doubted(text):
    assert all(isinstance(one, ReadEvent | Doubt) for one in read_access(f"at,user,act\n{text}", SECRET))
    assert all(isinstance(one, ReadEvent | Doubt) for one in read_access(text, SECRET))
