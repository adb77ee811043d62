"""What port operators see of access logs: counts and quartiles of groups of five and more, never a person."""

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.ports import KEPT_DAYS
from vigie.desk.trail import leave
from vigie.desk.views.ports import PortFigure
from vigie.ports import group_figures
from vigie.terms import DAY, Moment, Officer, Purpose, datetime_of


def figures(officer: Officer, node: Node, purpose: Purpose | None = None) -> tuple[PortFigure, ...]:
    """Count by month, system and act, the newest month first; vigie's own readers are not part of it.

    Raises:
        NotForYou: The officer may not.
    """
    asked = purpose or (officer.purposes[0] if officer.purposes else Purpose.STATISTICS)
    permit(officer, "see-port-figures", asked, "port figures", node)
    events = node.store.access.events(node.now() - KEPT_DAYS * DAY, node.now())
    months = [(_month(one.at), one) for one in events if one.system != "vigie"]
    leave(officer, asked, "see-port-figures", "port figures", node)
    return tuple(
        PortFigure(one.month, one.system, one.act.value, one.people, one.events, one.low, one.middle, one.high,
                   one.roleless)
        for one in group_figures(months)
    )  # fmt: skip


def _month(at: Moment) -> str:
    return datetime_of(at).strftime("%Y-%m")
