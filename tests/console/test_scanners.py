"""The register of scanners: why a machine is off, and the forms for those who may."""

import pytest
from tests.console.browsing import browse
from tests.console.conftest import signed_in
from tests.desk.port import BOB, a_node
from tests.desk.read import CAT

from vigie.app.web import create_app
from vigie.desk import officers

NEW = {"name": "GATE 7/A", "site": "beanr", "energies_mev": "6 4", "row_mm": "5", "column_mm": "4,5", "air": "60000 60000",
       "dark": "0 0", "travel": "doors-first", "active": "yes", "note": "north gate"}  # fmt: skip
PIECES = {"verb": "calibrate", "air": "60000/60000", "days": "0", "organic_g_cm2": "20", "organic_counts": "30000 26500",
          "iron_g_cm2": "40", "iron_counts": "20000 17000", "lead_g_cm2": "30", "lead_counts": "25000 22000"}  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node = a_node(tmp_path_factory.mktemp("register") / "home", simulated=True)
    node.__enter__()
    for officer in (BOB, CAT):
        officers.add(None, officer, node)
    yield node, create_app(node)
    node.__exit__(None, None, None)


@pytest.fixture
def asking(room):
    with browse(room[1]) as client:

        def of(officer):
            client.cookies.set("vigie", signed_in(room[0], officer))
            return client

        yield of


def test_a_scanner_is_kept_calibrated_tested_and_measured(asking):
    bob = asking(BOB)
    assert "No scanner is in the register" in bob.get("/scanning/scanners").text
    where = bob.post("/scanning/scanners", data=NEW | {"name": "GATE-7"}).headers["location"]
    assert where == "/scanning/scanners/GATE-7"
    page = bob.get(where).text
    assert "4.5 × 5" in page
    assert "not calibrated" in page
    assert 'value="measure"' not in page  # nothing to compare with yet
    assert bob.post(where, data=PIECES).status_code == 303
    page = bob.get(where).text
    assert "Nothing measured since" in page
    assert "Ratio R of attenuations" in page
    for high, low in ((20_000, 17_000),) * 3:
        assert bob.post(where, data={"verb": "measure", "high": high, "low": low}).status_code == 303
    page = bob.get(where).text
    assert page.count('class="chart lines"') == 2
    assert "3 measurements" in page
    assert '<span class="chip good">on</span>' in page
    assert bob.post(where, data={"verb": "test", "test": "wire", "value": "2,5", "passed": "no"}).status_code == 303
    told = bob.get("/scanning/scanners").text
    assert "Wire, mm 2.5 · failed" in told
    assert '<span class="chip warn">off</span>' in told


@pytest.mark.parametrize(("path", "wrong"), [
    ("", NEW | {"name": ""}), ("", NEW | {"site": "here"}), ("", NEW | {"row_mm": "wide"}), ("", NEW | {"travel": "up"}),
    ("/GATE-7", PIECES | {"days": "many"}), ("/GATE-7", PIECES | {"lead_counts": "1 2 3"}), ("/GATE-7", {"verb": "sing"}),
    ("/GATE-7", {"verb": "test", "test": "wire", "value": "2", "passed": ""}),
])  # fmt: skip
def test_what_cannot_be_is_refused(asking, path, wrong):
    bob = asking(BOB)
    bob.post("/scanning/scanners", data=NEW | {"name": "GATE-7"})
    assert bob.post(f"/scanning/scanners{path}", data=wrong).status_code == 422


def test_who_may_not_change_it_sees_it_without_forms(asking):
    asking(BOB).post("/scanning/scanners", data=NEW | {"name": "GATE-8"})
    cat = asking(CAT)
    page = cat.get("/scanning/scanners/GATE-8").text
    assert 'name="verb"' not in page
    assert "north gate" in page
    assert cat.post("/scanning/scanners", data=NEW | {"name": "GATE-9"}).status_code == 404
    assert cat.get("/scanning/scanners/NONE").status_code == 404
