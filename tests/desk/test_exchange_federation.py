import pytest
from tests.desk.federated import BE, HOLDERS, NL, agreed, federate
from tests.desk.port import ADA, ANN, NOW, a_node, trail

from vigie.desk import exchange_federation as desk
from vigie.exchange import ExchangeRefused, Signer
from vigie.node import FixedClock
from vigie.terms import DAY, Moment, NotForYou


@pytest.fixture
def node(tmp_path):
    with a_node(tmp_path) as made:
        yield made


def refused(act, *args):
    with pytest.raises(ExchangeRefused) as told:
        act(*args)
    return told.value.facts["reason"]


def founded(node, name=BE):
    root, empty = desk.found("north sea", HOLDERS, NOW)
    return root, desk.renew(root, empty, HOLDERS[1:], NOW, [desk.card(ADA, name, "Customs", "BE", node)])


def test_a_node_joins_with_its_own_card(node):
    told = desk.take(ADA, *founded(node), node)
    assert (told.name, told.node, told.days_left, told.warn) == ("north sea", BE, 30, False)
    assert desk.show(ADA, node).members == ((BE, "BE", "Customs"),)
    assert [one.act for one in trail(node)].count("change-federation") == 2


def test_its_end_is_told_before_it_comes(node):
    desk.take(ADA, *founded(node), node)
    node.clock = FixedClock(Moment(NOW + 24 * DAY))
    assert desk.show(ADA, node).warn


def test_a_federation_that_does_not_name_this_node_is_not_its_own(node, tmp_path):
    desk.card(ADA, BE, "Customs", "BE", node)
    root, empty = desk.found("north sea", HOLDERS, NOW)
    assert refused(desk.take, ADA, root, empty, node) == "exchange-not-a-member"
    with a_node(tmp_path / "other") as other:
        told = desk.renew(root, empty, HOLDERS, NOW, [desk.card(ADA, BE, "Customs", "BE", other)])
    assert refused(desk.take, ADA, root, told, node) == "exchange-not-a-member"


def test_one_holder_alone_founds_and_renews_nothing(node):
    root, empty = desk.found("north sea", HOLDERS, NOW)
    assert refused(desk.renew, root, empty, HOLDERS[:1], NOW) == "exchange-too-few-signatures"
    assert refused(desk.renew, root, empty, [Signer(bytes(32))] * 2, NOW) == "exchange-too-few-signatures"


def test_an_older_federation_is_not_taken_again(node):
    root, first = founded(node)
    second = desk.renew(root, first, HOLDERS, NOW, agreements=[agreed(BE, NL)])
    desk.take(ADA, root, second, node)
    assert refused(desk.take, ADA, root, first, node) == "exchange-metadata-older"


def test_a_name_is_chosen_once(node):
    desk.card(ADA, BE, "Customs", "BE", node)
    desk.card(ADA, BE, "Customs of Belgium", "BE", node)
    assert refused(desk.card, ADA, NL, "Customs", "NL", node) == "exchange-bad-name"


def test_only_an_administrator_joins(tmp_path):
    nodes = federate(tmp_path, BE)
    with pytest.raises(NotForYou):
        desk.card(ANN, BE, "x", "BE", nodes[BE])
    with pytest.raises(NotForYou):
        desk.take(ANN, b"", b"", nodes[BE])
    nodes[BE].close()
