"""Joint operations: proposed to partners, accepted or declined, worked on together, closed with a report.

Nothing of an operation is kept beside the exchange log: its proposal is a thing told, every step an answer to it.
"""

from datetime import date

from vigie.desk import exchange, exchange_replies
from vigie.desk.exchange_effects import Told
from vigie.desk.exchange_node import own_name
from vigie.desk.exchange_things import known, of_kind, replies_to
from vigie.desk.gate import permit
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.desk.views.exchange_work import OperationView, TaskView
from vigie.desk.work import Working
from vigie.exchange import (
    Given,
    JointOperation,
    Marking,
    OperationState,
    Reply,
    ReplyWord,
    Stage,
    closing_report,
    stands,
)
from vigie.registry import Document
from vigie.terms import BadRequest, NotFound, Officer, Purpose, datetime_of

TARGETING = Purpose.TARGETING
_ENDED = (Stage.CLOSED, Stage.DECLINED)


def propose(
    officer: Officer, operation: JointOperation, marking: Marking, node: Working, purpose: Purpose = TARGETING
) -> SentView:
    """Propose a joint operation to the nodes that the marking names.

    Raises:
        NotForYou: The officer may not. BadRequest: It ends before it starts, or has no container.
        ExchangeRefused: It may not leave.
    """
    if operation.starts >= operation.ends:
        raise BadRequest(reason="operation-ends-before-it-starts", field="ends")
    if not operation.containers:
        raise BadRequest(reason="operation-without-container", field="containers")
    return exchange.send(officer, operation, marking, node, purpose)


def page(officer: Officer, node: Working, purpose: Purpose = TARGETING) -> tuple[OperationView, ...]:
    """List the joint operations, those that start last first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "operations", node)
    leave(officer, purpose, "see-exchange", "operations", node)
    found = [_view(told, officer, node) for told in of_kind(JointOperation, officer, node)]
    return tuple(sorted(found, key=lambda one: (one.stage in _ENDED, -one.starts, one.id)))


def show(officer: Officer, id: str, node: Working, purpose: Purpose = TARGETING) -> OperationView:
    """Show one joint operation.

    Raises:
        NotForYou: The officer may not. NotFound: There is none for this officer.
    """
    permit(officer, "see-exchange", purpose, f"operation {id[:100]}", node)
    told = _known(officer, id, node, purpose)
    leave(officer, purpose, "see-exchange", f"operation {id}", node)
    return _view(told, officer, node)


def _known(officer: Officer, id: str, node: Working, purpose: Purpose) -> Told:
    try:
        return known(id, JointOperation, officer, node)
    except NotFound:
        leave(officer, purpose, "see-exchange", f"operation {id[:100]}", node, refused=True)
        raise


def step(
    officer: Officer, id: str, word: str, text: str, node: Working, purpose: Purpose = TARGETING, item: int = 0
) -> OperationView:
    """Say something in a joint operation: accept, decline, name a unit, begin or finish a task, note, close.

    Args:
        item: Which task, from 1.

    Raises:
        NotForYou: The officer may not. NotFound: There is none for this officer.
        BadRequest: This node cannot say that now, there is no such task, or no sentence.
    """
    permit(officer, "send-exchange", purpose, f"operation {id[:100]}", node)
    told = _known(officer, id, node, purpose)
    if word not in _words(told, _state(told, officer, node), node):
        raise BadRequest(reason="operation-not-now", word=word[:20])
    tasks = told.thing.tasks if isinstance(told.thing, JointOperation) else ()
    if word in (ReplyWord.BEGUN, ReplyWord.DONE) and not 0 < item <= len(tasks):
        raise BadRequest(reason="operation-no-such-task", field="item")
    exchange_replies.reply(officer, id, word, text, node, purpose, item)
    return _view(told, officer, node)


def _words(told: Told, state: OperationState, node: Working) -> tuple[str, ...]:
    """What this node can say now: who was asked answers, who takes part works, who proposed closes."""
    me, w = own_name(node), ReplyWord
    if state.stage is Stage.CLOSED:
        return ()
    own = told.marking.originator == me
    said = state.answers.get(me, "")
    if not own and said != w.ACCEPT:
        return (w.ACCEPT.value,) if said else (w.ACCEPT.value, w.DECLINE.value)
    working = (w.UNIT, w.BEGUN, w.DONE, w.LOG) if state.tasks else (w.UNIT, w.LOG)
    return tuple(one.value for one in (*working, w.CLOSE if own else w.DECLINE))


def _state(told: Told, officer: Officer, node: Working) -> OperationState:
    assert isinstance(told.thing, JointOperation)
    steps = [
        Given(one.node, Reply(told.id, ReplyWord(one.word), one.text, one.when, one.item))
        for one in replies_to(told.id, officer, node)
    ]
    return stands(told.thing, told.marking.originator, told.marking.nodes, steps, node.now())


def _view(told: Told, officer: Officer, node: Working) -> OperationView:
    work, marking, me = told.thing, told.marking, own_name(node)
    assert isinstance(work, JointOperation)
    state = _state(told, officer, node)
    here = node.store.visits.of_containers(list(work.containers), newest=1)
    return OperationView(
        told.id, work.name, work.description, state.stage.value, marking.originator, marking.originator == me,
        tuple(state.answers.items()), work.starts, work.ends,
        tuple((number, number in here) for number in work.containers),
        (*((marking.originator, unit) for unit in work.units), *state.units),
        tuple(TaskView(one.text, one.state, one.node, one.at) for one in state.tasks), _words(told, state, node),
        replies_to(told.id, officer, node), state.closing, marking.tlp.name, marking.handling.value, marking.case,
    )  # fmt: skip


def report(
    officer: Officer, id: str, node: Working, language: str = "", purpose: Purpose = TARGETING, day: date | None = None
) -> Document:
    """Compose the closing report of a joint operation, as far as the officer may read what was said in it.

    Args:
        language: Of the report; empty for the officer's own. day: Of the report; None for today by the node's clock.

    Raises:
        NotForYou: The officer may not. NotFound: There is none for this officer.
    """
    permit(officer, "see-exchange", purpose, f"operation {id[:100]}", node)
    told = _known(officer, id, node, purpose)
    leave(officer, purpose, "see-exchange", f"operation {id}", node, step="report")
    assert isinstance(told.thing, JointOperation)
    return closing_report(
        told.thing, _state(told, officer, node), told.marking, language or officer.language,
        day or datetime_of(node.now()).date(), node.settings.name, is_simulated=node.settings.simulated,
    )  # fmt: skip
