"""The port's own people: what access logs say of insiders, under pseudonyms, and never a verdict."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.ports.access import NO_ROLE, PSEUDONYM, AccessEvent, Act, hour_of_week, pseudonym
    from vigie.ports.badges import Habits, Surprise, surprises
    from vigie.ports.chance import LEVEL, false_discoveries, hypergeometric, more_than_rate
    from vigie.ports.figures import FEWEST, GroupFigures, group_figures
    from vigie.ports.looking import WITHIN, Looking, collected, looked_at, roleless, third_party
    from vigie.ports.priorities import (
        Priority,
        PriorityState,
        PriorityStep,
        PriorityVerb,
        after_step,
        possible_verbs,
        priority_of,
    )
    from vigie.ports.priorities_report import seminar_report
    from vigie.ports.ranking import PER_DAY, RARE, Alert, Kind, alerts
    from vigie.ports.reading import COLUMNS, ReadEvent, read_access
    from vigie.ports.uplift import Checked, Uplift, case_control

_HOMES = {
    "access": ("NO_ROLE", "PSEUDONYM", "AccessEvent", "Act", "hour_of_week", "pseudonym"),
    "badges": ("Habits", "Surprise", "surprises"),
    "chance": ("LEVEL", "false_discoveries", "hypergeometric", "more_than_rate"),
    "figures": ("FEWEST", "GroupFigures", "group_figures"),
    "looking": ("WITHIN", "Looking", "collected", "looked_at", "roleless", "third_party"),
    "priorities": ("Priority", "PriorityState", "PriorityStep", "PriorityVerb", "after_step", "possible_verbs",
                   "priority_of"),
    "priorities_report": ("seminar_report",),
    "ranking": ("PER_DAY", "RARE", "Alert", "Kind", "alerts"),
    "reading": ("COLUMNS", "ReadEvent", "read_access"),
    "uplift": ("Checked", "Uplift", "case_control"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "COLUMNS", "FEWEST", "LEVEL", "NO_ROLE", "PER_DAY", "PSEUDONYM", "RARE", "WITHIN", "AccessEvent", "Act", "Alert",
    "Checked", "GroupFigures", "Habits", "Kind", "Looking", "Priority", "PriorityState", "PriorityStep", "PriorityVerb",
    "ReadEvent", "Surprise", "Uplift", "after_step", "alerts", "case_control",
    "collected",
    "false_discoveries", "group_figures", "hour_of_week", "hypergeometric", "looked_at", "more_than_rate",
    "possible_verbs", "priority_of", "pseudonym",
    "read_access", "roleless", "seminar_report", "surprises", "third_party",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.ports.{_WHERE[name]}"), name)
