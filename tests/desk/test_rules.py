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


def test_what_one_node_changes_another_that_shares_its_rules_does_not(node):
    from tests.desk.test_indicators import fields, live

    live(node, fields())
    assert "Z1" in {one.id for one in node.rules.policy.indicators}
    assert "Z1" not in {one.id for one in rules().policy.indicators}
    assert node.rules.own().policy is node.rules.policy


def test_a_kept_policy_compiles_to_the_rules_that_decided(node):
    import msgspec

    from vigie.desk.rules import CompiledRules
    from vigie.risk import Policy

    take_in(node, manifest())
    kept = node.store.visits.get([VISIT])[VISIT]
    made = node.store.assessments.latest([VISIT])[VISIT]
    policy = msgspec.json.decode(node.store.rules.policy(made.policy), type=Policy)
    again = CompiledRules.from_policy(policy, node.rules.shipped)
    assert again.policy == node.rules.policy
    assert again.assess(kept.visit, made.features, made.hlc, ()) == node.rules.assess(kept.visit, made.features, made.hlc, ())
    assert CompiledRules.from_packed(node.rules.packed()).policy.hash == made.policy


def test_nothing_is_compiled_again_while_nothing_changes(node):
    node.rules.refresh(node)
    compiled = node.rules._is
    assert node.rules.refresh(node) is False
    assert node.rules._is is compiled
