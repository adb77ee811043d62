"""What access logs say of one box, as a stored value: read by lower rooms, written from above."""

import msgspec

from vigie.terms.identifiers import VisitId
from vigie.terms.moments import Moment


class AccessMark(msgspec.Struct, frozen=True):
    """What access logs said of a box at a moment; it names nobody, not even a pseudonym.

    Attributes:
        visit: Which box. at: When it was computed.
        lookups_without_role: How many different users without a role in its chain looked it up; None: no log tells.
        third_party_pickup: Somebody without a role looked it up and another firm's driver collected it within a day.
        touched_by_uplifted: A user who significantly often touches boxes later found positive touched it.
    """

    visit: VisitId
    at: Moment
    lookups_without_role: int | None = None
    third_party_pickup: bool | None = None
    touched_by_uplifted: bool | None = None
