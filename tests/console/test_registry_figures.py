"""Figures side by side, published figures counted again, tables handed in and their questions answered."""

from tests.cli.test_registry_figures import FIGURES, SOURCES
from tests.console.browsing import Client
from tests.console.conftest import Port
from tests.desk.test_registry_import import HEAD

ASKED = {"area": "antwerp", "start": "2024-01-01", "end": "2024-12-31", "measure": "seized"}


def test_claims_are_kept_and_laid_side_by_side(ada: Client) -> None:
    assert "No figures of documents are kept yet" in ada.get("/registry/figures").text
    for name, text in (("a.csv", SOURCES), ("b.csv", FIGURES)):
        assert ada.post("/registry/claims", files={"file": (name, text.encode(), "text/csv")}).status_code == 303
    page = ada.get("/registry/figures").text
    for word in ("1.7", "2.9", "contradicts", "one source alone", "Nobody else says anything"):
        assert word in page
    assert "Ghent" in ada.get("/registry/claims.csv").text
    assert ada.post("/registry/claims", data={}).status_code == 422


def test_a_figure_is_counted_published_and_counted_again(ada: Client) -> None:
    query = "&".join(f"{name}={value}" for name, value in ASKED.items())
    page = ada.get(f"/registry/figures?{query}").text
    assert "The period is not over" in page
    assert ada.post("/registry/figures", data={**ASKED, "document": "bulletin 7"}).status_code == 303
    assert "bulletin 7" in ada.get("/registry/figures").text
    assert ada.post("/registry/figures", data={**ASKED, "document": "x", "area": "moon"}).status_code == 422


def test_a_table_is_taken_in_and_its_question_answered(port: Port, ada: Client, bo: Client) -> None:
    body = HEAD + "2024-02-03;BEANR;cocaine;8000;kg;;;;customs;in one backpack;R3\n"
    where = ada.post("/registry/import", files={"file": ("s.csv", body.encode(), "text/csv")}).headers["location"]
    page = ada.get(where).text
    assert "grams typed as kilos" in page
    assert "s.csv" in bo.get("/registry/import").text
    said = {"row": "2", "answer": "as-told", "unit": "g", "net": "", "place": ""}
    assert ada.post(where, data=said).status_code == 303
    assert [row.grams for row in port.node.store.registry.rows(0, 1 << 60) if row.place == "BEANR" and row.grams == 8000] == [8000]
    assert "recorded" in ada.get(where).text
    assert ada.post(where, data={**said, "row": "x"}).status_code == 422
    assert ada.post("/registry/import", data={}).status_code == 422
