"""How the readers of a site work: the rules in force, and changing them; each change is told in the trail."""

from typing import Any

import msgspec

from vigie.desk.gate import permit
from vigie.desk.needs import Node
from vigie.desk.trail import leave
from vigie.scanning import RoomRules, read_rules
from vigie.terms import Officer, Purpose

TARGETING = Purpose.TARGETING
_NAME = "reading-room"
"""Name of the kept value."""


def rules_of(node: Node) -> RoomRules:
    """The rules in force; asks no gate."""
    return read_rules(node.store.settings.get(_NAME))


def room(officer: Officer, node: Node, purpose: Purpose = TARGETING) -> RoomRules:
    """Show the rules of the reading room.

    Raises:
        NotForYou: The officer may not.
    """
    permit(officer, "see-scans", purpose, _NAME, node)
    leave(officer, purpose, "see-scans", _NAME, node)
    return rules_of(node)


def set_room(officer: Officer, told: RoomRules, node: Node, purpose: Purpose = TARGETING) -> RoomRules:
    """Change the rules; what each reader was shown stands in every reading, so that older ones keep their meaning.

    Raises:
        NotForYou: The officer may not. BadRequest: A number is out of its range.
    """
    permit(officer, "change-reading-room", purpose, _NAME, node)
    before, raw = rules_of(node), msgspec.json.encode(told)
    after = read_rules(raw)
    node.store.settings.put(_NAME, raw)
    changed: dict[str, Any] = {
        name: f"{getattr(before, name)} > {getattr(after, name)}"
        for name in RoomRules.__struct_fields__
        if getattr(before, name) != getattr(after, name)
    }
    leave(officer, purpose, "change-reading-room", _NAME, node, **changed)
    return after
