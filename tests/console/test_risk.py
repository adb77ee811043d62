"""Watch lists from their opening to their end."""


from tests.console.browsing import Client
from tests.console.conftest import ADA, Port

from vigie.desk import arrivals
from vigie.desk.views import ArrivalsQuery

FORM = {"name": "Bananas <Q4>", "reason": "case 114", "expires": "2024-12-31", "handling": "2", "effect": "weighted",
        "weight": "1,5"}  # fmt: skip


def opened(ada: Client) -> str:
    answer = ada.post("/risk/watchlists", data=FORM)
    assert answer.status_code == 303
    return answer.headers["location"]


def test_a_list_has_an_owner_a_reason_and_an_end(port: Port, ada: Client) -> None:
    where = opened(ada)
    page = ada.get(where).text
    for told in ("Bananas &lt;Q4&gt;", "case 114", "ada", "TLP:AMBER", "+1.50"):
        assert told in page
    assert "Bananas &lt;Q4&gt;" in ada.get("/risk/watchlists").text


def test_a_list_without_sense_is_refused(ada: Client) -> None:
    for wrong in ({"expires": "soon"}, {"effect": "maybe"}, {"handling": "9"}, {"weight": "much"}, {"expires": "2020-01-01"}):
        assert ada.post("/risk/watchlists", data=FORM | wrong).status_code == 422


def test_what_a_list_meets_is_watched_and_taking_it_off_can_be_undone(port: Port, ada: Client) -> None:
    where = opened(ada)
    row = arrivals.page(ADA, ArrivalsQuery(sort="container", descending=False), port.node).rows[0]
    ada.post(f"{where}/entries", data={"kind": "container", "term": row.container, "note": "seen"})
    assert "watched" in ada.get(f"/arrivals/{row.visit}").text
    ada.post(f"{where}/entries/remove", data={"kind": "container", "term": row.container, "note": "seen"})
    page = ada.get(where).text
    assert "Removed" in page
    assert f'action="{where}/entries"' in page
    ada.post(f"/arrivals/{row.visit}/watch", data={"list": where.rpartition("/")[2], "note": "again"})
    assert row.container in ada.get(where).text


def test_a_table_is_imported_and_its_bad_rows_are_named(port: Port, ada: Client) -> None:
    where = opened(ada)
    table = "kind,value,note\ncontainer,MSCU1234566,ok\nplanet,Mars,\nseal,0000,\nvessel,IMAGINARY SAM1,\n"
    answer = ada.post(f"{where}/csv", files={"file": ("list.csv", table.encode(), "text/csv")})
    assert answer.status_code == 200
    assert "Imported: 2. Rows not imported: 2." in answer.text
    assert "Row 3" in answer.text
    assert "Row 4" in answer.text
    assert ada.post(f"{where}/csv", files={"file": ("list.csv", b"", "text/csv")}).status_code == 422


def test_an_ended_list_can_only_be_read(ada: Client) -> None:
    where = opened(ada)
    assert ada.post(f"{where}/expire").status_code == 303
    page = ada.get(where).text
    assert "ended" in page
    assert f'action="{where}/entries"' not in page


def test_an_inspector_may_not_change_lists(bo: Client) -> None:
    assert bo.post("/risk/watchlists", data=FORM).status_code == 404
