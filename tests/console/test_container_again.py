from tests.console.conftest import ADA

from vigie.desk import arrivals
from vigie.desk.views import ArrivalsQuery


def test_a_decision_is_made_again_from_the_page_of_its_box(ada, port):
    visit = arrivals.page(ADA, ArrivalsQuery(), port.node).rows[0].visit
    assert f"/arrivals/{visit}/rederive?at=" in ada.get(f"/arrivals/{visit}").text
    whole = ada.get(f"/arrivals/{visit}/rederive")
    part = ada.get(f"/arrivals/{visit}/rederive", headers={"hx-request": "true", "hx-request-type": "partial"})
    assert "Equal to the byte" in whole.text
    assert "Equal to the byte" in part.text
    assert "<html" not in part.text


def test_it_is_no_inspectors_to_ask(bo, port):
    visit = arrivals.page(ADA, ArrivalsQuery(), port.node).rows[0].visit
    assert bo.get(f"/arrivals/{visit}/rederive").status_code in {403, 404}
    assert f"/arrivals/{visit}/rederive" not in bo.get(f"/arrivals/{visit}").text
