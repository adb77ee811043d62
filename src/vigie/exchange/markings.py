"""Markings: what may be done with a thing, written so that a machine can keep to it.

Sources: FIRST Traffic Light Protocol 2.0; Europol handling codes H0 to H3; evaluation of source and information as in
article 29 of Regulation (EU) 2016/794; articles 4 to 9 of Directive (EU) 2016/680 for what must be told of data.
"""

from enum import StrEnum

import msgspec

from vigie.exchange.envelope import is_node
from vigie.exchange.refusals import Why, refuse
from vigie.terms import Handling, Moment, Purpose

MOST_CASE, MOST_BASIS = 80, 400  # characters; a case number, and an article with the name of its law


class HandlingCode(StrEnum):
    """What the receiver may do with it. Source: Europol handling codes."""

    H0 = "H0"  # may be used, as the law of the receiver allows
    H1 = "H1"  # not in judicial proceedings without permission
    H2 = "H2"  # not passed on without permission
    H3 = "H3"  # other restrictions, told in words


class Source(StrEnum):
    """How far the source is trusted."""

    A = "A"  # no doubt
    B = "B"  # mostly reliable
    C = "C"  # mostly unreliable
    X = "X"  # cannot be assessed


class Desk(StrEnum):
    """Who at a node may have it: the roles that nodes agreed on, whatever each calls them at home."""

    TARGETING = "targeting"
    ANALYSIS = "analysis"
    POLICE = "police"
    PROSECUTOR = "prosecutor"
    LIAISON = "liaison"
    PORT_SECURITY = "port-security"
    OVERSIGHT = "oversight"


class Subjects(StrEnum):
    """Whose data it holds. Source: article 6 of Directive (EU) 2016/680."""

    NONE = "none"
    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    OTHER = "other"


class Regime(StrEnum):
    """Which law on personal data it is held under; it does not change on the way."""

    LED = "led"  # Directive (EU) 2016/680: law enforcement
    GDPR = "gdpr"  # Regulation (EU) 2016/679: administrative tasks of customs, port operators


class OnExpiry(StrEnum):
    """What happens at `retain_until`."""

    DELETE = "delete"
    REVIEW = "review"  # the body goes all the same; the originator is asked whether to send it again


class Marking(msgspec.Struct, frozen=True):
    """What may be done with one thing.

    Attributes:
        tlp: Traffic light. handling: Europol code. handling_text: The restriction in words, where the code is H3.
        source, information: Evaluation, A B C X and 1 (known to be true) to 4 (cannot be assessed).
        originator: Node that learned it first; stays, whoever passes it on.
        nodes, desks: Who may have it; neither is ever empty, and nothing stands for "all".
        purpose: What for. case: Reference of the case, or of the operation. legal_basis: Law and article.
        assessment: An opinion, not a fact. machine: A machine's finding. subjects: Whose data. regime: Which law.
        transfer_ground: On what ground personal data may go to a third country; empty: they may not.
        retain_until: When it has to go. on_expiry: What happens then.
    """

    tlp: Handling
    handling: HandlingCode
    source: Source
    information: int
    originator: str
    nodes: tuple[str, ...]
    desks: tuple[Desk, ...]
    purpose: Purpose
    case: str
    legal_basis: str
    subjects: Subjects
    retain_until: Moment
    on_expiry: OnExpiry = OnExpiry.DELETE
    assessment: bool = False
    machine: bool = False
    regime: Regime = Regime.LED
    transfer_ground: str = ""
    handling_text: str = ""


_markings = msgspec.json.Decoder(Marking)
_write = msgspec.json.Encoder(order="deterministic")


def write_marking(marking: Marking) -> bytes:
    """The bytes of a marking, checked.

    Raises:
        ExchangeRefused: A field is empty or means nothing.
    """
    check_marking(marking)
    return _write.encode(marking)


def read_marking(raw: bytes) -> Marking:
    """Read a marking.

    Raises:
        ExchangeRefused: Not a marking, or a field is empty or means nothing.
    """
    try:
        marking = _markings.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        refuse(Why.BAD_MARKING, field="json")
    check_marking(marking)
    return marking


def check_marking(marking: Marking) -> None:
    """Check that a marking says all that it has to.

    Raises:
        ExchangeRefused: Nobody may have it (empty audience), or another field is empty or means nothing.
    """
    if not marking.nodes or not marking.desks:
        refuse(Why.EMPTY_AUDIENCE)
    fields = {
        "information": 1 <= marking.information <= 4,
        "originator": is_node(marking.originator),
        "nodes": all(map(is_node, marking.nodes)),
        "case": 0 < len(marking.case.strip()) <= MOST_CASE,
        "legal_basis": 0 < len(marking.legal_basis.strip()) <= MOST_BASIS,
        "retain_until": 0 < marking.retain_until < 1 << 53,
        "handling_text": marking.handling is not HandlingCode.H3 or bool(marking.handling_text.strip()),
    }
    wrong = next((name for name, fits in fields.items() if not fits), None)
    if wrong is not None:
        refuse(Why.BAD_MARKING, field=wrong)


def personal(marking: Marking) -> bool:
    """Whether it holds data on a person."""
    return marking.subjects is not Subjects.NONE
