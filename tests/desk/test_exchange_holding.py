import pytest
from tests.desk.federated import a_marking, carry, exchange, federate
from tests.desk.port import ANN, BOB, NOW, an_officer
from tests.exchange.told import THINGS
from tests.exchange.values import BE, BR, NL

from vigie.desk import exchange as desk
from vigie.desk import exchange_holding as holding
from vigie.desk.exchange_receiving import look
from vigie.exchange import ExchangeRefused, HandlingCode
from vigie.node import FixedClock
from vigie.terms import DAY, BadRequest, Handling, Moment, NotForYou, NotFound, OwnWork, Purpose, Role

END = Moment(NOW + 5 * DAY)
SUE = an_officer("sue", Role.SUPERVISOR, clearance=Handling.RED, purposes=tuple(Purpose))


@pytest.fixture
def nodes(tmp_path):
    made = federate(tmp_path)
    yield made
    for node in made.values():
        node.close()


@pytest.fixture
def told(nodes):
    """Something that Belgium told Rotterdam."""
    sent = desk.send(ANN, THINGS[2], a_marking(), nodes[BE])
    exchange(nodes, BE, NL)
    return sent.id


def body(node, id):
    return next(entry.body for header, entry in node.store.exchange.of(id) if header.kind.value == "put")


def hold(nodes, id):
    holding.ask_hold(BOB, id, "court of Rotterdam", "NL-7", "art. 94 Sv", END, nodes[NL])
    holding.confirm_hold(SUE, id, nodes[NL])


def test_a_hold_keeps_it_the_originator_sees_why_and_lifting_erases_at_once(nodes, told):
    hold(nodes, told)
    desk.retract(ANN, told, "wrong", nodes[BE])
    exchange(nodes, BE, NL)
    answer = desk.coverage(ANN, told, nodes[BE])[0]
    assert (answer.outcome, answer.reason, answer.authority) == ("kept", "NL-7: art. 94 Sv", "court of Rotterdam")
    assert body(nodes[NL], told) is not None
    holding.lift_hold(BOB, told, nodes[NL])
    assert body(nodes[NL], told) is None
    carry(nodes, NL, BE)
    assert {one.outcome for one in desk.coverage(ANN, told, nodes[BE])} == {"erased"}
    with pytest.raises(NotFound):
        holding.lift_hold(BOB, told, nodes[NL])


def test_a_hold_ends_by_itself(nodes, told):
    hold(nodes, told)
    desk.retract(ANN, told, "wrong", nodes[BE])
    exchange(nodes, BE, NL)
    nodes[NL].clock = FixedClock(END)
    assert look(nodes[NL]) == 1
    assert body(nodes[NL], told) is None


def test_a_hold_takes_two_officers(nodes, told):
    with pytest.raises(NotForYou):
        holding.ask_hold(ANN, told, "x", "y", "z", END, nodes[NL], Purpose.TARGETING)
    with pytest.raises(NotFound):
        holding.confirm_hold(SUE, told, nodes[NL])
    holding.ask_hold(BOB, told, "court", "NL-7", "law", END, nodes[NL])
    with pytest.raises(OwnWork):
        holding.confirm_hold(BOB, told, nodes[NL])
    assert desk.drafts(BOB, nodes[NL]) == ()
    with pytest.raises(NotFound):
        desk.approve(BOB, "hold " + told, nodes[NL])
    with pytest.raises(ExchangeRefused):
        holding.ask_hold(BOB, told, "", "NL-7", "law", END, nodes[NL])


def test_what_another_learned_is_passed_on_with_its_grant_alone(nodes, told):
    with pytest.raises(ExchangeRefused) as wrong:
        holding.pass_on(BOB, told, (BR,), nodes[NL])
    assert wrong.value.facts["reason"] in ("exchange-not-releasable-node", "exchange-originator-control")
    holding.ask_release(BOB, told, (BR,), "the sister ship calls there", nodes[NL])
    carry(nodes, NL, BE)
    holding.answer_release(BOB, told, NL, True, END, "agreed", nodes[BE])
    carry(nodes, BE, NL)
    assert holding.pass_on(BOB, told, (BR,), nodes[NL]).to == (BR,)
    carry(nodes, NL, BR)
    row = desk.inbox(BOB, nodes[BR])[0]
    assert (row.id, row.origin, row.originator) == (told, NL, BE)
    desk.retract(ANN, told, "wrong", nodes[BE])
    carry(nodes, BE, NL)
    carry(nodes, NL, BR)
    assert body(nodes[BR], told) is None
    carry(nodes, BR, NL)
    assert [(one.node, one.outcome) for one in desk.coverage(ANN, told, nodes[NL])] == [(BR, "erased")]


def test_a_refusal_is_no_grant(nodes, told):
    holding.ask_release(BOB, told, (BR,), "why not", nodes[NL])
    carry(nodes, NL, BE)
    holding.answer_release(BOB, told, NL, False, END, "not now", nodes[BE])
    carry(nodes, BE, NL)
    with pytest.raises(ExchangeRefused):
        holding.pass_on(BOB, told, (BR,), nodes[NL])


def test_only_the_originator_answers_and_only_what_was_asked(nodes, told):
    with pytest.raises(NotFound):
        holding.answer_release(BOB, told, NL, True, END, "agreed", nodes[BE])
    with pytest.raises(BadRequest):
        holding.ask_release(BOB, told, (BR,), " ", nodes[NL])
    with pytest.raises(NotFound):
        holding.pass_on(BOB, "note--none", (BR,), nodes[NL])


def test_what_is_green_and_free_is_passed_on_to_whom_it_names(nodes):
    marking = a_marking(tlp=Handling.GREEN, nodes=(NL, BR))
    sent = desk.send(ANN, THINGS[0], marking, nodes[BE])
    exchange(nodes, BE, NL)
    holding.pass_on(BOB, sent.id, (BR,), nodes[NL])
    assert carry(nodes, NL, BR).new == 1
    assert carry(nodes, BE, BR).new == 1
    assert len(desk.inbox(BOB, nodes[BR])) == 2


def test_what_needs_two_officers_is_not_passed_on_by_one(nodes):
    sent = desk.send(ANN, THINGS[0], a_marking(handling=HandlingCode.H2), nodes[BE])
    desk.approve(BOB, f"{sent.id} 1", nodes[BE])
    exchange(nodes, BE, NL)
    holding.ask_release(BOB, sent.id, (BR,), "the sister ship calls there", nodes[NL])
    carry(nodes, NL, BE)
    holding.answer_release(BOB, sent.id, NL, True, END, "agreed", nodes[BE])
    carry(nodes, BE, NL)
    with pytest.raises(ExchangeRefused) as wrong:
        holding.pass_on(BOB, sent.id, (BR,), nodes[NL])
    assert wrong.value.facts["reason"] == "exchange-second-needed"
