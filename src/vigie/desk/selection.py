"""What an officer can do about selection: capacity, plans, sealed draws and their proof, orders."""

from vigie.desk.capacity import capacity, set_capacity
from vigie.desk.ordering import acknowledge, export, laid_out, order, orders
from vigie.desk.planning import commit, make, plan, printable, reveal, verify

__all__ = [
    "acknowledge", "capacity", "commit", "export", "laid_out", "make", "order", "orders", "plan", "printable", "reveal",
    "set_capacity", "verify",
]  # fmt: skip
