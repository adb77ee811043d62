from tests.desk.port import NOW, rules

from vigie.desk.standing import shipped_version, standing, versions_of
from vigie.risk import RuleKind, RuleStep, RuleVersion, State, indicator_of
from vigie.store import open_store
from vigie.terms import Moment, OfficerId

ANN = OfficerId("ann")


def a_model(state):
    return RuleVersion(RuleKind.MODEL, "m", 1, "h", b"{}", ANN, NOW, state, "", "", Moment(0))


def test_without_an_officers_step_what_was_shipped_stands():
    with open_store("sqlite://", None) as store:
        found = standing(rules().shipped, store.rules, NOW)
    assert found.live == rules().shipped.in_force(NOW)
    assert (found.shadow, found.models, found.thresholds, found.until) == ((), (), b"", None)


def test_a_shipped_version_reads_as_its_file_says():
    for one in rules().shipped.indicators:
        told = shipped_version(one)
        assert (indicator_of(told.body), told.state, told.shipped) == (one, State.LIVE, True)


def test_a_shipped_indicator_is_retired_by_a_step_alone_and_a_live_model_stands():
    with open_store("sqlite://", None) as store:
        store.rules.step(RuleStep(RuleKind.INDICATOR, "C7", 1, "retire", State.RETIRED, ANN, NOW, "no use"), State.LIVE)
        store.rules.add(a_model(State.LIVE))
        found = standing(rules().shipped, store.rules, NOW)
        assert "C7" not in {one.id for one in found.live}
        assert [one.id for one in found.models] == ["m"]
        assert versions_of(rules().shipped, store.rules, "C7")["C7", 1].state is State.RETIRED


def test_a_body_that_cannot_be_read_is_not_in_force():
    with open_store("sqlite://", None) as store:
        bad = RuleVersion(RuleKind.INDICATOR, "Z1", 1, "h", b"strange", ANN, NOW, State.LIVE, "", "", Moment(0))
        store.rules.add(bad)
        assert "Z1" not in {one.id for one in standing(rules().shipped, store.rules, NOW).known}
