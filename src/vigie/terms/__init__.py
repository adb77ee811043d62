"""The words all rooms use. Imports nothing of vigie."""

from vigie.terms.amounts import GRAMS_PER_KG, LARGEST_G, log_weight, read_grams, tonnes
from vigie.terms.doubts import Doubt, Place
from vigie.terms.errors import (
    AnalyticsMissing,
    BadAmount,
    BadContainerNumber,
    BadIdentifier,
    BadMoment,
    BadRequest,
    CannotListen,
    Conflict,
    Erased,
    Fact,
    NotForYou,
    NotFound,
    OwnWork,
    ReasonNeeded,
    SecondNeeded,
    StoreFault,
    VigieError,
)
from vigie.terms.handling import Handling, Purpose, Role
from vigie.terms.identifiers import (
    ConsignmentId,
    ContainerNumber,
    Eori,
    Imo,
    Locode,
    Mrn,
    OfficerId,
    PartyKey,
    VisitId,
    check_digit,
    number_fault,
    remainder,
    visit_id,
    written_number,
    written_seal,
)
from vigie.terms.language import Language, Texts
from vigie.terms.log import Entry, EntryKind
from vigie.terms.marks import AccessMark
from vigie.terms.moments import (
    DAY,
    HOUR,
    MICROSECOND,
    MINUTE,
    SECOND,
    Moment,
    datetime_of,
    moment_of,
    read_moment,
    write_moment,
)
from vigie.terms.officers import AuditEntry, Officer
from vigie.terms.outcomes import OUTCOME_VERSION, Concealment, Depth, Detector, Found, Outcome
from vigie.terms.parties import Party, PartyRole, identity, is_to_order, key_number, party_key, plain_name
from vigie.terms.queues import InboxItem, Job, Receipt
from vigie.terms.reasons import error_text, reason_code, reason_text
from vigie.terms.tables import TableFault, TableRow, read_table

__all__ = [
    "DAY", "GRAMS_PER_KG", "HOUR", "LARGEST_G", "MICROSECOND", "MINUTE", "OUTCOME_VERSION", "SECOND", "AccessMark",
    "AnalyticsMissing", "AuditEntry", "BadAmount", "BadContainerNumber", "BadIdentifier", "BadMoment", "BadRequest",
    "CannotListen", "Concealment", "Conflict", "ConsignmentId", "ContainerNumber", "Depth", "Detector", "Doubt",
    "Entry", "EntryKind", "Eori", "Erased", "Fact", "Found", "Handling", "Imo", "InboxItem", "Job", "Language",
    "Locode", "Moment", "Mrn", "NotForYou", "NotFound", "Officer", "OfficerId", "Outcome", "OwnWork", "Party",
    "PartyKey", "PartyRole", "Place", "Purpose", "ReasonNeeded", "Receipt", "Role", "SecondNeeded", "StoreFault",
    "TableFault", "TableRow", "Texts", "VigieError", "VisitId", "check_digit", "datetime_of", "error_text",
    "identity", "is_to_order", "key_number", "log_weight", "moment_of", "number_fault", "party_key", "plain_name",
    "read_grams", "read_moment", "read_table", "reason_code", "reason_text", "remainder", "tonnes", "visit_id",
    "write_moment", "written_number", "written_seal",
]  # fmt: skip
