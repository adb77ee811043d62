"""What a control showed: a versioned value that comes back from scan or visit and becomes an entry of the log."""

from enum import StrEnum

import msgspec

from vigie.terms.identifiers import OfficerId, VisitId
from vigie.terms.moments import Moment

OUTCOME_VERSION = 1
"""Later versions add fields with defaults; no field is ever renamed, re-used or dropped."""


class Found(StrEnum):
    """What was found, in one word."""

    NOTHING = "nothing"
    COCAINE = "cocaine"
    OTHER_DRUGS = "other-drugs"
    CASH = "cash"
    ARMS = "arms"
    TOBACCO = "tobacco"
    PEOPLE = "people"
    IRREGULARITY = "irregularity"


class Concealment(StrEnum):
    """Where it was hidden.

    Source: concealment classes of reference/trade.md (rip-on/rip-off, structure, reefer hatch, in the goods ...).
    """

    DOORS = "behind-doors"
    LOAD = "within-load"
    GOODS = "in-goods"
    STRUCTURE = "container-structure"
    REEFER = "reefer-compartment"
    PEOPLE = "hotel-container"
    OTHER = "other"


class Detector(StrEnum):
    """What or who noticed it first."""

    SCANNER = "scanner"
    DOG = "dog"
    NOSE = "e-nose"
    TEAM = "inspection-team"
    TIP = "information"
    TERMINAL = "terminal"


class Depth(StrEnum):
    """How far the control went."""

    DOCUMENTS = "documents"
    SCAN = "scan"
    DOORS = "doors-opened"
    PARTIAL = "partly-unloaded"
    FULL = "fully-unloaded"


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="version", tag=OUTCOME_VERSION):
    """The result of one control of one container.

    Attributes:
        visit: Which box, in which life-cycle segment.
        at: When the control ended.
        found: What.
        quantity_g: How much, net grams; None where nothing was weighed.
        concealment: Where it was hidden; None where nothing was found.
        detector: What or who noticed it, or did the control.
        detector_id: Which scanner, dog or team; part of every label, because who inspects explains much of the result.
        team: The services that took part.
        analyst: Who read the image, under a pseudonym of the node; part of the label like the scanner.
        depth: How far the control went.
        officer: Who recorded it.
        note: Free text of the officer; personal data are possible, so it is kept encrypted.
        replaces: The log entry (hlc) that this outcome corrects.
    """

    visit: VisitId
    at: Moment
    found: Found
    detector: Detector
    depth: Depth
    officer: OfficerId
    quantity_g: int | None = None
    concealment: Concealment | None = None
    detector_id: str = ""
    team: tuple[str, ...] = ()
    note: str = ""
    replaces: int | None = None
    analyst: str = ""
