"""What the viewer says aloud, in the officer's language, and what it marks in the picture."""

from collections.abc import Callable

from vigie.desk.views import ScanReadingView

SAID = (
    "exact", "window", "tool-window", "tool-hand", "tool-box", "tool-measure", "auto", "log", "log-off", "invert",
    "invert-off", "edges", "edges-off", "colour", "colour-off", "gamma", "reset", "added", "dropped", "length", "one",
    "compare-side", "compare-flicker", "compare-difference", "no-reference", "compare-fault", "unlike", "likeness",
    "waiting", "not-calibrated", "difference", "chosen",
)  # fmt: skip
"""Codes of `scansay-…`, as the viewer asks for them."""

_BLANKS = ("columns", "rows", "low", "high", "gamma", "n", "length", "reference", "likeness", "verdict")
"""Values that the viewer fills in itself."""


def words_of(tell: Callable[..., str]) -> dict[str, str]:
    """The words of the viewer, with its own blanks left open."""
    blanks = {name: f"{{{name}}}" for name in _BLANKS}
    return {code: tell(f"scansay-{code}", **blanks) for code in SAID}


def findings_marked(view: ScanReadingView) -> list[dict[str, object]]:
    """What is marked in the picture: alarms of the machine that may be shown, and regions of readings that may."""
    alarms: list[dict[str, object]] = [
        {"box": list(one.box), "text": one.text} for one in view.machine or () if one.alarm
    ]
    regions: list[dict[str, object]] = [
        {"box": [one.x, one.y, one.width, one.height], "text": f"{given.order} {one.reason.value}"}
        for given in view.given
        for one in given.regions
    ]
    return [*alarms, *regions]
