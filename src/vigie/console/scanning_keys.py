"""Keys of the reading room: what each does, its usual key, and an officer's own choice."""

from collections.abc import Mapping

from vigie.desk.views import Preferences
from vigie.terms import BadRequest

USUAL: Mapping[str, str] = {
    "nothing": "n", "hold": "h", "second": "s", "next": "j", "list": "k",
    "box": "b", "window": "w", "hand": "v", "measure": "m",
    "auto": "a", "log": "l", "invert": "i", "colour": "c", "edges": "e", "energy": "u", "gamma": "y",
    "reset": "0", "in": "+", "out": "-", "lighter": "[", "darker": "]", "narrower": ",", "wider": ".",
    "side": "p", "flicker": "f", "difference": "d", "turn": "t", "yes": "o", "no": "x", "help": "?",
}  # fmt: skip
"""Action to key. Where OHIF's usual keys fit they are kept (+ - for zoom, i). Source: reference/console.md, anchors."""

KEYED = tuple(USUAL)

_OWN = "scan-"  # before the action, among an officer's keys
_TAKEN = frozenset("123456789g/")
"""Digits place regions; `g` and `/` lead elsewhere on every page."""


def keys_of(liked: Preferences) -> dict[str, str]:
    """The keys of an officer: the usual ones, but for those that the officer has changed."""
    return {action: liked.keys.get(_OWN + action, usual) for action, usual in USUAL.items()}


def keys_told(kept: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """An officer's keys with another choice for the reading room.

    Args:
        kept: All keys so far. told: Action to key; empty for the usual ones.

    Raises:
        BadRequest: Not one character, one that leads elsewhere, or one for two actions.
    """
    others = {name: key for name, key in kept.items() if not name.startswith(_OWN)}
    if not told:
        return others
    keys = list(told.values())
    if any(len(one) != 1 or not one.isprintable() or one.isspace() or one in _TAKEN for one in keys):
        raise BadRequest(reason="a-key-is-one-character", field="keys")
    if len(set(keys)) < len(keys):
        raise BadRequest(reason="one-key-for-two-actions", field="keys")
    return others | {_OWN + action: key for action, key in told.items() if key != USUAL[action]}
