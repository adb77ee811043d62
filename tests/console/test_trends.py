import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

HEAD = "month,port,route,findings,kg,inspected,scanned,random_scanned"


def table(inspected=True, moved=True):
    """Three years of one large and two small ports; in the last year half of the large one's findings go to Ghent."""
    rows = []
    for month in range(36):
        late = moved and month >= 24
        for port, found in (("BEANR", 5 if late else 12), ("BEGNE", 8 if late else 1), ("BEZEE", 1)):
            rows.append(f"{2022 + month // 12}-{month % 12 + 1:02d},{port},BR,{found},{found * 300},{1000 if inspected else ''},,")
    return "\n".join([HEAD, *rows])


def brought(browser, text):
    return browser.post("/trends/displacement", files={"file": ("counts.csv", text.encode(), "text/csv")})


def test_without_any_count_the_page_says_what_it_needs(ada):
    told = ada.get("/trends/displacement")
    assert told.status_code == 200
    assert "Too few findings to say anything." in told.text
    assert 'name="file"' in told.text


def test_a_table_is_judged_and_its_bad_row_is_named(ada):
    told = brought(ada, table() + "\n2025-13,BEANR,BR,1,1,1,,")
    assert told.status_code == 200
    assert re.search(r'role="alert">\s*Gent \(BEGNE\): its share rose', told.text)
    assert "Row 110" in told.text
    assert "early warning" in told.text
    offered = urlsplit(html.unescape(re.search(r'href="(/ports/priorities[?][^"]+)"', told.text)[1]))
    asked = parse_qs(offered.query)
    assert asked["source"] == ["/trends/displacement · counts.csv"]
    assert asked["finding"][0].startswith("Gent (BEGNE): its share rose")
    form = ada.get(f"/ports/priorities?{offered.query}").text
    assert html.escape(asked["finding"][0], quote=False)[:60] in form
    assert "/trends/displacement · counts.csv" in form


def test_findings_flow_over_the_map_where_their_ends_are_known_and_as_bands_elsewhere(ada):
    told = brought(ada, table())
    lines = json.loads(html.unescape(re.search(r'id="map"[^>]* data-flows="([^"]+)"', told.text)[1]))
    assert {(line["route"], line["port"], line["n"]) for line in lines} == {
        ("BR", "Antwerpen", 60), ("BR", "Gent", 96), ("BR", "Zeebrugge", 12)}  # fmt: skip
    assert "As a table" in told.text
    other = brought(ada, table().replace(",BR,", ",Brazil,")).text
    assert 'id="map"' not in other
    assert "→ Antwerpen (BEANR): 60" in other


def test_months_without_inspections_are_named(ada):
    told = brought(ada, re.sub(r"(2024-0[12],BEZEE,BR,1,300),1000", r"\1,", table())).text
    assert "Zeebrugge (BEZEE): 2024-01 – 2024-02" in told


def test_without_inspections_nothing_is_said_of_displacement(ada):
    told = brought(ada, table(inspected=False))
    assert "Counts only, no statement on displacement." in told.text
    assert "its share rose" not in told.text


def test_a_form_without_a_file_is_refused(ada):
    assert ada.post("/trends/displacement", data={}).status_code == 422


@pytest.mark.parametrize("path", ["/trends/displacement?factor=7", "/trends/statistics?first=soon"])
def test_what_no_list_offers_is_refused(ada, path):
    assert ada.get(path).status_code == 422
