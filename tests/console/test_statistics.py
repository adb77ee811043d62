import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.console.conftest import ADA
from tests.registry.recorded import a_report

from vigie.desk import registry
from vigie.desk import statistics as desk
from vigie.terms import read_moment


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


def test_what_the_figures_say_is_offered_as_a_priority(port, ada):
    registry.record(ADA, a_report(read_moment("2022-06-02T00:00:00Z")), port.node)
    told = ada.get("/trends/statistics?first=2022-05&last=2022-06&place=BEANR").text
    asked = parse_qs(urlsplit(html.unescape(re.search(r'href="(/ports/priorities[?][^"]+)"', told)[1])).query)
    assert asked["source"] == ["/trends/statistics?first=2022-05&last=2022-06&place=BEANR"]
    assert f"<p>{html.escape(asked['finding'][0])}</p>" in told
