import msgspec
from tests.desk.port import NOW, VISIT, manifest, take_in

from vigie.desk.policies import Policies


def test_the_policy_in_force_judges_by_the_nodes_own_rules(node):
    assert Policies(node).judge(node.rules.policy.hash) == node.rules.assess


def test_a_policy_of_the_past_is_compiled_once_and_judges_by_itself(node):
    take_in(node, manifest())
    past = msgspec.structs.replace(node.rules.policy, indicators=node.rules.policy.indicators[:1])
    node.store.rules.keep_policy(past.hash, msgspec.json.encode(past), NOW)
    policies = Policies(node)
    judge = policies.judge(past.hash)
    assert policies.judge(past.hash) is judge
    kept = node.store.visits.get([VISIT])[VISIT].visit
    vector = node.store.assessments.latest([VISIT])[VISIT].features
    assert judge(kept, vector, NOW, ()).policy == past.hash


def test_what_is_missing_is_named(node):
    assert Policies(node).judge("feedfacefeedface") == "policy feedfacefeedface"
    node.store.rules.keep_policy("0" * 16, b"{}", NOW)
    assert Policies(node).judge("0" * 16) == "declarations " + "0" * 16
    node.store.rules.keep_policy("1" * 16, msgspec.json.encode(node.rules.policy), NOW)
    assert Policies(node).judge("1" * 16) == "declarations " + "1" * 16
