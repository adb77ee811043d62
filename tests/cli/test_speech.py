import pytest

from vigie.cli import speech
from vigie.terms import Language


@pytest.fixture(autouse=True)
def _forget():
    speech.language.cache_clear()
    yield
    speech.language.cache_clear()


@pytest.mark.parametrize(
    ("env", "spoken"),
    [
        ({"VIGIE_LANGUAGE": "fr"}, Language.FR),
        ({"LC_ALL": "nl_BE.UTF-8"}, Language.NL),
        ({"LANG": "C.UTF-8"}, Language.EN),
        ({"LANG": "pt_BR.UTF-8", "VIGIE_LANGUAGE": "es"}, Language.ES),
        ({"LANG": "de_DE"}, Language.EN),
        ({}, Language.EN),
    ],
)
def test_the_terminal_decides_the_language(monkeypatch, env, spoken):
    for name in ("VIGIE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert speech.language() is spoken


def test_texts_name_their_facts(monkeypatch):
    monkeypatch.setenv("VIGIE_LANGUAGE", "fr")
    assert speech.tell("summary.list", shown=3, total=9) == "3 sur 9"
