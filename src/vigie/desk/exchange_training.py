"""Training packages: what partners and this node offer, who completed what; partners are told how many, never who."""

from collections.abc import Sequence
from hashlib import sha256

from vigie.desk import exchange, exchange_replies
from vigie.desk.exchange_effects import Told
from vigie.desk.exchange_node import federation, own_name, signer
from vigie.desk.exchange_things import known, of_kind, replies_to
from vigie.desk.gate import may, permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.desk.views.exchange import SentView
from vigie.desk.views.exchange_work import MaterialRow, TrainingView
from vigie.exchange import (
    Cover,
    ExchangeRefused,
    Marking,
    Package,
    PackageKind,
    Piece,
    ReplyWord,
    Training,
    Why,
    pack,
    refuse,
    unpack,
)
from vigie.terms import BadRequest, NotFound, Officer, Purpose

TARGETING = Purpose.TARGETING
MEDIA = "application/zip"


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


def offer(
    officer: Officer, name: str, description: str, language: str, minutes: int, pieces: Sequence[Piece],
    marking: Marking, node: Node, purpose: Purpose = TARGETING,
) -> SentView:  # fmt: skip
    """Offer a training with its material: one package, which the nodes of the marking fetch.

    Args:
        language: Of the material, as in ISO 639-1. minutes: That it takes. pieces: Its files.

    Raises:
        NotForYou: The officer may not. ExchangeRefused: It may not leave, or the files make no package; then none is
        kept.
    """
    permit(officer, "send-exchange", purpose, "training", node)
    now = node.now()
    cover = Cover(kind=PackageKind.TRAINING, title=name, origin=own_name(node), created=now, marking=marking)
    raw = pack(cover, pieces, signer(node))
    made = Package(cover, tuple(pieces), sha256(raw).hexdigest())
    fresh = node.store.packages.put(made, raw, now)
    thing = Training(
        name, description, now, language, minutes, made.sha256, len(raw), MEDIA, f"{made.sha256[:12]}.zip"
    )  # fmt: skip
    try:
        return exchange.send(officer, thing, marking, node, purpose)
    except Exception:
        if fresh:
            node.store.packages.drop(made.sha256)
        raise


def material(officer: Officer, id: str, node: Node, purpose: Purpose = TARGETING) -> tuple[MaterialRow, ...]:
    """List the files of a training's material; none while it has not come.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such training for this officer.
    """
    found = _opened(officer, id, "material", node, purpose)
    pieces = () if found is None else found.pieces
    return tuple(MaterialRow(one.name, one.media, len(one.body), one.label) for one in pieces)


def piece(officer: Officer, id: str, name: str, node: Node, purpose: Purpose = TARGETING) -> Piece:
    """One file of a training's material.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such training for this officer, or no such file here.
    """
    found = _opened(officer, id, name[:120], node, purpose)
    wanted = next((one for one in found.pieces if one.name == name), None) if found is not None else None
    if wanted is None:
        raise NotFound
    return wanted


def _opened(officer: Officer, id: str, step: str, node: Node, purpose: Purpose) -> Package | None:
    subject = f"training {id[:100]}"
    permit(officer, "see-exchange", purpose, subject, node)
    try:
        told = known(id, Training, officer, node)
    except NotFound:
        leave(officer, purpose, "see-exchange", subject, node, refused=True)
        raise
    thing = told.thing
    assert isinstance(thing, Training)
    raw = node.store.packages.raw(thing.sha256) if thing.media == MEDIA else None
    leave(officer, purpose, "see-exchange", subject, node, step=step)
    return None if raw is None else _read(raw, told, node)


def _read(raw: bytes, told: Told, node: Node) -> Package:
    """Read a package; whose it is says the entry that named it."""
    own = signer(node)

    def public_of(name: str, key: str) -> bytes:
        if name == own_name(node) and key == own.key:
            return own.public
        found = federation(node).keys(name).get(key)
        return refuse(Why.UNKNOWN_KEY, key=key[:16]) if found is None else found

    package = unpack(raw, public_of)
    if package.cover.origin != told.marking.originator or package.cover.kind is not PackageKind.TRAINING:
        raise ExchangeRefused(reason=Why.BAD_PACKAGE.value, place="kind")
    return package


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
        thing.media == MEDIA and bool(node.store.packages.held([thing.sha256])),
    )  # fmt: skip
