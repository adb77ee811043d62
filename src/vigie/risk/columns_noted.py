"""Columns about what no message tells of a box: how its release right fared, what access logs say of it."""

from vigie.risk.columns_declared import Origin, count, flag
from vigie.risk.columns_seen import Seen
from vigie.risk.language_python import Value

DECLARED = (
    count("release_hands", Origin.RELEASE), count("release_reissued", Origin.RELEASE),
    count("release_refusals", Origin.RELEASE), count("release_wrong_keys", Origin.RELEASE),
    count("lookups_without_role", Origin.ACCESS), flag("third_party_pickup", Origin.ACCESS),
    flag("touched_by_uplifted", Origin.ACCESS),
)  # fmt: skip

_NO_RIGHT: tuple[Value, ...] = (None, None, None, None)
_NO_LOG: tuple[Value, ...] = (None, None, None)
_NOTHING = _NO_RIGHT + _NO_LOG


def read(seen: Seen) -> tuple[Value, ...]:
    """Read the columns in the order of `DECLARED`; unknown where the box has no right, or no log speaks of it."""
    visit = seen.visit
    if visit.release is None and visit.access is None:
        return _NOTHING
    right, log = _NO_RIGHT, _NO_LOG
    if visit.release is not None:
        mark = visit.release.mark
        right = (mark.hands, mark.reissued, mark.refusals, mark.wrong_keys)
    if visit.access is not None:
        told = visit.access.mark
        log = (told.lookups_without_role, told.third_party_pickup, told.touched_by_uplifted)
    return right + log
