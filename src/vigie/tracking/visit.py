"""One box in one life-cycle segment, with all the node knows about it: what is assessed and selected."""

import re
from functools import lru_cache

import msgspec

from vigie.arrivals import Call, Classifier, Equipment, GoodsItem, Level, Measurement, Movement, Route, Stowed
from vigie.terms import ConsignmentId, Moment, Outcome, Party, PartyRole, VisitId
from vigie.tracking.marks import AccessNote, PartnerNote, PictureNote, ReleaseNote

_DECLARATIONS = re.compile(r"F[1-4][0-9]|CC31[35]A")
"""Forms of entry summary declarations: ICS2 messages F10 to F45, ICS1 messages 315 and 313."""


def line_key(consignment: str, form: str) -> str:
    """Name a line within a visit: the consignment, and whether a declaration or a transport document speaks of it."""
    return f"{consignment}|entry" if _is_declaration(form) else consignment


@lru_cache(maxsize=256)
def _is_declaration(form: str) -> bool:
    return _DECLARATIONS.fullmatch(form) is not None


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one consignment says about this box, in its latest version.

    Attributes:
        consignment: Which. first: Log entry (hlc) of its first version. latest: Log entry of its latest version.
        level, form, document, parent, mrn, parties, call, route, filed_at: As in `Consignment`.
        goods: The items in this box. equipment: The box as the consignment describes it.
        boxes: How many containers the consignment names. amendments: How often it was amended.
        consignee_changed: Log entry of the last amendment that changed the consignee.
        cancelled: Log entry that took the consignment back.
    """

    consignment: ConsignmentId
    first: Moment
    latest: Moment
    level: Level = Level.STRAIGHT
    form: str = ""
    document: str = ""
    parent: str = ""
    mrn: str = ""
    parties: tuple[Party, ...] = ()
    goods: tuple[GoodsItem, ...] = ()
    equipment: Equipment | None = None
    call: Call = Call()
    route: Route = Route()
    filed_at: Moment | None = None
    boxes: int = 1
    amendments: int = 0
    consignee_changed: Moment | None = None
    cancelled: Moment | None = None

    @property
    def key(self) -> str:
        """Name the line within its visit: a declaration and a manifest of one consignment are two lines.

        Where both carry the same document number they must stay apart, or their contradictions could not be seen.
        """
        return line_key(self.consignment, self.form)

    def party(self, role: PartyRole) -> Party | None:
        """The first party in a role, or None."""
        return next((party for party in self.parties if party.role == role), None)


class Cell(msgspec.Struct, frozen=True):
    """Where a box stood on the ship by an earlier plan. hlc: Its log entry. stow: Bay, row, tier (ISO 9711)."""

    hlc: Moment
    stow: str


class Plan(msgspec.Struct, frozen=True, omit_defaults=True):
    """The box on a bay plan or loading or discharge list. hlc: Log entry. earlier: Cells by the plans before it."""

    hlc: Moment
    stowed: Stowed
    earlier: tuple[Cell, ...] = ()


class Move(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event of the box. hlc: Log entry. retracted: Log entry that took it back."""

    hlc: Moment
    movement: Movement
    retracted: Moment | None = None


class Measured(msgspec.Struct, frozen=True):
    """A measurement of the box. hlc: Log entry."""

    hlc: Moment
    measurement: Measurement


class Controlled(msgspec.Struct, frozen=True):
    """The outcome of a control. hlc: Log entry."""

    hlc: Moment
    outcome: Outcome


class Visit(msgspec.Struct, frozen=True, omit_defaults=True):
    """One box in one life-cycle segment.

    Attributes:
        id: `number-segment`. container: Normalised number, as written. segment: Counted from 1.
        opened: First log entry. changed: Latest log entry.
        lines: One per consignment that names the box, in the order they were first announced.
        plans: Latest plan per form and voyage. moves: Events in the order received.
        measured: Measurements in the order received. controlled: Outcomes in the order received.
        doubts: Doubt codes of the messages that spoke of it, without repetition.
        release, access, partner, picture: How its release right fared, what access logs, partners and pictures from
            elsewhere say of it; None where nobody tells.
    """

    id: VisitId
    container: str
    segment: int
    opened: Moment
    changed: Moment
    lines: tuple[Line, ...] = ()
    plans: tuple[Plan, ...] = ()
    moves: tuple[Move, ...] = ()
    measured: tuple[Measured, ...] = ()
    controlled: tuple[Controlled, ...] = ()
    doubts: tuple[str, ...] = ()
    release: ReleaseNote | None = None
    access: AccessNote | None = None
    partner: PartnerNote | None = None
    picture: PictureNote | None = None

    @property
    def standing(self) -> tuple[Line, ...]:
        """The lines that no cancellation took back."""
        for line in self.lines:
            if line.cancelled is not None:
                return tuple(line for line in self.lines if line.cancelled is None)
        return self.lines

    def happened(self, *codes: str) -> tuple[Move, ...]:
        """The actual, unretracted events with one of the codes, in the order received."""
        if not self.moves:
            return ()
        return tuple(
            move
            for move in self.moves
            if move.retracted is None and move.movement.code in codes and move.movement.classifier is Classifier.ACTUAL
        )
