from vigie.cli import speech
from vigie.cli.operator import OPERATOR, opened
from vigie.desk import officers
from vigie.terms import OfficerId


def test_the_operator_speaks_the_language_of_the_terminal(terminal, monkeypatch):
    monkeypatch.setenv("VIGIE_LANGUAGE", "pt")
    speech.language.cache_clear()
    with opened() as (node, officer):
        assert (officer.id, officer.language) == (OPERATOR.id, "pt")
        assert officers.everyone(officer, node) == ()
    with opened() as (node, officer):
        assert [one.entry.officer for one in node.store.trail.page(None, 10)] == [OfficerId("operator")]
