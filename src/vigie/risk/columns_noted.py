"""Columns about what no message tells of a box: its release right, access logs, partners, pictures."""

from vigie.risk.columns_declared import Origin, count, flag
from vigie.risk.columns_seen import Seen
from vigie.risk.language_python import Value

DECLARED = (
    count("release_hands", Origin.RELEASE), count("release_reissued", Origin.RELEASE),
    count("release_refusals", Origin.RELEASE), count("release_wrong_keys", Origin.RELEASE),
    count("lookups_without_role", Origin.ACCESS), flag("third_party_pickup", Origin.ACCESS),
    flag("touched_by_uplifted", Origin.ACCESS),
    count("partner_movements", Origin.PARTNER), count("partner_requests", Origin.PARTNER),
    count("partner_methods", Origin.PARTNER), count("partner_seizures", Origin.PARTNER),
    count("origin_pictures", Origin.PICTURE), count("origin_pictures_missing", Origin.PICTURE),
    count("picture_differences", Origin.PICTURE),
)  # fmt: skip

_NO_RIGHT: tuple[Value, ...] = (None, None, None, None)
_NO_LOG: tuple[Value, ...] = (None, None, None)
_NOT_TOLD: tuple[Value, ...] = (0, 0, 0, 0)  # that no partner told anything is known
_NO_PICTURE: tuple[Value, ...] = (0, 0, 0)  # and so is that no picture is held
_NOTHING = _NO_RIGHT + _NO_LOG + _NOT_TOLD + _NO_PICTURE


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`; unknown where the box has no right, or no log speaks of it."""
    visit = seen.visit
    if not (visit.release or visit.access or visit.partner or visit.picture):
        return _NOTHING
    right, log, heard, shown = _NO_RIGHT, _NO_LOG, _NOT_TOLD, _NO_PICTURE
    if visit.release is not None:
        mark = visit.release.mark
        right = (mark.hands, mark.reissued, mark.refusals, mark.wrong_keys)
    if visit.access is not None:
        told = visit.access.mark
        log = (told.lookups_without_role, told.third_party_pickup, told.touched_by_uplifted)
    if visit.partner is not None:
        mine = visit.partner.mark
        heard = (mine.movements, mine.requests, mine.methods, mine.seizures)
    if visit.picture is not None:
        held = visit.picture.mark
        shown = (held.pictures, held.missing, held.differences)
    return right + log + heard + shown
