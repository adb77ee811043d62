from tests.desk.port import NOW, VISIT, manifest, rules, take_in

from vigie.terms import Language


def test_the_rules_in_force_name_themselves_in_every_language():
    for one in rules().policy.indicators:
        titles = {rules().title(one.id, language) for language in Language}
        assert all(titles)
        assert one.id not in titles
    assert rules().title("no-such", "en") == "no-such"


def test_a_reason_is_told_with_its_evidence(node):
    take_in(node, manifest())
    kept = node.store.visits.get([VISIT])[VISIT]
    vector = node.store.assessments.latest([VISIT])[VISIT].features
    made = rules().assess(kept.visit, vector, NOW, ())
    assert made.features == ()
    assert all(rules().tell(reason, "nl") for reason in made.fired)
    fired = {reason.indicator for reason in made.fired}
    assert fired.isdisjoint(rules().unknown(kept.visit, vector, NOW, ()))
