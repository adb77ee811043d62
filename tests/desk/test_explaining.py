import msgspec
from tests.desk.port import ANN, BOB, VISIT, a_consignment, manifest, take_in, told

from vigie.desk import risk
from vigie.desk.explaining import explanation_of
from vigie.terms import DAY, Handling, Moment


def watched(node, handling):
    take_in(node, manifest())
    name = risk.create_watch_list(BOB, "Cold case", "tip", Moment(node.now() + DAY), handling, "mandatory", node)
    risk.watch(BOB, name, [("container", "CSQU3054383", "")], node)


def test_the_sum_adds_up_to_the_score(node):
    watched(node, Handling.AMBER)
    made = told(node, BOB).explanation
    assert made.prior_milli + sum(one.weight_milli for one in made.reasons) + made.caps_milli == made.total_milli
    assert made.mandatory
    assert made.policy == node.rules.policy.hash
    assert all(one.text for one in made.reasons)


def test_a_reason_above_the_clearance_counts_without_its_name(node):
    take_in(node, manifest())
    kept = node.store.visits.get([VISIT])[VISIT]
    assessed = node.store.assessments.latest([VISIT])[VISIT]
    made = msgspec.json.decode(assessed.body)
    assert made["fired"]
    made["fired"][0]["handling"] = int(Handling.RED)
    secret = msgspec.structs.replace(assessed, body=msgspec.json.encode(made))
    shown = explanation_of(secret, kept, ANN, node)
    assert (shown.reasons[0].indicator, shown.reasons[0].text, shown.reasons[0].evidence) == ("", "", {})
    assert shown.reasons[0].weight_milli == explanation_of(secret, kept, BOB, node).reasons[0].weight_milli
    assert explanation_of(secret, kept, BOB, node).reasons[0].indicator


def test_what_could_not_be_judged_is_said(node):
    take_in(node, manifest())
    unknown = told(node).explanation.unknown
    assert unknown
    assert set(unknown) <= {one.id for one in node.rules.policy.indicators}


def test_an_erased_explanation_is_none(node):
    take_in(node, manifest(a_consignment()))
    kept = node.store.visits.get([VISIT])[VISIT]
    assessed = msgspec.structs.replace(node.store.assessments.latest([VISIT])[VISIT], body=None)
    assert explanation_of(assessed, kept, BOB, node) is None
