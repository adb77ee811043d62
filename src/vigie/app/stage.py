"""What officers find when a simulated port begins its day: themselves, scanners, a plan, a watch list, a queue."""

from typing import TYPE_CHECKING

from vigie.app.stage_access import set_access
from vigie.app.stage_scanners import set_scanners
from vigie.terms import DAY, Handling, Moment, Officer, OfficerId, Purpose, Role, write_moment

if TYPE_CHECKING:
    from vigie.node import Node

SITE = "BEANR"
ADA = Officer(
    OfficerId("ada"), "Officer A (targeting)", (Role.TARGETING, Role.INSPECTOR), Handling.AMBER_STRICT,
    (Purpose.TARGETING, Purpose.INSPECTION),
)  # fmt: skip
BO = Officer(
    OfficerId("bo"), "Officer B (supervisor)", (Role.TARGETING, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR),
    Handling.RED, tuple(Purpose),
)  # fmt: skip
CY = Officer(
    OfficerId("cy"), "Operator C (terminal)", (Role.PORT,), Handling.CLEAR, (Purpose.INSPECTION,), (SITE,),
    terminals=("SIMANR1",),
)  # fmt: skip
DEE = Officer(
    OfficerId("dee"), "Officer D (auditor)", (Role.AUDITOR,), Handling.RED, (Purpose.OVERSIGHT,)
)
OFFICERS = (ADA, BO, CY, DEE)
"""Three invented officers with different rights and the operator of a terminal, to see what each may see."""

SLOTS = 32
"""Boxes a scanner takes in eight hours. Source: 350,000 scans a year, nine mobile scanners (EIPA, Belga); the simulated
port has a fifth of the traffic, and two scanners."""

SHIFTS = tuple(
    {"name": name, "start": start, "hours": 8, "scanners": {"MX-1": SLOTS, "MX-2": SLOTS}}
    for name, start in (("early", "06:00"), ("late", "14:00"), ("night", "22:00"))
)
WATCHED_DAYS = 30
CLAIMED = 3


def set_stage(node: "Node") -> None:
    """Give the port its shifts, a watch list, the plan of the day, its access logs, and one officer some work."""
    from vigie.desk import arrivals, risk, selection, today
    from vigie.desk.views import ArrivalsQuery

    now = node.now()
    selection.set_capacity(BO, SITE, SHIFTS, node)
    soon = arrivals.page(BO, ArrivalsQuery(sites=(SITE,), due_from=now, sort="due", descending=False, limit=20), node)
    entries = [("container", row.container, "simulated tip") for row in soon.rows[9:11]]
    made = risk.create_watch_list(
        BO, "Joint action", "simulated tips of another service", Moment(now + WATCHED_DAYS * DAY), Handling.AMBER,
        "mandatory", node,
    )  # fmt: skip
    if entries:
        risk.watch(BO, made, entries, node)
    selection.make(BO, SITE, write_moment(now)[:10], None, node)
    set_access(BO, SITE, node)
    set_scanners(BO, SITE, node)
    for row in today.today(ADA, node).due_soon[:CLAIMED]:
        arrivals.claim(ADA, row.visit, node)
