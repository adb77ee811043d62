"""The list: whole, in order, paged by key, and what is done to many boxes at once."""

import csv
import gzip
import io
import re

import pytest
from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.console.arrivals import plain_cell
from vigie.desk import arrivals as desk
from vigie.desk.views import ArrivalsQuery

BOX = re.compile(r'<a class="id" href="/arrivals/([A-Z0-9-]+)">')
MOST_PAGE_BYTES = 8_000  # of 25,000 for the list with script and style, see test_console.py


def boxes(page: str) -> list[str]:
    return BOX.findall(page)


def test_the_list_shows_fifty_boxes_and_says_how_many_there_are(port: Port, ada: Client) -> None:
    page = ada.get("/arrivals").text
    listed = desk.page(ADA, ArrivalsQuery(), port.node)
    assert boxes(page) == [row.visit for row in listed.rows]
    assert len(boxes(page)) == 50
    assert f"Rows: {listed.total:,}" in page


def test_the_page_is_light(ada: Client) -> None:
    assert len(gzip.compress(ada.get("/arrivals").content, 9)) <= MOST_PAGE_BYTES


def test_the_pages_of_a_list_hold_each_box_once(ada: Client) -> None:
    seen: list[str] = []
    where = "/arrivals?sort=due&order=up&limit=200"
    while where:
        page = ada.get(where).text
        seen += boxes(page)
        following = re.search(r'id="more".*?href="([^"]+)"', page, re.DOTALL)
        where = following.group(1).replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen))
    assert len(seen) > 200


@pytest.mark.parametrize("sort", sorted(set(desk.SORTS)))
def test_every_order_has_an_answer(ada: Client, sort: str) -> None:
    assert ada.get(f"/arrivals?sort={sort}&order=up").status_code == 200


def test_an_order_nobody_knows_is_the_usual_one(ada: Client) -> None:
    assert boxes(ada.get("/arrivals?sort=nonsense").text) == boxes(ada.get("/arrivals").text)


def test_a_fragment_is_only_the_list_and_more_rows_are_only_rows(ada: Client) -> None:
    part = {"hx-request": "true", "hx-request-type": "partial"}
    the_list = ada.get("/arrivals", headers=part | {"hx-target": "section#list"}).text
    assert "<html" not in the_list
    assert 'id="list"' in the_list
    rows = ada.get("/arrivals", headers=part | {"hx-target": "tr#more"}).text
    assert "<section" not in rows
    assert rows.strip().startswith("<tr")


def test_filters_narrow_the_list(port: Port, ada: Client) -> None:
    row = desk.page(ADA, ArrivalsQuery(), port.node).rows[7]
    assert boxes(ada.get(f"/arrivals?text={row.container}").text) == [row.visit]
    assert set(boxes(ada.get(f"/arrivals?loading={row.loading}&hs2={row.hs2}").text)) >= set()
    assert "No box matches" in ada.get("/arrivals?text=ZZZZ").text


def test_the_whole_list_leaves_as_a_table(port: Port, ada: Client) -> None:
    answer = ada.get("/arrivals.csv?statuses=new")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == desk.page(ADA, ArrivalsQuery(statuses=("new",)), port.node).total
    assert {row["status"] for row in rows} == {"new"}
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-cmd", "'-cmd"), (-350, "-350"), ("MSC", "MSC"), (None, ""), ("+1", "'+1")],
)
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert plain_cell(value) == cell


def test_a_bulk_act_says_what_it_did_and_how_to_take_it_back(port: Port, ada: Client) -> None:
    visits = [row.visit for row in desk.page(ADA, ArrivalsQuery(), port.node).rows[:3]]
    answer = ada.post("/arrivals/bulk", data={"act": "claim", "visit": visits, "back": "/arrivals?hs2=08"})
    assert answer.headers["location"] == "/arrivals?hs2=08"
    page = ada.get("/arrivals?claimed=me").text
    assert set(boxes(page)) == set(visits)
    assert "Taken into your queue: 3" in page
    assert "Taken into your queue" not in ada.get("/arrivals").text
    ada.post("/arrivals/bulk", data={"act": "unclaim", "visit": visits})
    assert boxes(ada.get("/arrivals?claimed=me").text) == []


@pytest.mark.parametrize("form", [{"act": "explode", "visit": ["X"]}, {"act": "claim"}, {"act": "select", "visit": ["A-1"]}])
def test_a_bulk_act_without_sense_is_refused(ada: Client, form: dict[str, object]) -> None:
    assert ada.post("/arrivals/bulk", data=form).status_code == 422


def test_a_view_is_kept_under_its_name_and_forgotten(ada: Client) -> None:
    ada.post("/arrivals/views", data={"name": "Bananas", "query": "hs2=08&reefer=yes&sort=due&order=up"})
    page = ada.get("/arrivals").text
    assert "View saved: Bananas" in page
    assert 'href="/arrivals?hs2=08&amp;reefer=yes&amp;sort=due&amp;order=up">Bananas</a>' in page
    ada.post("/arrivals/views/drop", data={"name": "Bananas"})
    assert ">Bananas</a>" not in ada.get("/arrivals").text
    assert ada.post("/arrivals/views", data={"name": ""}).status_code == 422


def test_an_inspector_is_not_offered_to_decide(bo: Client) -> None:
    page = bo.get("/arrivals").text
    assert 'value="claim"' in page
    assert 'value="select"' not in page
    assert 'value="release"' not in page
