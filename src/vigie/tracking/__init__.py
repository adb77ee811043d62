"""Where each container is and was: identity is number and life-cycle segment, so a clone becomes a second segment."""

from vigie.tracking.journey import Said, apply, doubted
from vigie.tracking.segment import SAME_TIME, SILENCE, STORAGE, ended, left, segment_of
from vigie.tracking.split import Announced, Withdrawn, announcements
from vigie.tracking.summary import (
    call_of,
    due_of,
    fate_of,
    hs2_of,
    is_empty,
    is_reefer,
    landed_at,
    route_of,
    site_of,
    size_type_of,
)
from vigie.tracking.visit import Controlled, Line, Measured, Move, Plan, Visit

__all__ = [
    "SAME_TIME",
    "SILENCE",
    "STORAGE",
    "Announced",
    "Controlled",
    "Line",
    "Measured",
    "Move",
    "Plan",
    "Said",
    "Visit",
    "Withdrawn",
    "announcements",
    "apply",
    "call_of",
    "doubted",
    "due_of",
    "ended",
    "fate_of",
    "hs2_of",
    "is_empty",
    "is_reefer",
    "landed_at",
    "left",
    "route_of",
    "segment_of",
    "site_of",
    "size_type_of",
]
