"""Figures of the register are counted again as of any entry; claims never change it."""

import pytest
from tests.desk.port import ADA, ANN, BOB, NOW, trail
from tests.desk.test_registry import STA, a_report

from vigie.desk import registry, registry_figures
from vigie.terms import DAY, BadRequest, Handling, NotForYou, NotFound

YEAR = {"area": "belgium", "start": "2026-01-01", "end": "2026-12-31"}


def test_a_published_figure_is_the_same_for_ever(node):
    registry.record(ANN, a_report(), node)
    made = registry_figures.publish(BOB, node, document="bulletin", **YEAR)
    assert (made.value, made.unit, made.status) == ("1000", "kg", "provisional")
    registry.record(ANN, a_report(5_000_000, at=NOW - 2 * DAY), node)
    assert registry_figures.figure(BOB, node, **YEAR).value == "6000"
    ((claim, again),) = registry_figures.recomputed(BOB, node)
    assert (claim.value, again.value, again.as_of) == ("1000", "1000", claim.as_of)
    assert registry_figures.published(BOB, claim.id, node).value == "1000"
    with pytest.raises(NotFound):
        registry_figures.published(BOB, 3, node)


def test_a_figure_counts_its_scope_alone_and_says_what_is_open(node):
    registry.record(ANN, a_report(), node)
    registry.record(ANN, a_report(500_000, "police", is_closed=False, scope="airport"), node)
    registry.record(BOB, a_report(7_000_000, handling=Handling.RED), node)
    counted = [
        registry_figures.figure(ANN, node, **YEAR, measure=measure, service=service, way=way).value
        for measure, service, way in (("findings", "all", "any"), ("seized", "police", "any"), ("seized", "customs", "seaports"),
                                      ("seized", "unsaid", "airports"), ("seized", "unsaid", "containers"))
    ]  # fmt: skip
    assert counted == ["3", "500", "8000", "500", "0"]
    view = registry_figures.figure(ANN, node, **YEAR)
    assert (view.open, view.is_over, view.status, len(view.ids)) == (1, False, "provisional", 2)
    assert registry_figures.figure(ANN, node, **{**YEAR, "area": "rotterdam"}).value == "0"
    past = registry_figures.figure(ANN, node, area="antwerp", start="2025-01-01", end="2025-12-31")
    assert (past.status, past.is_over) == ("final", True)


@pytest.mark.parametrize("wrong", [
    {"area": "atlantis"}, {"area": "eu"}, {"measure": "wishes"}, {"service": "navy"}, {"way": "moon"}, {"start": "soon"}, {"end": "2025-01-01"},
])  # fmt: skip
def test_words_outside_the_vocabulary_are_refused_with_their_field(node, wrong):
    with pytest.raises(BadRequest) as fault:
        registry_figures.figure(ANN, node, **{**YEAR, **wrong})
    assert fault.value.facts["field"] == next(iter(wrong))


def test_claims_are_kept_once_and_laid_side_by_side(node):
    head = "place,scope,period_start,period_end,drug,measure,value,unit,source_title,publisher,source_date\n"
    table = head + "Ghent,port,2020-01-01,2020-12-31,cocaine,seized,1.7,t,x,P,2021\nGhent,port,soon,,cocaine,seized,1,t,,,\n"
    assert [one.code for one in registry_figures.keep_tables(BOB, [("o.csv", table)], node)[1]] == ["claim-cell"]
    assert registry_figures.keep_tables(BOB, [("again.csv", table)], node)[0] == 0
    registry_figures.keep_tables(BOB, [("p.csv", "place,year,measure,value,unit,document\nGent,2020,seized,1.7,t,press\n")], node)
    view = registry_figures.side_by_side(STA, node)
    assert [(one.status, one.value) for one in view.checks] == [("reproduced", "1.7")]
    assert (len(registry_figures.claims(STA, node)), node.store.registry.count()) == (2, 0)
    assert registry_figures.check_tables([("o.csv", table)], "fr").claims == 1


def test_who_may_not_tell_or_see_figures_is_refused_and_that_is_kept(node):
    with pytest.raises(NotForYou):
        registry_figures.publish(STA, node, document="x", **YEAR)
    with pytest.raises(NotForYou):
        registry_figures.side_by_side(ADA, node)
    assert registry_figures.figure(STA, node, **YEAR).value == "0"
    assert [one.outcome for one in trail(node)] == ["done", "refused", "refused"]
    with pytest.raises(BadRequest):
        registry_figures.publish(BOB, node, document=" ", **YEAR)
