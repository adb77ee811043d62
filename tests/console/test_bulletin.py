"""Bulletins: chosen, looked at, taken along; every number leads to rows of the register."""

import html
import re

import pytest
from tests.console.browsing import Client
from tests.console.conftest import ADA, Port
from tests.registry.recorded import a_report

from vigie.desk import registry
from vigie.terms import DAY, Moment, datetime_of


@pytest.fixture(scope="module")
def year(port: Port) -> int:
    """Two seizures of these days; gives their year."""
    at = Moment(port.node.now() - 2 * DAY)
    for grams in (1_200_000, 8_000):
        registry.record(ADA, a_report(at, grams), port.node)
    return datetime_of(at).year


def test_an_empty_period_says_so(ada: Client, year: int) -> None:
    page = ada.get(f"/registry/bulletins?year={year - 3}")
    assert page.status_code == 200
    assert "no findings of this substance" in page.text
    assert "/file?" not in page.text


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "2 constatations"), ("nl", "2 vaststellingen"), ("en", "2 findings"), ("pt", "2 deteções"),
     ("es", "2 hallazgos")],
)  # fmt: skip
def test_a_bulletin_is_shown_and_its_numbers_lead_to_the_register(
    ada: Client, year: int, language: str, words: str
) -> None:
    page = ada.get(f"/registry/bulletins?year={year}&language={language}").text
    assert words in page
    assert f"&amp;since={year}-01-01&amp;until={year}-12-31&amp;substance=cocaine&amp;provenance=EC\"" in page
    assert 'href="#s' not in page
    targets = sorted({html.unescape(one) for one in re.findall(r'href="(/registry\?[^"]+)"', page)})
    assert {"lot=0", "lot=3"} <= {one.rpartition("&")[2] for one in targets}
    for target in targets:
        assert "/registry/seizures/S" in ada.get(target).text, target
    assert f'lang="{language}"' in page
    assert "<style" not in page
    assert ' style="' not in page


def test_it_is_taken_along_as_a_file(ada: Client, year: int) -> None:
    page = ada.get(f"/registry/bulletins?year={year}&language=fr&area=antwerp").text
    assert f"/registry/bulletins/file?year={year}&amp;language=fr&amp;area=antwerp&amp;form=docx" in page
    answer = ada.get(f"/registry/bulletins/file?year={year}&language=fr&form=pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("query", ["year=now", "half=9", "as_of=soon", "area=atlantis"])
def test_what_has_no_meaning_is_told(ada: Client, query: str) -> None:
    assert ada.get(f"/registry/bulletins?{query}").status_code == 422


def test_who_may_not_sees_no_bulletin(bo: Client, year: int) -> None:
    assert bo.get(f"/registry/bulletins?year={year}").status_code == 404


def test_the_rows_behind_a_number_are_shown(ada: Client, year: int) -> None:
    page = ada.get(f"/registry?since={year}-01-01&until={year}-12-31&substance=cocaine&provenance=EC")
    assert page.status_code == 200
    assert page.text.count("data-row") >= 2
    assert ada.get(f"/registry?since={year}-01-01&until={year}-12-31&substance=heroin").text.count("data-row") == 0
