import pytest
from tests.console.browsing import browse
from tests.console.conftest import signed_in

from vigie.console.site import LOOKS
from vigie.desk import officers
from vigie.terms import Handling, Officer, OfficerId, Purpose, Role

PIA = Officer(
    OfficerId("pia"), "Pia Terminal", (Role.PORT,), Handling.CLEAR, (Purpose.INSPECTION,), ("BEANR",), "nl", terminals=("SIMANR1",)
)
OPEN = {"/terminal", "/help", "/", "/tracking/gate", "/ports/figures"}


@pytest.fixture(scope="module")
def pia(port):
    officers.add(None, PIA, port.node)
    with browse(port.app, cookies={"vigie": signed_in(port.node, PIA)}) as client:
        yield client


def test_the_page_shows_numbers_and_states_and_no_way_on(pia, port):
    told = pia.get("/terminal")
    assert told.status_code == 200
    for place in ("/arrivals", "/selection", "/risk", "/audit", 'action="/search"'):
        assert place not in told.text
    boxes = port.node.store.db.one("SELECT count(*) FROM visit WHERE gone = 0 AND terminal = 'SIMANR1' AND site = 'BEANR'")[0]
    assert (boxes > 0) == ('class="box"' in told.text)
    assert pia.get("/").headers["location"] == "/terminal"


ASKED = {
    "/tracking/ships.csv": "vessel=EVER", "/selection/orders": "form=csv&order=1", "/search": "q=MSCU",
    "/risk/compare": "draft=C1@2",
}  # fmt: skip
"""Pages that are forms, or tables of what was asked for, are asked something: a question without sense says 422 to everybody."""

NAMES = {"{box}": "inbox", "{part:int}": "1", "{which:int}": "1", "{version:int}": "1", "{name}": "P1", "{kind}": "assess", "{list}": "x", "{key}": "0" * 16, "{right}": "x", "{number}": "{visit}"}


def address(path, visit):
    """A page's address for a box that is there."""
    for name, value in NAMES.items():
        path = path.replace(name, value)
    asked = ASKED.get(path, "")
    return path.replace("{visit}", visit) + (f"?{asked}" if asked else "")


@pytest.mark.parametrize("path", sorted(path for path, _ in LOOKS if path not in OPEN))
def test_every_other_page_is_refused_alike(pia, port, path):
    visit = port.node.store.db.one("SELECT container, segment FROM visit WHERE gone = 0 ORDER BY score_milli DESC LIMIT 1")
    name = f"{visit[0]}-{visit[1]}"
    told = pia.get(address(path, name))
    assert told.status_code == 404, path
    assert visit[0] not in told.text.replace(name, "")


@pytest.mark.parametrize("path", ["/search"])
def test_a_form_that_was_asked_nothing_shows_nothing(pia, port, path):
    told = pia.get(path)
    assert told.status_code == 200
    boxes = {row[0] for row in port.node.store.db.rows("SELECT container FROM visit")}
    assert not [box for box in boxes if box in told.text]


def test_an_operator_hears_nothing_live(pia):
    assert pia.get("/events").status_code == 204
