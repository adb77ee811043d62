"""Training packages: what partners and this node offer, who completed what; partners are told how many, never who."""

from vigie.desk import exchange_replies
from vigie.desk.exchange_effects import Told
from vigie.desk.exchange_node import own_name
from vigie.desk.exchange_things import known, of_kind, replies_to
from vigie.desk.gate import may, permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.desk.views.exchange_work import TrainingView
from vigie.exchange import ReplyWord, Training
from vigie.terms import BadRequest, NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING


def page(officer: Officer, node: Node, purpose: Purpose = TARGETING) -> tuple[TrainingView, ...]:
    """List the training packages, the newest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-exchange", purpose, "trainings", node)
    leave(officer, purpose, "see-exchange", "trainings", node)
    found = [_view(told, officer, node) for told in of_kind(Training, officer, node)]
    return tuple(sorted(found, key=lambda one: (-one.when, one.id)))


def complete(officer: Officer, id: str, node: Node, purpose: Purpose = TARGETING) -> TrainingView:
    """Note that the officer completed a package.

    Raises:
        NotForYou: The officer may not. NotFound: There is none for this officer. BadRequest: It is noted already.
    """
    permit(officer, "see-exchange", purpose, f"training {id[:100]}", node)
    try:
        told = known(id, Training, officer, node)
    except NotFound:
        leave(officer, purpose, "see-exchange", f"training {id[:100]}", node, refused=True)
        raise
    if not node.store.trainings.complete(id, officer.id, node.now()):
        raise BadRequest(reason="training-noted-already")
    leave(officer, purpose, "see-exchange", f"training {id}", node, step="completed")
    return _view(told, officer, node)


def report(officer: Officer, id: str, text: str, node: Node, purpose: Purpose = TARGETING) -> SentView:
    """Tell who made a package how many officers of this node completed it.

    Raises:
        NotForYou: The officer may not. NotFound: There is none for this officer. BadRequest: Nobody did, or it is a
        package of this node. ExchangeRefused: The answer may not leave.
    """
    permit(officer, "send-exchange", purpose, f"training {id[:100]}", node)
    told = known(id, Training, officer, node)
    count = len(node.store.trainings.done(id))
    if not count or told.marking.originator == own_name(node):
        raise BadRequest(reason="training-nothing-to-tell")
    return exchange_replies.reply(officer, id, ReplyWord.COMPLETED.value, text, node, purpose, count)


def _view(told: Told, officer: Officer, node: Node) -> TrainingView:
    thing, marking = told.thing, told.marking
    assert isinstance(thing, Training)
    done = node.store.trainings.done(told.id)
    partners = {one.node: one.item for one in replies_to(told.id, officer, node) if one.word == ReplyWord.COMPLETED}
    names = any(may(officer, "see-analysts", purpose) for purpose in officer.purposes)
    return TrainingView(
        told.id, thing.name, thing.description, marking.originator, thing.when, thing.language, thing.minutes,
        thing.file, thing.media, thing.size, thing.sha256, marking.tlp.name,
        next((at for who, at in done if who == officer.id), None), len(done), tuple(done) if names else (),
        tuple(sorted(partners.items())), marking.originator == own_name(node),
    )  # fmt: skip
