import pytest

from vigie.desk import statistics as desk


def test_the_page_tells_findings_and_effort_or_that_there_are_none(ada):
    told = ada.get("/trends/statistics?first=2024-01&last=2024-03")
    assert told.status_code == 200
    assert "2024-01 – 2024-03" in told.text
    assert "Findings come from the register" in told.text or 'id="h-ports"' in told.text


@pytest.mark.parametrize("table", desk.TABLES)
def test_tables_go_along(ada, table):
    told = ada.get(f"/trends/statistics.csv?table={table}")
    assert told.headers["content-type"].startswith("text/csv")
    assert told.text.startswith("name,findings,grams,")


def test_an_unknown_table_is_refused(ada):
    assert ada.get("/trends/statistics.csv?table=all").status_code == 422
