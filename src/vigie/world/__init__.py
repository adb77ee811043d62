"""The simulated world for demonstration and tests; it speaks only real formats and keeps its truth apart."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.world.chance import poisson, spread, stream
    from vigie.world.controls import Practice, Seen, look, practice_of
    from vigie.world.demonstration import Day, day, running
    from vigie.world.emit import START, Emission, World, generate, name_of
    from vigie.world.folder import write_world
    from vigie.world.insiders import (
        AccessBox,
        AccessLog,
        Behaviour,
        Planted,
        access_boxes,
        access_log,
        as_access_csv,
    )
    from vigie.world.known import Known
    from vigie.world.practice import nobody
    from vigie.world.press import PRESS_YEARS, PROVENANCE, PressYear
    from vigie.world.services import SITES
    from vigie.world.smugglers import DIMENSIONS, Smugglers
    from vigie.world.telling import Sheet, Telling
    from vigie.world.truth import Case, Control, Shift, TruthBook
    from vigie.world.typologies import TYPOLOGIES, Typology
    from vigie.world.xray import Example, Truth, View, example, view
    from vigie.world.xray_day import TakenScan, day_scanners, day_scans
    from vigie.world.xray_goods import CLASS_OF
    from vigie.world.xray_load import HiddenLot, Load, crowded, draw_load
    from vigie.world.xray_pairs import Pair, draw_pair, draw_unit_pair
    from vigie.world.xray_reference import added, cutouts, wedge
    from vigie.world.xray_settings import XrayParameters, xray_parameters
    from vigie.world.xray_units import draw_family
    from vigie.world.years import YearSum, simulate_year

_HOMES = {
    "AccessBox": "insiders", "AccessLog": "insiders", "Behaviour": "insiders", "Planted": "insiders",
    "access_boxes": "insiders", "access_log": "insiders", "as_access_csv": "insiders", "poisson": "chance",
    "spread": "chance", "stream": "chance",
    "Case": "truth", "Control": "truth", "Day": "demonstration", "Emission": "emit", "Known": "known",
    "PRESS_YEARS": "press", "PROVENANCE": "press", "Practice": "controls", "PressYear": "press", "SITES": "services",
    "DIMENSIONS": "smugglers", "START": "emit", "Seen": "controls", "Sheet": "telling", "Shift": "truth",
    "Smugglers": "smugglers", "Telling": "telling", "World": "emit", "name_of": "emit", "nobody": "practice",
    "TYPOLOGIES": "typologies", "TruthBook": "truth", "Typology": "typologies",
    "CLASS_OF": "xray_goods", "TakenScan": "xray_day", "day_scans": "xray_day", "day_scanners": "xray_day",
    "Example": "xray",
    "HiddenLot": "xray_load", "Load": "xray_load", "Truth": "xray",
    "View": "xray", "XrayParameters": "xray_settings", "draw_load": "xray_load", "example": "xray", "view": "xray",
    "crowded": "xray_load", "xray_parameters": "xray_settings", "added": "xray_reference", "cutouts": "xray_reference",
    "wedge": "xray_reference", "Pair": "xray_pairs", "draw_pair": "xray_pairs", "draw_unit_pair": "xray_pairs",
    "draw_family": "xray_units",
    "YearSum": "years", "day": "demonstration", "generate": "emit", "look": "controls", "practice_of": "controls",
    "running": "demonstration",
    "simulate_year": "years", "write_world": "folder",
}

__all__ = [
    "CLASS_OF",
    "DIMENSIONS",
    "PRESS_YEARS",
    "PROVENANCE",
    "SITES",
    "START",
    "TYPOLOGIES",
    "AccessBox",
    "AccessLog",
    "Behaviour",
    "Case",
    "Control",
    "Day",
    "Emission",
    "Example",
    "HiddenLot",
    "Known",
    "Load",
    "Pair",
    "Planted",
    "Practice",
    "PressYear",
    "Seen",
    "Sheet",
    "Shift",
    "Smugglers",
    "TakenScan",
    "Telling",
    "Truth",
    "TruthBook",
    "Typology",
    "View",
    "World",
    "XrayParameters",
    "YearSum",
    "access_boxes",
    "access_log",
    "added",
    "as_access_csv",
    "crowded",
    "cutouts",
    "day",
    "day_scanners",
    "day_scans",
    "draw_family",
    "draw_load",
    "draw_pair",
    "draw_unit_pair",
    "example",
    "generate",
    "look",
    "name_of",
    "nobody",
    "poisson",
    "practice_of",
    "running",
    "simulate_year",
    "spread",
    "stream",
    "view",
    "wedge",
    "write_world",
    "xray_parameters",
]


def __getattr__(name: str) -> Any:
    """Load a part of the world when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"vigie.world.{_HOMES[name]}"), name)
