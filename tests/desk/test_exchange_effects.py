"""What a partner tells marks the boxes it speaks of, once, and unmarks them when it is taken back."""

import pytest
from tests.desk.federated import BE, NL, a_marking, carry, exchange, federate
from tests.desk.port import ANN, BOB, BOX, NOW, VISIT, a_consignment, manifest, take_in, told, trail
from tests.desk.test_exchange_holding import END, SUE

from vigie.desk import arrivals, rederiving
from vigie.desk import exchange as desk
from vigie.desk import exchange_holding as holding
from vigie.desk.exchange_bundles import outgoing
from vigie.desk.exchange_effects import CLOSEST, marks_of, standing_thing
from vigie.desk.exchange_receiving import look
from vigie.desk.exchange_receiving import take_in as take_stick
from vigie.desk.today import today
from vigie.desk.views import ArrivalsQuery
from vigie.exchange import Box, Concealment, Desk, Movement, Seizure
from vigie.node import FixedClock
from vigie.terms import DAY, EntryKind, Handling, Moment
from vigie.tracking import PartnerMark

SAW = Movement(BOX, "left the row at night", "NLRTM", NOW, "no order for it")
METHOD = Concealment("rip-on in the reefer", "bags behind the evaporator", "evaporator", "0803")
LOOK = Box(BOX, reason="same shipper as our find")
FOUND = Seizure("bananas", NOW, "NLRTM", "cocaine", container=BOX)


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path, NL, BE)
    take_in(made[BE], manifest())
    yield made
    for node in made.values():
        node.close()


def from_nl(**said):
    return a_marking(NL, nodes=(BE,), **said)


def tell(nodes, thing, **said):
    sent = desk.send(ANN, thing, from_nl(**said), nodes[NL])
    arrive(nodes)
    return sent.id


def arrive(nodes):
    exchange(nodes, NL, BE)
    settle(nodes[BE])


def settle(node):
    node.settle([one.id for one in node.store.inbox.take(100)])


def mark(node):
    noted = node.store.visits.get([VISIT])[VISIT].visit.partner
    return noted.mark if noted else None


def fired(node):
    return {one.indicator for one in told(node).explanation.reasons} & {"X1", "X2", "X3", "X4"}


def score(node):
    return arrivals.page(BOB, ArrivalsQuery(), node).rows[0].score_milli


@pytest.mark.parametrize(("thing", "indicator", "counted"), [
    (SAW, "X1", PartnerMark(movements=1)), (LOOK, "X2", PartnerMark(requests=1)),
    (METHOD, "X3", PartnerMark(methods=1)), (FOUND, "X4", PartnerMark(seizures=1)),
], ids=["movement", "request", "method", "seizure"])  # fmt: skip
def test_what_is_told_raises_the_score_and_what_is_taken_back_lowers_it(nodes, thing, indicator, counted):
    node = nodes[BE]
    before = score(node)
    id = tell(nodes, thing)
    assert (mark(node), fired(node)) == (counted, {indicator})
    assert score(node) > before
    desk.retract(ANN, id, "another box", nodes[NL])
    arrive(nodes)
    assert (mark(node), fired(node), score(node)) == (PartnerMark(), set(), before)
    assert rederiving.sample(BOB, 100, node).different == 0


def test_the_same_batch_again_marks_nothing_twice(nodes):
    desk.send(ANN, SAW, from_nl(), nodes[NL])
    raw = outgoing(BE, nodes[NL])
    for _ in range(3):
        take_stick(BOB, raw, nodes[BE])
    marks = [one for one in nodes[BE].store.log.of(VISIT) if one.kind is EntryKind.MARK]
    assert len(marks) == 1
    assert fired(nodes[BE]) == {"X1"}


def test_told_taken_back_and_told_again_in_one_moment(nodes):
    first = tell(nodes, SAW)
    desk.retract(ANN, first, "wrong", nodes[NL])
    arrive(nodes)
    tell(nodes, SAW)
    assert mark(nodes[BE]) == PartnerMark(movements=1)


def test_a_box_that_is_announced_later_meets_what_was_told(nodes):
    other = "MSCU1234566"
    tell(nodes, Movement(other, "seen twice", "NLRTM", NOW, "two places"))
    tell(nodes, METHOD)
    take_in(nodes[BE], manifest(a_consignment("XYZ9", other), number=2))
    settle(nodes[BE])
    (kept,) = nodes[BE].store.visits.of_containers([other])[other]
    assert kept.visit.partner.mark == PartnerMark(movements=1, methods=1)


@pytest.mark.parametrize("said", [
    {"tlp": Handling.RED}, {"desks": (Desk.POLICE,)},
], ids=["closer than the indicators", "not for targeting"])  # fmt: skip
def test_what_not_all_may_know_raises_nothing(nodes, said):
    tell(nodes, SAW, **said)
    assert (mark(nodes[BE]), fired(nodes[BE])) == (None, set())
    assert CLOSEST < Handling.RED


def test_what_this_node_told_itself_raises_nothing(nodes):
    desk.send(ANN, SAW, a_marking(BE, nodes=(NL,)), nodes[BE])
    visit = nodes[BE].store.visits.get([VISIT])[VISIT].visit
    assert marks_of([visit], nodes[BE]) == {VISIT: PartnerMark()}


def test_its_time_runs_out_without_any_partner(nodes):
    tell(nodes, SAW)
    nodes[BE].clock = FixedClock(Moment(NOW + 31 * DAY))
    assert look(nodes[BE]) == 1
    settle(nodes[BE])
    assert mark(nodes[BE]) == PartnerMark()


def test_what_a_hold_keeps_counts_no_more(nodes):
    id = tell(nodes, SAW)
    holding.ask_hold(BOB, id, "court", "BE-7", "art. 9", END, nodes[BE])
    holding.confirm_hold(SUE, id, nodes[BE])
    desk.retract(ANN, id, "wrong", nodes[NL])
    arrive(nodes)
    assert mark(nodes[BE]) == PartnerMark()
    assert standing_thing(id, nodes[BE]) is None


def test_officers_are_told_once(nodes):
    tell(nodes, LOOK)
    carry(nodes, NL, BE)
    settle(nodes[BE])
    codes = [one.code for one in today(ANN, nodes[BE]).notices]
    assert codes == ["partner-asked"]
    assert BOX in today(ANN, nodes[BE]).notices[0].text
    assert trail(nodes[BE], act="receive-exchange") == []


def test_goods_are_met_by_heading_only_where_they_begin_alike(nodes):
    tell(nodes, Concealment("a", "b", "c", "0804"))
    assert mark(nodes[BE]) is None
    tell(nodes, Concealment("a", "b", "c", "bananas"))
    assert mark(nodes[BE]) is None
