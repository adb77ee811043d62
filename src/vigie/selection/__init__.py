"""What to scan today: capacity, strata with logged propensity, sealed draws, orders."""

from vigie.selection.capacity import Scanner, Shift
from vigie.selection.orders import EVENT_CODES, Order, OrderKind, as_csv, as_movement, order_id
from vigie.selection.planning import (
    Candidate,
    Selection,
    ShiftPlan,
    Stratum,
    draw_again,
    draw_percent,
    draw_pool,
    plan_shift,
    pool_chances,
    probability,
)
from vigie.selection.policy import SelectionPolicy
from vigie.selection.sealing import commitment, day_key, fits

__all__ = [
    "EVENT_CODES",
    "Candidate",
    "Order",
    "OrderKind",
    "Scanner",
    "Selection",
    "SelectionPolicy",
    "Shift",
    "ShiftPlan",
    "Stratum",
    "as_csv",
    "as_movement",
    "commitment",
    "day_key",
    "draw_again",
    "draw_percent",
    "draw_pool",
    "fits",
    "order_id",
    "plan_shift",
    "pool_chances",
    "probability",
]
