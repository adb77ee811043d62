"""The plan: made, explained, ordered, confirmed, printed; sealed before and verified after."""

import re

import pytest
from tests.console.browsing import Client
from tests.console.conftest import SITE, Port

from vigie.console.selection import read_scanners
from vigie.terms import BadRequest

DAY = {"site": SITE, "day": "2024-03-05"}
WHERE = f"/selection?site={SITE}&day=2024-03-05"


@pytest.fixture(scope="module")
def planned(port: Port) -> str:
    from tests.console.browsing import browse

    with browse(port.app) as client:
        client.cookies.set("vigie", port.ada)
        client.post("/selection/commit", data=DAY)
        answer = client.post("/selection/make", data=DAY)
        assert answer.status_code == 303
        return client.get(WHERE).text


def test_a_plan_says_who_and_why_and_how_likely(planned: str) -> None:
    assert re.search(r"Capacity used: \d+ of 18", planned)
    assert len(re.findall(r'name="visit" value="[A-Z0-9-]+"', planned)) == 18
    strata = set(re.findall(r'<rect class="fill-(\w+)"', planned))
    # Whether a small shift's random draw is tilted or uniform is up to the day's key, new with every home.
    assert "score" in strata
    assert strata & {"tilted", "uniform"}
    assert "What this capacity misses" in planned
    assert "Not calibrated" in planned


def test_the_seal_stands_on_the_page_before_the_key_does(planned: str) -> None:
    assert re.search(r"Seal</span> <span class=\"id long\">[0-9a-f]{16,}", planned)
    assert "Reveal the key" in planned


def test_orders_are_issued_exported_and_confirmed(planned: str, ada: Client) -> None:
    visits = re.findall(r'name="visit" value="([A-Z0-9-]+)"', planned)[:2]
    assert ada.post("/selection/order", data=DAY | {"kind": "hold", "visit": visits}).status_code == 303
    page = ada.get(WHERE).text
    orders = re.findall(r'name="order" value="([^"]+)" checked', page)
    assert len(orders) >= 2
    for form, begins in (("csv", b""), ("cusres", b"UN"), ("dcsa", b"{")):
        answer = ada.get("/selection/orders", params={"form": form, "order": orders})
        assert answer.status_code == 200
        assert answer.content.lstrip().startswith(begins)
        assert answer.headers["content-disposition"].startswith("attachment")
    ada.post("/selection/acknowledge", data=DAY | {"order": orders[0], "by": "Terminal K869"})
    assert "confirmed by Terminal K869" in ada.get(WHERE).text


def test_an_order_without_sense_is_refused(ada: Client) -> None:
    assert ada.post("/selection/order", data=DAY | {"kind": "sink", "visit": ["A-1"]}).status_code == 422
    assert ada.post("/selection/order", data=DAY | {"kind": "hold"}).status_code == 422
    assert ada.get("/selection/orders?form=csv").status_code == 422


def test_each_scanner_has_its_own_sheet(planned: str, ada: Client) -> None:
    page = ada.get("/selection/print", params=DAY).text
    assert len(re.findall(r'<section class="card page">', page)) == 2
    assert [place in page for place in ("MX-1", "MX-2")] == [True, True]


def test_capacity_is_read_as_people_write_it(ada: Client) -> None:
    assert read_scanners("MX-1: 60, MX-2:40 ") == {"MX-1": 60, "MX-2": 40}
    assert read_scanners("") == {}
    for wrong in ("MX-1", "MX-1: many", ": 3", "MX-1: 999999"):
        with pytest.raises(BadRequest):
            read_scanners(wrong)
    form = {"site": "BEZEE", "day": "2024-03-05", "name": ["late", ""], "start": ["14:00", ""], "hours": ["8", ""],
            "scanners": ["ZX-1: 5", ""]}  # fmt: skip
    assert ada.post("/selection/capacity", data=form).status_code == 303
    assert "ZX-1 5" in ada.get("/selection?site=BEZEE&day=2024-03-05").text


def test_a_day_that_is_none_is_today(ada: Client) -> None:
    assert 'value="2024-03-0' in ada.get(f"/selection?site={SITE}&day=never").text
