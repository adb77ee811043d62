"""A key at the gate: who may present it where, and the answer in the words of whoever stands there."""

import secrets
import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from vigie.desk.acts import Presenting, item_of
from vigie.desk.gate import permit
from vigie.desk.release import secret_of, texts
from vigie.desk.shown import tell
from vigie.desk.trail import leave
from vigie.desk.views.release import GateAnswer
from vigie.desk.work import Working, hand_in
from vigie.terms import (
    BadContainerNumber,
    BadRequest,
    Moment,
    NotForYou,
    Officer,
    Purpose,
    VisitId,
    datetime_of,
    written_number,
)
from vigie.tracking import Presentation, commitment_of, party_code, plate_of, seal_of

INSPECTION = Purpose.INSPECTION
OPEN_H = (6, 22)
"""Hours of the port's clock in which terminals hand out; outside of them a pick-up is allowed and officers are told.

Source: own choice (a two-shift gate); docs/explanation/release-rights.md#alerts
"""


def present(
    officer: Officer, node: Working, *, container: str, terminal: str, gate: str, carrier: str, plate: str, key: str,
    purpose: Purpose = INSPECTION,
) -> GateAnswer:
    """Present a key at a gate; the answer is final, and a key opens once.

    Args:
        container: Number of the box. terminal, gate: Where. carrier: Code of who collects. plate: Of the vehicle.
        key: As the carrier gave it; blanks, dashes and small letters do not matter. Never kept, never logged.

    Raises:
        NotForYou: The officer may not, or not at this terminal. BadRequest: A field is empty.
    """
    began = time.perf_counter()
    where = f"gate {terminal[:20]}/{gate[:20]}"
    permit(officer, "present", purpose, where, node)
    if officer.terminals and terminal not in officer.terminals:
        leave(officer, purpose, "present", where, node, refused=True)
        raise NotForYou(purpose=purpose.value)
    for field, value in (("container", container), ("terminal", terminal), ("gate", gate), ("carrier", carrier),
                         ("plate", plate), ("key", key)):  # fmt: skip
        if not value.strip():
            raise BadRequest(reason="release-needs", field=field)
    number, secret, now = _number(container), secret_of(node), node.now()
    known = node.store.releases.of_containers([number]).get(number, [])
    visit = next((one.visit for one in reversed(known) if one.terminal == terminal), VisitId(""))
    told = Presentation(
        number, terminal.strip(), gate.strip()[:40], party_code(carrier), plate_of(plate, secret),
        seal_of(commitment_of(key), secret), officer.id, now, _off_hours(now, node), secrets.token_hex(8), visit,
    )  # fmt: skip
    hand_in([item_of(Presenting(told, officer.id, now), officer.id, now)], node)
    found = node.store.releases.attempt(told.nonce)
    code = found.code if found else "no-right"
    leave(officer, purpose, "present", visit or where, node, gate=told.gate, answer=code)
    spent = round((time.perf_counter() - began) * 1000, 1)
    structlog.get_logger().info("release.presented", answer=code, terminal=terminal, ms=spent)
    return GateAnswer(code == "allowed", code, tell(texts(), f"gate-{code}", officer.language, {}), number)


def admit(officer: Officer, node: Working, purpose: Purpose = INSPECTION) -> None:
    """Let an officer to the form of the gate; a refusal is written down.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "present", purpose, "gate", node)


def _number(text: str) -> str:
    number = written_number(text)
    if not number:
        raise BadContainerNumber(length=len(text))
    return number


def _off_hours(now: Moment, node: Working) -> bool:
    try:
        zone = ZoneInfo(node.settings.zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return not OPEN_H[0] <= datetime_of(now).astimezone(zone).hour < OPEN_H[1]
