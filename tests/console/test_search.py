"""Search: what is exact opens at once, one typing error is forgiven, nothing found is said."""

from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.desk import arrivals
from vigie.desk.views import ArrivalsQuery


def test_an_exact_container_opens_at_once(port: Port, ada: Client) -> None:
    row = arrivals.page(ADA, ArrivalsQuery(), port.node).rows[0]
    answer = ada.get(f"/search?q={row.container.lower()}")
    if answer.status_code == 303:
        assert answer.headers["location"] == f"/arrivals/{row.visit}"
    else:
        assert f"/arrivals/{row.visit}" in answer.text


def test_one_typing_error_is_forgiven(port: Port, ada: Client) -> None:
    row = arrivals.page(ADA, ArrivalsQuery(), port.node).rows[0]
    wrong = row.container[:-2] + ("0" if row.container[-2] != "0" else "1") + row.container[-1]
    page = ada.get(f"/search?q={wrong}").text
    assert row.container in page
    assert "similar" in page


def test_a_ship_is_found_by_its_name(port: Port, ada: Client) -> None:
    row = next(one for one in arrivals.page(ADA, ArrivalsQuery(), port.node).rows if one.vessel)
    assert row.vessel in ada.get("/search", params={"q": row.vessel}).text


def test_nothing_found_is_said(ada: Client) -> None:
    assert "Nothing found for" in ada.get("/search?q=QQQQQQQQ").text
    assert ada.get("/search").status_code == 200
