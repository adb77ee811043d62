import json

import pytest
from tests.desk.port import ANN, BOB, BOX, IAN, VISIT, an_officer, manifest, take_in, told

from vigie.desk import selection
from vigie.desk.ordering import FORMS, laid_out
from vigie.desk.writing import ORDERS
from vigie.terms import BadRequest, Conflict, Handling, NotForYou, Purpose


@pytest.fixture
def sent(node):
    take_in(node, manifest())
    (one,) = selection.order(ANN, [VISIT], "hold", node)
    return one


def test_an_order_holds_the_box_and_waits_in_the_outbox(node, sent):
    assert (sent.kind, sent.container, sent.acknowledged) == ("hold", BOX, None)
    assert told(node).row.status == "held"
    (job,) = node.store.outbox.claim(ORDERS, 10, 1, node.now())
    assert {name.rpartition(".")[2] for name, _ in laid_out(job.body)} == {"csv", "edi", "json"}


@pytest.mark.parametrize("form", FORMS)
def test_an_order_leaves_the_house_in_every_form_and_never_says_why(form, node, sent):
    body, media, name = selection.export(ANN, [sent.id], form, node)
    assert BOX.encode() in body
    assert b"reason" not in body.lower()
    assert media
    assert sent.id in name


def test_a_dcsa_event_is_what_terminals_read(node, sent):
    body, _, _ = selection.export(ANN, sent.id, "dcsa", node)
    assert "CUSS" in json.dumps(json.loads(body))


def test_what_is_not_for_an_officer_is_not_exported(node, sent):
    low = an_officer("low", clearance=Handling.CLEAR)
    for wanted in ([sent.id], ["none"], [sent.id, "none"]):
        with pytest.raises(NotForYou):
            selection.export(low if wanted == [sent.id] else ANN, wanted, "csv", node)
    assert selection.orders(low, node) == ()
    with pytest.raises(BadRequest):
        selection.export(ANN, [], "csv", node)


def test_a_terminal_confirms_once(node, sent):
    selection.acknowledge(IAN, sent.id, "gate 7", node, Purpose.INSPECTION)
    (shown,) = selection.orders(ANN, node)
    assert (shown.acknowledged_by, shown.acknowledged is not None) == ("gate 7", True)
    assert selection.orders(ANN, node, waiting_only=True) == ()
    with pytest.raises(Conflict):
        selection.acknowledge(ANN, sent.id, "gate 8", node)
    with pytest.raises(NotForYou):
        selection.acknowledge(ANN, "none", "gate 8", node)
    assert "acknowledged" in [entry.code for entry in told(node).timeline]


def test_a_release_needs_a_supervisor(node, sent):
    with pytest.raises(NotForYou):
        selection.order(ANN, [VISIT], "release", node)
    selection.order(BOB, [VISIT], "release", node)
    assert told(node).row.status == "released"


@pytest.mark.parametrize(("visits", "kind"), [([], "hold"), ([VISIT], "burn")])
def test_orders_that_cannot_be(visits, kind, node):
    with pytest.raises(BadRequest):
        selection.order(ANN, visits, kind, node)
