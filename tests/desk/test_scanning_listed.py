import pytest
from tests.desk.port import BOB as SUPERVISOR
from tests.desk.port import VISIT, an_officer
from tests.desk.scans import a_port, files

from vigie.desk import scanning_intake
from vigie.desk.scanning_listed import ROWS, cards, of_box
from vigie.terms import BadRequest, NotForYou, Role


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    node = a_port(tmp_path_factory.mktemp("listed") / "home")
    node.__enter__()
    for stem, seed, told in (("A", 1, {}), ("B", 2, {"container": ""}), ("C", 3, {"scanner": "MX-2"})):
        scanning_intake.take_in(SUPERVISOR, files(stem, seed, **told), node, archive=False)
    yield node
    node.__exit__(None, None, None)


def test_what_waits_comes_first_and_each_says_what_is_wrong(port):
    view = cards(SUPERVISOR, port)
    assert [one.row.visit for one in view.waits] == [""]
    assert {one.row.visit for one in view.rows} == {VISIT}
    assert all(len(one.faults) == one.row.findings and one.faults[0].text for one in (*view.waits, *view.rows))
    assert (view.after, view.more) == ("", False)
    assert cards(SUPERVISOR, port, state="matched").waits == ()
    alone = cards(SUPERVISOR, port, state="unmatched")
    assert (len(alone.waits), alone.rows) == (1, ())
    assert [one.row.scanner for one in cards(SUPERVISOR, port, scanner="MX-2").rows] == ["MX-2"]


def test_pages_go_on_where_they_ended(port):
    first = cards(SUPERVISOR, port, state="matched")
    last = first.rows[0].row
    rest = cards(SUPERVISOR, port, after=f"{last.received}~{last.id}")
    assert (len(rest.rows), rest.waits) == (len(first.rows) - 1, ())
    assert len(first.rows) < ROWS


def test_the_scans_of_a_box_the_latest_first(port):
    found = of_box(SUPERVISOR, VISIT, port)
    assert len(found) == 2
    assert of_box(an_officer("dee", Role.ADMINISTRATOR), VISIT, port) == ()


def test_who_may_not_and_what_is_no_state(port):
    with pytest.raises(NotForYou):
        cards(an_officer("dee", Role.ADMINISTRATOR), port)
    with pytest.raises(BadRequest):
        cards(SUPERVISOR, port, state="lost")
