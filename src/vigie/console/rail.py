"""The rail of pages: where an officer can go, which key leads there, and which pages lie under which."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One page of the rail.

    Attributes:
        name: Of its icon and of its text `nav-…`. href: Its address. act: What an officer must be allowed to go there.
        key: Letter that leads there after `g`; empty for pages that lie under another.
        under: Pages that show below it while one of them is open.
        also: Beginning of other addresses that belong to it.
    """

    name: str
    href: str
    act: str
    key: str = ""
    under: tuple["Place", ...] = ()
    also: str = ""

    def holds(self, path: str) -> bool:
        """Whether an address is this page, lies below it, or belongs to a page under it."""
        mine = path == self.href or (self.href != "/" and path.startswith(f"{self.href}/"))
        mine = mine or (self.also != "" and path.startswith(self.also))
        return mine or any(each.holds(path) for each in self.under)


RAIL: tuple[Place, ...] = (
    Place("today", "/", "see-health", "t"),
    Place("terminal", "/terminal", "see-terminal", "t", (Place("port-figures", "/ports/figures", "see-port-figures"),)),
    Place("arrivals", "/arrivals", "list", "a"),
    Place("moves", "/tracking/moves", "list", "m", (
        Place("ships", "/tracking/ships", "list"),
        Place("silent", "/tracking/silent", "list"),
    )),
    Place("releases", "/tracking/releases", "see-releases", "r"),
    Place("gate", "/tracking/gate", "present", "k"),
    Place("selection", "/selection", "see-plan", "p"),
    Place("reading", "/scanning/read", "see-scans", "x", (
        Place("training", "/scanning/train", "train-reading"),
    ), "/scanning/"),
    Place("watchlists", "/risk/watchlists", "see-watch-lists", "w"),
    Place("indicators", "/risk/indicators", "see-indicators", "i", (
        Place("simulation", "/risk/simulation", "simulate"),
        Place("backtest", "/risk/backtest", "backtest"),
        Place("models", "/risk/models", "see-models"),
        Place("policy", "/risk/policy", "see-policy"),
        Place("drift", "/risk/drift", "see-drift"),
    )),
    Place("statistics", "/trends/statistics", "see-figures", "s", (
        Place("displacement", "/trends/displacement", "see-figures"),
    )),
    Place("registry", "/registry", "see-register", "z", (
        Place("bulletins", "/registry/bulletins", "bulletin"),
        Place("conclusions", "/ports/priorities", "see-priorities"),
        Place("dossiers", "/registry/dossiers", "export-dossier"),
    )),
    Place("exchange", "/exchange", "see-exchange", "e", (
        Place("operations", "/exchange/operations", "see-exchange"),
        Place("trainings", "/exchange/trainings", "see-exchange"),
    )),
    Place("ports", "/ports/insiders", "see-insiders", "o"),
    Place("audit", "/audit", "see-trail", "u"),
)  # fmt: skip
"""In the order of an officer's day. Few stand at the top: what is rarely needed lies under what it belongs to."""


def rail_for(may: Callable[[str], bool], rail: Sequence[Place] = RAIL) -> list[Place]:
    """The pages an officer may open, each with those under it that the officer may open."""
    return [
        Place(one.name, one.href, one.act, one.key, tuple(rail_for(may, one.under)), one.also)
        for one in rail
        if may(one.act)
    ]


KEYS: tuple[tuple[str, str], ...] = (
    ("j / k", "rows"), ("Enter", "open"), ("x", "mark"), ("/", "search"),
    *((f"g {one.key}", one.name) for one in RAIL if one.name != "terminal"),
    ("?", "help"), ("Esc", "close"),
)  # fmt: skip
"""What the keyboard does, in the order in which the help tells it; the second part names the text `key-…`."""
