"""The story of the exchange, through the desks of three countries: what one learns the others know, and can take back."""

import pytest
from tests.desk.federated import BE, BR, NL, a_marking, agreed, exchange, federate
from tests.desk.port import ANN, BOB, BOX, NOW, VISIT, manifest, take_in, told
from tests.desk.test_exchange_effects import settle

from vigie.desk import exchange as desk
from vigie.desk import exchange_operations, exchange_replies, exchange_things, exchange_training
from vigie.desk.today import today
from vigie.exchange import (
    Box,
    Concealment,
    Decision,
    Desk,
    ExchangeRefused,
    Finding,
    JointOperation,
    Movement,
    Seizure,
    Subjects,
    Training,
)
from vigie.terms import DAY, HOUR, Handling, Moment

HOURS = Moment(NOW - HOUR)
GROUND = "Directive (EU) 2016/680, art. 38"


@pytest.fixture
def nodes(tmp_path):
    beyond = {"third_country": True, "grounds": (GROUND,), "tlp": Handling.AMBER}
    told_so = [agreed(BE, NL), agreed(NL, BE), agreed(BE, BR, **beyond), agreed(NL, BR, **beyond), agreed(BR, BE), agreed(BR, NL)]
    made = federate(tmp_path, agreements=told_so)
    for name in (BE, NL):
        take_in(made[name], manifest())
    yield made
    for node in made.values():
        node.close()


def share(nodes):
    for one in nodes:
        for other in nodes:
            if one != other:
                exchange(nodes, one, other)
    for node in nodes.values():
        settle(node)


def fired(node):
    return {one.indicator for one in told(node).explanation.reasons if one.indicator.startswith("X")}


def tell(nodes, origin, to, thing, **said):
    sent = desk.send(ANN, thing, a_marking(origin, nodes=to, **said), nodes[origin])
    share(nodes)
    return sent.id


def test_what_one_service_learns_the_others_know_and_can_be_made_to_forget(nodes):
    # A method found in Antwerp, a movement seen in Rotterdam, a find in Santos.
    method = tell(nodes, BE, (NL, BR), Concealment("rip-on", "bags behind the evaporator", "evaporator", "0803"))
    assert fired(nodes[NL]) == {"X3"}
    movement = tell(nodes, NL, (BE,), Movement(BOX, "stood open at night", "NLRTM", HOURS, "no order for it"))
    tell(nodes, BR, (BE, NL), Seizure("bags", HOURS, "BRSSZ", "cocaine", 38.0, container=BOX))
    assert fired(nodes[BE]) == {"X1", "X4"}
    assert fired(nodes[NL]) == {"X3", "X4"}
    because = {row.thing: row for row in told(nodes[BE], ANN).because}
    assert (because["movement"].node, because["movement"].place) == (NL, "NLRTM")
    assert {one.code for one in today(ANN, nodes[BE]).notices} == {"partner-told"}

    # What a machine found waits for a second officer before it leaves.
    finding = Finding(movement, "agree", "density behind the wall", "xray-a", "3.1", 0.8)
    draft = desk.send(ANN, finding, a_marking(BE, nodes=(NL,), machine=True), nodes[BE])
    share(nodes)
    assert draft.state == "waits"
    assert "finding" not in {row.thing for row in desk.inbox(ANN, nodes[NL])}
    desk.approve(BOB, f"{draft.id} 1", nodes[BE])
    share(nodes)
    assert "finding" in {row.thing for row in desk.inbox(ANN, nodes[NL])}

    # "Please look at this container", and the answer.
    request = tell(nodes, NL, (BE,), Box(BOX, reason="same shipper"))
    assert "X2" in fired(nodes[BE])
    exchange_replies.reply(ANN, request, "found", "38 kg in the floor", nodes[BE])
    share(nodes)
    assert exchange_replies.requests(ANN, nodes[NL])[0].answers[0].text == "38 kg in the floor"
    assert "X2" not in fired(nodes[BE])

    # It was another box: Rotterdam takes its word back, and says so to who has it.
    desk.retract(ANN, movement, "another box", nodes[NL])
    share(nodes)
    assert fired(nodes[BE]) == {"X4"}
    assert [row.outcome for row in desk.coverage(ANN, movement, nodes[NL])] == ["erased"]
    assert exchange_things.one(ANN, movement, nodes[BE]).fields == ()
    desk.retract(BOB, method, "known for years", nodes[BE])
    share(nodes)
    assert {row.node: row.outcome for row in desk.coverage(ANN, method, nodes[BE])} == {NL: "erased", BR: "erased"}
    assert fired(nodes[NL]) == {"X4"}
    assert nodes[BE].store.visits.get([VISIT])[VISIT].visit.partner.mark.movements == 0


def test_an_operation_a_decision_and_a_training(nodes):
    work = JointOperation("low tide", "two days", ("HARC",), NOW, Moment(NOW + DAY), (BOX,), ("scan", "open"))
    operation = tell(nodes, NL, (BE,), work)
    exchange_operations.step(ANN, operation, "accept", "with two teams", nodes[BE])
    exchange_operations.step(ANN, operation, "done", "nothing in it", nodes[BE], item=1)
    share(nodes)
    view = exchange_operations.show(ANN, operation, nodes[NL])
    assert (view.stage, dict(view.answers), view.tasks[0].state) == ("running", {BE: "accept"}, "done")
    assert exchange_operations.page(ANN, nodes[BR]) == ()
    tell(nodes, NL, (BE, BR), Decision("reefers", "weigh all", "steering group", HOURS, "report"), tlp=Handling.GREEN)
    assert {row.thing for row in desk.inbox(ANN, nodes[BR])} == {"decision"}
    training = tell(nodes, BE, (NL,), Training("reefers", "how", NOW, "nl", 45, "cd" * 32, 9, "application/pdf", "r.pdf"))
    exchange_training.complete(ANN, training, nodes[NL])
    exchange_training.report(ANN, training, "one of us", nodes[NL])
    share(nodes)
    assert exchange_training.page(ANN, nodes[BE])[0].partners == ((NL, 1),)


@pytest.mark.parametrize(("said", "reason"), [
    ({"tlp": Handling.RED}, "exchange-red-to-one"),
    ({"nodes": ()}, "exchange-empty-audience"),
    ({"subjects": Subjects.SUSPECT}, "exchange-third-country"),
    ({"tlp": Handling.AMBER_STRICT, "desks": (Desk.POLICE,)}, "exchange-tlp"),
])  # fmt: skip
def test_what_may_not_leave_for_brazil_does_not(nodes, said, reason):
    marking = a_marking(BE, **({"nodes": (NL, BR)} | said)) if reason != "exchange-empty-audience" else None
    with pytest.raises(ExchangeRefused) as refused:
        desk.send(BOB, Box(BOX), marking or a_marking(BE, nodes=()), nodes[BE])
    assert refused.value.facts["reason"] == reason
    share(nodes)
    assert desk.inbox(BOB, nodes[BR]) == ()
