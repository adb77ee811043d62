"""What the faces show of the port's own people: pseudonyms with evidence, openings, figures without persons."""

import msgspec

from vigie.terms import Doubt, Moment


class AccessImport(msgspec.Struct, frozen=True):
    """What an import brought. events: Lines that were new. known: Lines that were there. doubts: By place."""

    events: int
    known: int
    doubts: tuple[Doubt, ...] = ()


class AccessPlace(msgspec.Struct, frozen=True):
    """When somebody passed where."""

    at: Moment
    zone: str


class InsiderRow(msgspec.Struct, frozen=True):
    """A pseudonym that is worth a talk, with the evidence; no verdict.

    Attributes:
        day: When it was named, ISO date. user: Pseudonym. indicator: Which (`uplift`, `roleless`, `pickup`, `badge`,
            `hours`). flagged: False names are held to 5 % among those as unlikely. chance: By chance alone.
            q: Share of false names. by_chance: How many of the people compared chance alone makes as unusual.
        peers, counted, expected, risk, low, high, bits, lane, of_lane, boxes, places: See `vigie.ports.Alert`.
        opening: Number of the latest opening of this pseudonym; None where nobody asked. state: Its state.
    """

    day: str
    user: str
    indicator: str
    flagged: bool
    chance: float
    q: float
    by_chance: float
    peers: int
    counted: int
    expected: float
    risk: float
    low: float
    high: float
    bits: float
    lane: str
    of_lane: int
    boxes: tuple[str, ...]
    places: tuple[AccessPlace, ...]
    opening: int | None = None
    state: str = ""


class OpeningView(msgspec.Struct, frozen=True):
    """A wish to learn who a pseudonym is. identity: Only for both officers, once it is open. mine: The reader asked."""

    id: int
    user: str
    officer: str
    asked: Moment
    reason: str
    state: str
    decided_by: str
    decided: Moment | None
    answer: str
    identity: str = ""
    mine: bool = False


class InsidersView(msgspec.Struct, frozen=True):
    """The names of the last days, newest first.

    Attributes:
        lines, people: How much is kept. since: First day shown, ISO date. per_day: Names a day, at most.
        level: Share of false names among flagged ones, at most. rows: Names.
    """

    lines: int
    people: int
    since: str
    per_day: int
    level: float
    rows: tuple[InsiderRow, ...] = ()


class PortFigure(msgspec.Struct, frozen=True):
    """Counts and quartiles of one month, system and act; five people at least. See `vigie.ports.GroupFigures`."""

    month: str
    system: str
    act: str
    people: int
    events: int
    low: float
    middle: float
    high: float
    roleless: int | None
