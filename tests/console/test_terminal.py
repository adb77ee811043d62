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


@pytest.mark.parametrize("path", sorted(path for path, _ in LOOKS if path not in OPEN))
def test_every_other_page_is_refused_alike(pia, port, path):
    visit = port.node.store.db.one("SELECT container, segment FROM visit WHERE gone = 0 ORDER BY score_milli DESC LIMIT 1")
    name = f"{visit[0]}-{visit[1]}"
    told = pia.get(path.replace("{visit}", name).replace("{part:int}", "1").replace("{name}", "P1").replace("{list}", "x").replace("{key}", "0" * 16))
    empty = {"/search", "/risk/compare"}  # forms that were asked nothing
    assert told.status_code in {403, 404, 422} or (path in empty and told.status_code == 200), (path, told.status_code)
    assert visit[0] not in told.text.replace(name, "")


def test_an_operator_hears_nothing_live(pia):
    assert pia.get("/events").status_code == 204
