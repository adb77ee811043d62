"""The truth, kept apart: what was planted and who looked. It goes to its own file and never into a message."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from vigie.terms import Moment
from vigie.world.insiders import AccessBox, Planted


class Case(msgspec.Struct, frozen=True, tag="case"):
    """A planted lot.

    Attributes:
        container: Number of the box. document: Transport document, empty for an empty box. site: UN/LOCODE.
        typology: Modus operandi. concealment: Where it is. grams: Net mass. origin: Country, ISO 3166 alpha-2.
        size: Press class. traces: What of it shows in messages. landed, out: When the box was on the terminal.
        looked: Why a control looked, empty where none did. found: A control at the port found it.
        cover: Heading of the goods it travels with.
    """

    container: str
    document: str
    site: str
    typology: str
    concealment: str
    grams: int
    origin: str
    size: str
    traces: tuple[str, ...]
    landed: Moment
    out: Moment
    looked: str = ""
    found: bool = False
    cover: str = ""


class Control(msgspec.Struct, frozen=True, tag="control"):
    """A simulated control: the only source of labels.

    Attributes:
        container, site: Which box, where. at: When it ended. why: `mandatory`, `targeted`, `random`; `late` inland.
        found: `terms.Found` value. grams: Net mass, None where nothing was weighed. concealment, detector, depth: As
            in `terms.Outcome`. detector_id: Which scanner or team. team: Services that took part.
    """

    container: str
    site: str
    at: Moment
    why: str
    found: str
    grams: int | None
    concealment: str
    detector: str
    detector_id: str
    depth: str
    team: tuple[str, ...]


class Shift(msgspec.Struct, frozen=True, tag="shift"):
    """What smugglers who adapt had come to at a moment.

    Attributes:
        at: When. loss_permille: Share of all lots they take for lost, recent ones first.
        factors_permille: Per dimension (`smugglers.DIMENSIONS`) and arm, how often it is used, 1000 being the usual.
    """

    at: Moment
    loss_permille: int
    factors_permille: dict[str, dict[str, int]]


class Underway(msgspec.Struct, frozen=True, tag="underway"):
    """Something that happened to a box after it was announced. planted: It belongs to a lot; else it is innocent."""

    container: str
    landed: Moment
    trace: str
    planted: bool


class Inside(msgspec.Struct, frozen=True, tag="inside"):
    """What was in a box that a control scanned; it stands in no file, pictures are made of it.

    Attributes:
        container, size_type, site: The box, where it was scanned. at: When. goods: A key of `goods.GOODS`; empty: none.
        kg: Net mass of the goods. concealment, lot_kg: Of the lot in it; empty and 0 where there is none.
        loading: Port it came from. loaded: When it was loaded there.
    """

    container: str
    size_type: str
    site: str
    at: Moment
    goods: str
    kg: float
    concealment: str
    lot_kg: float
    loading: str
    loaded: Moment


@dataclass(slots=True)
class TruthBook:
    """Collects the truth while messages are written.

    Attributes:
        cases: Planted lots by container number and landing. controls: All controls, in the order of voyages.
        boxes: How many boxes were landed. shifts: How smugglers moved, every four weeks; empty where they do not adapt.
        underway: What happened on the way, where the world tells it. stays: Boxes on the terminal, for access logs.
        insiders: People who were planted in access logs. insides: What was in the boxes that were scanned.
    """

    cases: list[Case] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    boxes: int = 0
    shifts: list[Shift] = field(default_factory=list)
    underway: list[Underway] = field(default_factory=list)
    stays: list[AccessBox] = field(default_factory=list)
    insiders: list[Planted] = field(default_factory=list)
    insides: list[Inside] = field(default_factory=list)

    def case_of(self, container: str, at: Moment) -> Case | None:
        """The lot in a box at a moment, or None: what a control of that box could find."""
        stays = (case for case in self.cases if case.container == container)
        return next((case for case in stays if case.landed - _EARLY <= at <= case.out + _LATE), None)

    def lines(self) -> Iterator[bytes]:
        """The truth as JSON Lines."""
        encode = msgspec.json.Encoder().encode
        for record in (*self.cases, *self.controls, *self.shifts, *self.underway, *self.insiders):
            yield encode(record) + b"\n"


_EARLY = 40 * 86_400_000_000  # a box is asked after while still at sea: forty days cover the longest lane
_LATE = 20 * 86_400_000_000  # late finds inland come within twenty days (LATE_FIND_DAYS)
