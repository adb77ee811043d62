import pytest
from tests.desk.federated import BE, BR, NL, a_marking, agreed, federate
from tests.desk.port import ADA, ANN, NOW, trail
from tests.exchange.told import THINGS

from vigie.desk import exchange as telling
from vigie.desk import exchange_taxii as desk
from vigie.exchange import ExchangeRefused, Match, read_named
from vigie.node import FixedClock
from vigie.terms import DAY, BadRequest, Handling, Moment, NotForYou, Purpose


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


def tell(nodes, count=1, to=(NL,), **said):
    return [telling.send(ANN, THINGS[place % 2], a_marking(nodes=to, **said), nodes[BE]).id for place in range(count)]


def outward(partner, nodes):
    return next(one for one in desk.collections(partner, nodes[BE]) if not one.inward)


def test_a_token_is_shown_once_and_ends(nodes):
    node = nodes[BE]
    token = desk.give_token(ADA, NL, node, days=2)
    assert desk.holder(token, node) == desk.holder(token, node, NL) == NL
    assert token not in repr(node.store.db.rows("SELECT * FROM exchange_token"))
    assert [(one.partner, one.officer, one.ends) for one in desk.tokens(ADA, node)] == [(NL, "ada", NOW + 2 * DAY)]
    for wrong in ((token, BR), ("guess", ""), ("", "")):
        with pytest.raises(ExchangeRefused):
            desk.holder(wrong[0], node, wrong[1])
    assert [one.subject for one in trail(node, act="receive-exchange")] == ["exchange taxii"] * 3
    node.clock = FixedClock(Moment(NOW + 2 * DAY))
    with pytest.raises(ExchangeRefused):
        desk.holder(token, node)


def test_only_an_administrator_gives_and_withdraws_tokens(nodes):
    for act in (lambda: desk.give_token(ANN, NL, nodes[BE]), lambda: desk.withdraw_tokens(ANN, NL, nodes[BE]),
                lambda: desk.tokens(ANN, nodes[BE])):  # fmt: skip
        with pytest.raises(NotForYou):
            act()
    for days in (0, 366):
        with pytest.raises(BadRequest):
            desk.give_token(ADA, NL, nodes[BE], days)
    for partner in (BE, "nobody"):
        with pytest.raises(ExchangeRefused):
            desk.give_token(ADA, partner, nodes[BE])
    desk.give_token(ADA, NL, nodes[BE])
    assert desk.withdraw_tokens(ADA, NL, nodes[BE]) == 1


def test_there_is_a_collection_for_each_purpose_that_was_agreed_on(tmp_path):
    nodes = federate(tmp_path, BE, NL, agreements=[agreed(BE, NL, purposes=(Purpose.TARGETING, Purpose.INSPECTION))])
    found = desk.collections(NL, nodes[BE])
    assert [(one.purpose, one.inward) for one in found] == [(Purpose.TARGETING, False), (Purpose.INSPECTION, False)]
    assert len(desk.roots(NL, nodes[BE])) == 1
    tell(nodes)
    assert desk.page(NL, found[0], nodes[BE]).objects
    assert desk.page(NL, found[1], nodes[BE]).objects == ()
    for node in nodes.values():
        node.close()


def test_pages_follow_each_other_without_a_gap_or_a_double(nodes):
    for place in range(12):
        nodes[BE].clock = FixedClock(Moment(NOW + place * 400))
        tell(nodes)
    whole = desk.page(NL, outward(NL, nodes), nodes[BE]).objects
    for limit in (1, 2, 5, 24):
        after, found = "", []
        while True:
            page = desk.page(NL, outward(NL, nodes), nodes[BE], after=after, limit=limit)
            found += page.objects
            if not page.more:
                break
            following = desk.page(NL, outward(NL, nodes), nodes[BE], after=page.after, limit=1).objects
            assert following[0].added // 1000 != page.objects[-1].added // 1000
            after = page.after
        assert tuple(found) == whole
    for one in whole:  # whoever asks from a moment on gets what is later, and a client that cuts it loses nothing
        rest = desk.page(NL, outward(NL, nodes), nodes[BE], added_after=one.added).objects
        assert rest == tuple(other for other in whole if other.added > one.added)
        cut = desk.page(NL, outward(NL, nodes), nodes[BE], added_after=one.added // 1000 * 1000 - 1).objects
        assert set(cut) >= set(rest)


def test_a_filter_that_passes_few_looks_through_what_is_there(nodes):
    told = tell(nodes, 6)
    page = desk.page(NL, outward(NL, nodes), nodes[BE], match=Match(types=("attack-pattern",)))
    assert [read_named(one.raw).id for one in page.objects] == told[::2]
    assert desk.page(NL, outward(NL, nodes), nodes[BE], match=Match(ids=(told[1],))).objects
    with pytest.raises(ExchangeRefused):
        desk.page(NL, outward(NL, nodes), nodes[BE], after="x")


def test_nobody_polls_what_is_for_another_or_may_not_go_any_more(nodes):
    tell(nodes, 2, (NL,))
    tell(nodes, 1, (NL, BR), tlp=Handling.AMBER, retain_until=Moment(NOW + 5 * DAY))
    assert len(desk.page(BR, outward(BR, nodes), nodes[BE]).objects) < len(
        desk.page(NL, outward(NL, nodes), nodes[BE]).objects
    )
    nodes[BE].clock = FixedClock(Moment(NOW + 6 * DAY))
    assert desk.page(BR, outward(BR, nodes), nodes[BE]).objects == ()


def test_a_poll_that_brings_something_is_written_down_and_an_empty_one_is_not(nodes):
    before = len(trail(nodes[BE], act="send-exchange"))
    desk.page(NL, outward(NL, nodes), nodes[BE])
    tell(nodes)
    found = desk.page(NL, outward(NL, nodes), nodes[BE])
    desk.page(NL, outward(NL, nodes), nodes[BE], added_after=found.objects[-1].added)
    told = [one.facts for one in trail(nodes[BE], act="send-exchange")]
    assert len(told) == before + 2
    assert {"step": "polled", "objects": len(found.objects), "agreement": f"{BE}-{NL}"} in told


def test_nothing_is_polled_from_a_collection_that_is_pushed_to(nodes):
    inward = next(one for one in desk.collections(NL, nodes[BE]) if one.inward)
    assert desk.page(NL, inward, nodes[BE]).objects == ()
