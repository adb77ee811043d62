"""The node: settings, clock, wiring, jobs, health. Heavy parts are loaded when they are first asked for."""

from typing import TYPE_CHECKING, Any

from vigie.node.clock import Clock, FixedClock, RunningClock, WallClock
from vigie.node.settings import BadSetting, Setting, Settings, load_settings, reference

if TYPE_CHECKING:
    from vigie.node.health import doctor
    from vigie.node.wiring import Node, build, initialise

_LATER = {"Node": "wiring", "build": "wiring", "initialise": "wiring", "doctor": "health"}

__all__ = [
    "BadSetting", "Clock", "FixedClock", "Node", "RunningClock", "Setting", "Settings", "WallClock", "build", "doctor",
    "initialise", "load_settings", "reference",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in _LATER:
        return getattr(import_module(f"vigie.node.{_LATER[name]}"), name)
    raise AttributeError(name)
