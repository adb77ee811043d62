"""Dossiers at the desk: made for the own service by one officer; for another service one asks and another allows.

A dossier holds what its maker may see and nothing beyond; what its recipient may not know is left out and named.
"""

import hmac
from hashlib import sha256

import msgspec

from vigie.desk.dossier_checking import SIGNED_AS
from vigie.desk.dossier_collecting import Collected, collect, visits_of_case
from vigie.desk.gate import four_eyes, permit, sift
from vigie.desk.needs_conclusions import DossierWish
from vigie.desk.trail import leave
from vigie.desk.views.dossier import DossierView
from vigie.desk.work import Working
from vigie.exchange import Signer
from vigie.registry import (
    DOSSIER_FORMAT,
    FOR_PURPOSE,
    MANIFEST,
    SEALED,
    SIGNATURE,
    DossierPart,
    Manifest,
    Sealed,
    SealedPart,
    Signed,
    commitment,
    pack,
    withheld_for,
)
from vigie.terms import BadRequest, Conflict, Handling, NotForYou, NotFound, Officer, Purpose, write_moment

INVESTIGATION = Purpose.INVESTIGATION
DECISIONS = ("allowed", "refused", "withdrawn")
"""What can be decided of a dossier for another service; who asked can only withdraw, everybody else not."""

SHORTEST = 10
"""Characters of a reason: a word is none."""

_json = msgspec.json.Encoder(order="sorted")


class Recipient(msgspec.Struct, frozen=True):
    """Who gets a dossier. name: Service or node. clearance: Highest code that it may know. purpose: What for."""

    name: str
    clearance: int
    purpose: Purpose


class DossierMade(msgspec.Struct, frozen=True):
    """A dossier. body: The file. seal, key: As a reader finds them. parts, withheld: How many. name: Of the file."""

    body: bytes
    seal: str
    key: str
    parts: int
    withheld: int
    name: str


def dossier(officer: Officer, case: str, node: Working, purpose: Purpose = INVESTIGATION) -> DossierMade:
    """Make the dossier of a judicial file for the own service.

    Raises:
        NotForYou: The officer may not, or may not see everything of the case. NotFound: No seizure belongs to it.
    """
    own = Recipient(node.settings.name, int(officer.clearance), purpose)
    return _made(officer, case, own, node, purpose)


def dossier_for(officer: Officer, which: int, node: Working, purpose: Purpose = INVESTIGATION) -> DossierMade:
    """Make a dossier for another service that a second officer has allowed.

    Raises:
        NotForYou: The officer may not. NotFound: There is no such wish. Conflict: It is not allowed.
    """
    permit(officer, "export-dossier", purpose, f"dossier {which}", node)
    told = _found(which, node)
    if told.state != "allowed":
        raise Conflict(reason="dossier-not-allowed", state=told.state)
    return _made(officer, told.case, Recipient(told.recipient, told.clearance, Purpose(told.purpose)), node, purpose)


def ask(
    officer: Officer,
    case: str,
    recipient: str,
    clearance: Handling,
    wanted: Purpose,
    reason: str,
    node: Working,
    purpose: Purpose = INVESTIGATION,
) -> DossierView:
    """Ask that a dossier may leave the service; nothing leaves before another officer allows it.

    Args:
        recipient: Service that is to have it. clearance, wanted: How closely held it may be there, and what for.

    Raises:
        NotForYou: The officer may not. NotFound: No seizure belongs to the case. BadRequest: No recipient, no reason,
        a purpose for which nobody gets a dossier.
    """
    permit(officer, "export-dossier", purpose, "dossiers", node)
    if len(reason.strip()) < SHORTEST:
        raise BadRequest(reason="dossier-needs-reason", field="reason")
    if not recipient.strip():
        raise BadRequest(reason="dossier-needs-recipient", field="recipient")
    if wanted not in FOR_PURPOSE:
        raise BadRequest(reason="no-dossier-for-this-purpose", field="wanted")
    if not node.store.registry.of_case(case):
        raise NotFound(kind="case")
    which = node.store.dossiers.ask(
        case.strip(), recipient.strip()[:200], int(clearance), wanted.value, officer.id, node.now(), reason.strip()
    )
    leave(officer, purpose, "export-dossier", f"dossier {which}", node, step="asked")
    return _view(_found(which, node), officer)


def decide(
    officer: Officer, which: int, decision: str, node: Working, reason: str = "", purpose: Purpose = INVESTIGATION
) -> DossierView:
    """Allow, refuse or withdraw a dossier for another service.

    Raises:
        NotForYou: The officer may not. OwnWork: Who asked allows, or another one withdraws. NotFound: There is none.
        BadRequest: Unknown decision, or a refusal without a reason. Conflict: It is decided already.
    """
    permit(officer, "export-dossier", purpose, f"dossier {which}", node)
    if decision not in DECISIONS:
        raise BadRequest(reason="unknown-decision", decision=decision[:20])
    told = _found(which, node)
    four_eyes(officer, told.officer, decision, "export-dossier", purpose, f"dossier {which}", node)
    if decision == "refused" and not reason.strip():
        raise BadRequest(reason="dossier-needs-reason", field="reason")
    if not node.store.dossiers.decide(which, decision, officer.id, node.now(), reason.strip()):
        raise Conflict(reason="dossier-decided")
    leave(officer, purpose, "export-dossier", f"dossier {which}", node, step=decision)
    return _view(_found(which, node), officer)


def page(officer: Officer, node: Working, purpose: Purpose = INVESTIGATION) -> tuple[DossierView, ...]:
    """List dossiers for other services, newest first.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "export-dossier", purpose, "dossiers", node)
    leave(officer, purpose, "export-dossier", "dossiers", node, step="list")
    return tuple(_view(one, officer) for one in node.store.dossiers.page())


def _made(officer: Officer, case: str, to: Recipient, node: Working, purpose: Purpose) -> DossierMade:
    subject = "dossier " + hmac.digest(node.store.secret("dossier-case"), case.encode(), "sha256").hex()[:16]
    permit(officer, "export-dossier", purpose, subject, node)
    seizures = node.store.registry.of_case(case)
    if not seizures:
        leave(officer, purpose, "export-dossier", subject, node, refused=True)
        raise NotFound(kind="case")
    within = all(one.seized.handling <= officer.clearance for one in seizures)
    wanted = visits_of_case(seizures, node)
    gone = [name for name in wanted if node.store.erasures.stone(name) is not None]
    boxes, refused = sift(officer, [name for name in wanted if name not in gone], purpose, node, "export-dossier")
    if refused or not within:
        leave(officer, purpose, "export-dossier", subject, node, refused=True)
        raise NotForYou(purpose=purpose.value)
    with node.store.reading():
        found = collect(case.strip(), seizures, list(boxes.values()), node)
    made = _sealed(case.strip(), found, to, node)
    leave(officer, purpose, "export-dossier", subject, node, step="made", seal=made.seal, key=made.key,
          parts=made.parts, withheld=made.withheld, recipient=to.name)  # fmt: skip
    return made


def _sealed(case: str, found: Collected, to: Recipient, node: Working) -> DossierMade:
    secret = node.store.secret("dossier-salt")
    salts = {part.path: _salt(part, secret) for part in found.parts}
    sealed = _json.encode(Sealed(
        DOSSIER_FORMAT, case, node.settings.name, write_moment(node.now()), node.settings.simulated,
        tuple(SealedPart(part.path, part.kind, part.handling, len(part.body), commitment(salts[part.path], part.body))
              for part in found.parts), found.heads,
    ))  # fmt: skip
    reasons = {part.path: withheld_for(part, to.clearance, to.purpose) for part in found.parts}
    given = {path: salts[path].hex() for path, reason in reasons.items() if not reason}
    withheld = {path: reason for path, reason in reasons.items() if reason}
    seal = sha256(sealed).hexdigest()
    manifest = _json.encode(Manifest(seal, to.name, to.clearance, to.purpose.value, given, withheld))
    signer = Signer(node.store.secret("dossier-key"))
    signed = _json.encode(Signed(signer.public.hex(), signer.sign(SIGNED_AS, manifest).hex()))
    members = [(SEALED, sealed), (MANIFEST, manifest), (SIGNATURE, signed)]
    members += [(part.path, part.body) for part in found.parts if part.path in given]
    name = f"dossier-{seal[:12]}.zip"
    return DossierMade(pack(members), seal, signer.key, len(given), len(withheld), name)


def _salt(part: DossierPart, secret: bytes) -> bytes:
    """A salt of its own for each part: the same part has the same, and who has not the node's secret cannot tell it."""
    return hmac.digest(secret, part.path.encode() + b"\0" + sha256(part.body).digest(), "sha256")


def _found(which: int, node: Working) -> DossierWish:
    told = node.store.dossiers.get(which)
    if told is None:
        raise NotFound(kind="dossier")
    return told


def _view(one: DossierWish, officer: Officer) -> DossierView:
    return DossierView(
        one.id, one.case, one.recipient, one.clearance, one.purpose, one.officer, one.asked, one.reason, one.state,
        one.decided_by, one.decided, one.answer, one.officer == officer.id,
    )  # fmt: skip
