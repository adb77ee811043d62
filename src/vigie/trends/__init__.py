"""Displacement of ports and routes: shares corrected for effort, with honest uncertainty, or silence."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigie.trends.counts import COLUMNS, Count, month_of, month_text, read_counts
    from vigie.trends.delay import delays
    from vigie.trends.enforcement import Fall, Upstream, YearRatio, falls, year_ratios
    from vigie.trends.grid import BY, Grid, laid
    from vigie.trends.model import modelled
    from vigie.trends.monitor import BASELINE, monitored
    from vigie.trends.provenance import Part, RouteShift, route_shift
    from vigie.trends.public import FROM, RouteStory, Told, route_stories, told_of, upstreams
    from vigie.trends.ratios import assumed
    from vigie.trends.said import Alarm, Assumed, Delay, Rate, Ratio, Standing, Verdict
    from vigie.trends.statistics import BANDS_KG, STEP, Counts, EffortRow, Figures, Line, Span
    from vigie.trends.thresholds import EARLY, FALSE_ALARMS, HORIZON, SIMULATIONS

_HOMES = {
    "counts": ("COLUMNS", "Count", "month_of", "month_text", "read_counts"),
    "delay": ("delays",),
    "enforcement": ("Fall", "Upstream", "YearRatio", "falls", "year_ratios"),
    "grid": ("BY", "Grid", "laid"),
    "model": ("modelled",),
    "monitor": ("BASELINE", "monitored"),
    "provenance": ("Part", "RouteShift", "route_shift"),
    "public": ("FROM", "RouteStory", "Told", "route_stories", "told_of", "upstreams"),
    "ratios": ("assumed",),
    "said": ("Alarm", "Assumed", "Delay", "Rate", "Ratio", "Standing", "Verdict"),
    "statistics": ("BANDS_KG", "STEP", "Counts", "EffortRow", "Figures", "Line", "Span"),
    "thresholds": ("EARLY", "FALSE_ALARMS", "HORIZON", "SIMULATIONS"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BANDS_KG", "BASELINE", "BY", "COLUMNS", "EARLY", "FALSE_ALARMS", "FROM", "HORIZON", "SIMULATIONS", "STEP",
    "Alarm", "Assumed", "Count", "Counts", "Delay", "EffortRow", "Fall", "Figures", "Grid", "Line", "Part", "Rate",
    "Ratio", "RouteShift", "RouteStory", "Span", "Standing", "Told", "Upstream", "Verdict", "YearRatio", "assumed",
    "delays", "falls", "laid", "modelled", "monitored", "month_of", "month_text", "read_counts",
    "route_shift", "route_stories", "told_of", "upstreams", "year_ratios",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"vigie.trends.{_WHERE[name]}"), name)
