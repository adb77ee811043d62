import re

import pytest
from tests.console.browsing import browse
from tests.console.conftest import signed_in
from tests.desk.read import CAT, IDA, a_room

from vigie.app.web import create_app


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node, _ = a_room(tmp_path_factory.mktemp("room") / "home")
    yield node, create_app(node)
    node.__exit__(None, None, None)


@pytest.fixture
def cat(room):
    with browse(room[1]) as client:
        client.cookies.set("vigie", signed_in(room[0], CAT))
        yield client


def test_a_quiz_is_asked_revealed_and_counted(cat):
    assert "You have answered no picture yet" in cat.get("/scanning/train").text
    where = cat.post("/scanning/train").headers["location"]
    asked = cat.get(where).text
    assert "never a decision, never leaves this node" in asked
    assert "counts as missed" not in asked
    frame = cat.get(re.search(r'data-high="([^"]+)"', asked).group(1))
    assert frame.headers["cache-control"] == "private, no-store"
    began = re.search(r'name="began" value="(\d+)"', asked).group(1)
    assert cat.post(where, data={"verdict": "none", "began": began}).headers["location"] == where
    told = cat.get(where).text
    assert any(word in told for word in ("missed", "right: there is none"))
    assert "Did it look real?" in told
    assert cat.post(where, data={"real": "yes"}).status_code == 303
    assert "Did it look real?" not in cat.get(where).text
    assert cat.post(where, data={"verdict": "perhaps"}).status_code == 422
    record = cat.get("/scanning/train").text
    assert "d′" in record
    assert "95" in record
    assert "1 / 1" in record
    assert cat.get("/scanning/train/none/0").status_code == 404


def test_an_inspector_trains_too_and_sees_nobody_elses_record(room):
    with browse(room[1]) as ida:
        ida.cookies.set("vigie", signed_in(room[0], IDA))
        assert "You have answered no picture yet" in ida.get("/scanning/train").text
