"""The closing report tells what was said, in five languages, and that an open operation is not closed."""

from datetime import date

import pytest
from tests.exchange.test_replies import WORK, W, said
from tests.exchange.values import BE, BR, NL, NOW, a_marking

from vigie.exchange import closing_report, stands
from vigie.registry import html_of

GIVEN = (said(NL, W.ACCEPT), said(NL, W.UNIT, 1, "HARC"), said(NL, W.DONE, 2, "row A", 1), said(BE, W.LOG, 3, "rain"))


def printed(language, *more):
    state = stands(WORK, BE, (NL, BR), (*GIVEN, *more), NOW)
    return html_of(closing_report(WORK, state, a_marking(), language, date(2027, 1, 15), "Test port", is_simulated=True))


@pytest.mark.parametrize(("language", "heading", "open_one", "step"), [
    ("en", "Tasks", "not closed", "has done task 1: row A"), ("fr", "Tâches", "pas close", "a terminé la tâche 1"),
    ("nl", "Taken", "niet afgesloten", "heeft taak 1 klaar"), ("es", "Tareas", "no está cerrada", "ha terminado la tarea 1"),
    ("pt", "Tarefas", "não está encerrada", "concluiu a tarefa 1"),
])  # fmt: skip
def test_in_every_language(language, heading, open_one, step):
    page = printed(language)
    for text in (heading, open_one, step, "HARC", "rain", "CSQU3054383", "TLP:AMBER", BR):
        assert text in page
    closed = printed(language, said(BE, W.CLOSE, 9, "no find"))
    assert open_one not in closed.lower().replace("log", "")
    assert "no find" in closed


def test_nothing_was_said():
    page = html_of(closing_report(WORK, stands(WORK, BE, (NL,), (), NOW), a_marking(), "en", date(2027, 1, 15), "T"))
    assert "What was said" not in page
    assert "no answer" in page
