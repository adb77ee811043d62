"""Where each container is and was: identity is number and life-cycle segment, so a clone becomes a second segment."""

from vigie.tracking.visit import Controlled, Line, Measured, Move, Plan, Visit

__all__ = ["Controlled", "Line", "Measured", "Move", "Plan", "Visit"]
