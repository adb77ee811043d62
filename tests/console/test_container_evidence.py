"""The evidence of a reason: named and written for people, and tied to the timeline."""

import pytest
from tests.console.conftest import ADA, Port

from vigie.console.container_evidence import evidence_of
from vigie.desk import arrivals
from vigie.desk.views import ArrivalsQuery, ReasonView
from vigie.risk import load_catalogue
from vigie.terms import Language

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("language", list(Language))
def test_every_fact_of_every_reason_has_a_name_and_a_place(port: Port, language: Language) -> None:
    tied = 0
    for row in arrivals.page(ADA, ArrivalsQuery(limit=20), port.node).rows:
        view = arrivals.container(ADA, row.visit, port.node)
        assert view.explanation is not None
        shown = {entry.hlc for entry in view.timeline}
        for reason in view.explanation.reasons:
            facts = evidence_of(reason, view.visit, shown, CATALOGUE, language)
            assert len(facts) == len(reason.evidence)
            assert all(fact.name and fact.value and fact.name not in reason.evidence for fact in facts)
            assert all(set(fact.entries) <= shown for fact in facts)
            tied += sum(1 for fact in facts if fact.entries)
    assert tied


def test_a_reason_of_a_forgotten_version_is_told_as_it_was_kept(port: Port) -> None:
    visit = arrivals.container(ADA, arrivals.page(ADA, ArrivalsQuery(), port.node).rows[0].visit, port.node).visit
    old = ReasonView("GONE", 1, "route", 10, "GONE", {"something_old": 3})
    (fact,) = evidence_of(old, visit, set(), CATALOGUE, "fr")
    assert (fact.name, fact.value, fact.entries) == ("something_old", "3", ())
