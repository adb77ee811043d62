from datetime import date

import pytest
from tests.ports.test_priorities import a_priority

from vigie.ports import seminar_report
from vigie.registry import Table, csv_of, html_of
from vigie.terms import Texts

DAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("language", "title", "lead"),
    [
        ("fr", "Conclusions et priorités", "Priorités : 2 ; échéance dépassée : 1."),
        ("nl", "Conclusies en prioriteiten", "Prioriteiten: 2; over datum: 1."),
        ("en", "Conclusions and priorities", "Priorities: 2; overdue: 1."),
        ("pt", "Conclusões e prioridades", "Prioridades: 2; fora do prazo: 1."),
        ("es", "Conclusiones y prioridades", "Prioridades: 2; fuera de plazo: 1."),
    ],
)
def test_the_report_counts_and_tells_each_with_its_history(language, title, lead):
    made = seminar_report([a_priority("follow"), a_priority("finish")], DAY, language)
    assert (made.title, made.blocks[0].parts[0].text) == (title, lead)
    overview = next(one for one in made.blocks if isinstance(one, Table))
    assert [row[1].value for row in overview.rows] == [0, 1, 1, 0]
    page = html_of(made)
    assert page.count("Scan small lots too") == 4
    assert "so it was" in page
    assert ",priorities," in csv_of(made)


def test_what_is_simulated_says_so_and_a_seminar_has_its_own_title():
    made = seminar_report([a_priority()], DAY, "en", title="Seminar of Ghent", is_simulated=True)
    assert made.title == "Seminar of Ghent"
    assert made.marks[0].startswith("SIMULATED")


def test_every_text_has_five_languages():
    for code, told in Texts.load("vigie.ports.texts", "priorities").table.items():
        assert set(told) == {"fr", "nl", "en", "pt", "es"}, code
