"""Seizures as views tell what is told, and nothing of what was erased."""

from tests.desk.port import ANN, BOX, NOW
from tests.desk.test_registry import a_report

from vigie.desk import registry
from vigie.desk.registry_shown import change_of, line_of, report_view
from vigie.terms import Concealment, Detector


def test_codes_stay_codes_and_weights_stay_grams(node):
    told = a_report(container=BOX, concealment=Concealment.DOORS, detector=Detector.DOG, logos=("crown",), provenance="BR")
    made = registry.record(ANN, told, node)
    found = node.store.registry.get(made.line.id)
    line, report = line_of(found), report_view(found.reports[0], leads=True)
    assert (line.grams, line.services, line.countries, line.state) == (1_000_000, ("customs",), ("BE",), "standing")
    assert (report.concealment, report.detector, report.logos, report.leads) == ("behind-doors", "dog", ("crown",), True)
    assert (report.substances[0].net_g, report.substances[0].basis) == (1_000_000, "weighed")


def test_a_step_that_was_erased_has_its_moment_alone(node):
    found = node.store.registry.get(registry.record(ANN, a_report(), node).line.id)
    told = change_of(found, None, found.id)
    assert (told.at, told.verb, told.officer) == (found.changed, "", "")
    assert told.at >= NOW
