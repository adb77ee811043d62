"""Conclusions: raised, followed, closed, with marks where a date has passed; only who may change sees the forms."""

from tests.console.browsing import Client
from tests.ports.test_priorities import RAISE

LATE = RAISE | {"due": "2024-01-31", "measure": "Count <b>inspections</b>", "source": "/registry/figures"}


def test_a_finding_becomes_a_priority_and_is_followed(ada: Client, bo: Client) -> None:
    assert "No priority has been raised yet" in ada.get("/ports/priorities").text
    offered = ada.get("/ports/priorities?finding=Loads+became+smaller&source=/trends/routes").text
    assert ">Loads became smaller</textarea>" in offered
    assert 'value="/trends/routes"' in offered
    where = ada.post("/ports/priorities", data=LATE).headers["location"]
    page = ada.get(where).text
    assert "is raised" in page
    assert "Count &lt;b&gt;inspections" in page
    assert '<a href="/registry/figures">' in page
    assert '<span class="chip bad">overdue</span>' in page
    assert ada.post(f"{where}/steps", data={"verb": "follow", "note": "asked the ports"}).status_code == 303
    amended = {"verb": "amend", "due": "2030-01-31", "note": ""}
    assert ada.post(f"{where}/steps", data=amended).status_code == 303
    assert "overdue</span>" not in ada.get(where).text
    assert "asked the ports" in bo.get(where).text
    assert "<form" not in bo.get(where).text.partition("</main>")[0].partition("<main")[2]
    assert ada.post(f"{where}/steps", data={"verb": "finish", "note": "done"}).status_code == 303
    assert "Open again" in ada.get(where).text
    assert where in ada.get("/ports/priorities?state=done").text
    assert "No priority is in this state" in ada.get("/ports/priorities?state=overdue").text


def test_the_report_is_handed_out(ada: Client) -> None:
    ada.post("/ports/priorities", data=RAISE)
    answer = ada.get("/ports/priorities/report?form=html&language=nl")
    assert "Conclusies en prioriteiten" in answer.text
    assert answer.headers["content-disposition"].endswith('-nl.html"')


def test_what_is_refused(ada: Client, bo: Client) -> None:
    assert bo.post("/ports/priorities", data=RAISE).status_code == 404
    assert ada.post("/ports/priorities", data=RAISE | {"due": ""}).status_code == 422
    assert ada.post("/ports/priorities/P1999-001/steps", data={"verb": "drop", "note": "gone"}).status_code == 404
    assert ada.post("/ports/priorities/P1999-001/steps", data={"note": "gone"}).status_code == 422


def test_a_source_that_leads_elsewhere_is_no_link(ada: Client) -> None:
    for source in ("//evil.example/x", "javascript:alert(1)", "https://evil.example"):
        where = ada.post("/ports/priorities", data=RAISE | {"source": source}).headers["location"]
        assert f'href="{source}' not in ada.get(where).text
