"""Answers between nodes: to "please look at this container", to a joint operation and its tasks, to a training.

An answer is a thing like every other one: it has a marking, passes the same rule, can be taken back. It names what it
answers, says one word of a short list, and a sentence. Nothing else keeps how an operation stands: it is counted from
the answers, in the order in which they were given.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from vigie.exchange.things import Box, JointOperation, Reply, ReplyWord, Thing, Training
from vigie.terms import Moment

LOOKS = (ReplyWord.WILL_LOOK, ReplyWord.NOTHING, ReplyWord.FOUND, ReplyWord.CANNOT)
"""Words that answer a request to look at a container; but the first they end it."""

STEPS = (
    ReplyWord.ACCEPT, ReplyWord.DECLINE, ReplyWord.UNIT, ReplyWord.BEGUN, ReplyWord.DONE, ReplyWord.LOG,
    ReplyWord.CLOSE,
)  # fmt: skip
"""Words that are said in a joint operation."""

TASKS = (ReplyWord.BEGUN, ReplyWord.DONE)


def words_for(thing: Thing) -> tuple[ReplyWord, ...]:
    """What can be answered to a thing; empty where it asks nothing."""
    match thing:
        case Box():
            return LOOKS
        case JointOperation():
            return STEPS
        case Training():
            return (ReplyWord.COMPLETED,)
        case _:
            return ()


class Stage(StrEnum):
    """How far a joint operation is."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    RUNNING = "running"
    OVER = "over"  # its time is over and nobody closed it
    DECLINED = "declined"
    CLOSED = "closed"


class Given(msgspec.Struct, frozen=True):
    """An answer as it was given. node: By whom. reply: What."""

    node: str
    reply: Reply


class Task(msgspec.Struct, frozen=True):
    """A task. text: What is to be done. state: `open`, `begun`, `done`. node: Who said so last; at: When."""

    text: str
    state: str = "open"
    node: str = ""
    at: Moment = Moment(0)


class OperationState(msgspec.Struct, frozen=True):
    """How a joint operation stands.

    Attributes:
        stage: How far it is. answers: Each node that was asked, with `accept`, `decline`, or empty while it is silent.
        tasks: In the order of the proposal. units: Node and unit, as they were named meanwhile.
        log: All answers, the oldest first. closing: What was said at its end.
    """

    stage: Stage
    answers: dict[str, str]
    tasks: tuple[Task, ...]
    units: tuple[tuple[str, str], ...] = ()
    log: tuple[Given, ...] = ()
    closing: str = ""


def stands(
    operation: JointOperation, originator: str, nodes: Sequence[str], steps: Iterable[Given], now: Moment
) -> OperationState:
    """Count how a joint operation stands.

    What a node says that was not asked, or declined, changes nothing but the log; only the originator closes.

    Args:
        originator: Who proposed it. nodes: Who was asked. steps: In the order in which they were given.
    """
    told = tuple(sorted(steps, key=lambda one: (one.reply.when, one.node)))
    answers = dict.fromkeys((one for one in nodes if one != originator), "")
    tasks = [Task(text) for text in operation.tasks]
    units: list[tuple[str, str]] = []
    closing = ""
    for one in told:
        word = one.reply.word
        if word in (ReplyWord.ACCEPT, ReplyWord.DECLINE) and one.node in answers:
            answers[one.node] = word.value
        part = one.node == originator or answers.get(one.node) == ReplyWord.ACCEPT
        if word is ReplyWord.UNIT and part and (one.node, one.reply.text) not in units:
            units.append((one.node, one.reply.text))
        elif word in TASKS and part and 0 < one.reply.item <= len(tasks):
            state = "done" if word is ReplyWord.DONE else "begun"
            tasks[one.reply.item - 1] = Task(operation.tasks[one.reply.item - 1], state, one.node, one.reply.when)
        elif word is ReplyWord.CLOSE and one.node == originator:
            closing = closing or one.reply.text
    stage = _stage(operation, answers, closing, now)
    return OperationState(stage, answers, tuple(tasks), tuple(units), told, closing)


def _stage(operation: JointOperation, answers: dict[str, str], closing: str, now: Moment) -> Stage:
    said = set(answers.values())
    if closing:
        return Stage.CLOSED
    if said == {ReplyWord.DECLINE.value}:
        return Stage.DECLINED
    if ReplyWord.ACCEPT.value not in said:
        return Stage.PROPOSED
    if now < operation.starts:
        return Stage.AGREED
    return Stage.RUNNING if now < operation.ends else Stage.OVER
