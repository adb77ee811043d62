"""What officers are told of a log with two pasts, and what it has no effect on; how it is found is in tests/nodes."""

import pytest
from tests.desk.federated import BE, NL
from tests.desk.port import ADA, ANN, NOW, trail
from tests.desk.test_exchange_effects import SAW, fired, mark, nodes, settle, tell  # noqa: F401 - nodes is a fixture

from vigie.desk import exchange_split as desk
from vigie.desk.exchange_node import signer
from vigie.exchange import View, sign_head
from vigie.terms import NotForYou
from vigie.tracking import PartnerMark


def another_past(nodes):  # noqa: F811 - the fixture
    """A head of the size that Belgium knows, with another root, as Brazil might show it."""
    size = nodes[BE].store.exchange.last(NL).size
    return sign_head(NL, size, b"\7" * 32, NOW, signer(nodes[NL]))


def test_what_a_doubted_log_told_raises_nothing_until_it_is_believed_again(nodes):  # noqa: F811 - the fixture
    node = nodes[BE]
    tell(nodes, SAW)
    assert (mark(node), fired(node)) == (PartnerMark(movements=1), {"X1"})
    assert desk.shown(another_past(nodes), "br-gateway", node)
    settle(node)
    assert (mark(node), fired(node)) == (PartnerMark(), set())
    desk.shown(another_past(nodes), "br-gateway", node)  # again: nothing new
    lines = [one for one in trail(node, act="receive-exchange") if one.facts.get("by")]
    assert [(one.subject, one.facts["why"]) for one in lines] == [("exchange nl-customs", "exchange-split-view")]
    found = desk.believe(ADA, NL, "asked them: restored twice", node)
    settle(node)
    assert (mark(node), fired(node)) == (PartnerMark(movements=1), {"X1"})
    assert [(one.partner, one.shown_by) for one in found] == [(NL, "br-gateway")]
    assert trail(node, act="change-federation")[0].facts["reason"] == "asked them: restored twice"
    assert [one.state for one in node.store.exchange.views.of(NL)] == [View.PAST]


def test_an_officer_without_the_right_believes_nobody_again(nodes):  # noqa: F811
    tell(nodes, SAW)
    desk.shown(another_past(nodes), "br-gateway", nodes[BE])
    with pytest.raises(NotForYou):
        desk.believe(ANN, NL, "I do", nodes[BE])
    assert [one.partner for one in desk.doubted(nodes[BE])] == [NL]
