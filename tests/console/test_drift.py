import pytest
from tests.console.conftest import ADA

from vigie.desk import drift as desk
from vigie.desk import errands


def test_the_page_tells_what_is_proven_in_every_part(ada):
    told = ada.get("/risk/drift")
    assert told.status_code == 200
    for anchor in ("h-proof", "h-share", "h-volumes"):
        assert f'id="{anchor}"' in told.text
    assert "29,956" in told.text


@pytest.mark.parametrize(("asked", "shown"), [("one_in=1000&level=0.95", "2,995"), ("one_in=nothing", "above 1"), ("one_in=0", "above 1")])
def test_the_calculator_answers_or_says_what_it_wants(ada, asked, shown):
    assert shown in ada.get(f"/risk/drift?{asked}").text


@pytest.fixture(scope="module")
def whole(port):
    """The decision table is up to date: figures to take along are not given of a part of it."""
    errands.bring_up(ADA, port.node, wait=True)


@pytest.mark.parametrize("table", desk.TABLES)
def test_tables_go_along(whole, ada, table):
    told = ada.get(f"/risk/drift.csv?table={table}")
    assert told.headers["content-type"].startswith("text/csv")
    assert told.text.count("\n") >= 1


def test_a_share_is_proposed(ada):
    assert ada.post("/risk/drift/share", data={"permille": "150", "reason": "not proven"}).status_code == 303
    assert ada.post("/risk/drift/share", data={"permille": "lots", "reason": "not proven"}).status_code == 422


def test_who_has_no_need_is_refused(bo):
    assert bo.get("/risk/drift").status_code in {403, 404}
