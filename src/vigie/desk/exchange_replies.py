"""Answering what a partner asks: a look at a container, a joint operation, a training."""

import msgspec

from vigie.desk import exchange
from vigie.desk.exchange_effects import Told, follow
from vigie.desk.exchange_node import own_name
from vigie.desk.exchange_things import known, of_kind, replies_to
from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.desk.views.exchange_work import RequestRow
from vigie.exchange import Box, JointOperation, Marking, Reply, ReplyWord, Subjects, Training, words_for
from vigie.terms import BadRequest, Officer, Purpose

TARGETING = Purpose.TARGETING
MOST_TEXT = 2_000  # characters of an answer; a closing report in a page


def reply(
    officer: Officer, id: str, word: str, text: str, node: Node, purpose: Purpose = TARGETING, item: int = 0
) -> SentView:
    """Answer a thing that asks for an answer; the answer goes back under the marking of what it answers.

    Args:
        word: One of `vigie.exchange.words_for`. text: A sentence. item: Which task of an operation, from 1.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such thing for this officer. BadRequest: It asks nothing
        of the kind, or there is no sentence. ExchangeRefused: The answer may not leave.
    """
    permit(officer, "send-exchange", purpose, f"exchange {id[:100]}", node)
    told = known(id, (Box, JointOperation, Training), officer, node)
    if word not in {one.value for one in words_for(told.thing)}:
        raise BadRequest(reason="exchange-no-such-answer", word=word[:20])
    if not 0 < len(text.strip()) <= MOST_TEXT:
        raise BadRequest(reason="exchange-needs-text", field="text")
    said = Reply(id, ReplyWord(word), text.strip(), node.now(), item)
    sent = exchange.send(officer, said, marking_of_reply(told, node), node, purpose)
    if isinstance(told.thing, Box):
        with node.store.transaction():
            items = follow([told.thing.number], node)
        node.settle(items)
    return sent


def marking_of_reply(told: Told, node: Node) -> Marking:
    """The marking of an answer: that of what it answers, for its originator; in an operation, for all who are in it.

    It holds no data on persons, is a fact, and comes from no machine, whatever it answers.
    """
    me, marking = own_name(node), told.marking
    others = (marking.originator, *(marking.nodes if isinstance(told.thing, JointOperation) else ()))
    return msgspec.structs.replace(
        marking, originator=me, nodes=tuple(one for one in dict.fromkeys(others) if one != me),
        subjects=Subjects.NONE, transfer_ground="", machine=False, assessment=False,
    )  # fmt: skip


def requests(officer: Officer, node: Node, purpose: Purpose = TARGETING) -> tuple[RequestRow, ...]:
    """List what was asked: "please look at this container", by partners and by this node, with what was answered.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "exchange requests", node)
    leave(officer, purpose, "see-exchange", "exchange requests", node)
    me = own_name(node)
    rows = [_request(one, officer, node, me) for one in of_kind(Box, officer, node)]
    return tuple(sorted(rows, key=lambda row: (row.closed, -row.since, row.id)))


def _request(told: Told, officer: Officer, node: Node, me: str) -> RequestRow:
    box = told.thing
    assert isinstance(box, Box)
    answers = replies_to(told.id, officer, node)
    closed = any(one.word != ReplyWord.WILL_LOOK for one in answers)
    since = node.store.exchange.came(told.id).get((told.origin, told.version), node.now())
    return RequestRow(
        told.id, box.number, box.reason, told.marking.originator, told.origin == me, since, told.marking.retain_until,
        bool(node.store.visits.of_containers([box.number], newest=1)), closed, answers,
        () if told.origin == me or closed else words(told),
    )  # fmt: skip


def words(told: Told) -> tuple[str, ...]:
    """How a thing can be answered."""
    return tuple(one.value for one in words_for(told.thing))
