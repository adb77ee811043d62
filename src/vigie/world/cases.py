"""A planted lot: how big, from where, hidden how, and which traces of it happen to show."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from vigie.world.chance import Choice
from vigie.world.lots import CLASSES, LotLaw, fitted
from vigie.world.parameters import INTERCEPTION
from vigie.world.press import PROVENANCE, press_year
from vigie.world.typologies import Typology, choice_of

ALL_SCOPES = ("lane", "cold", "small", "empty")


@dataclass(frozen=True, slots=True)
class Lot:
    """A planted lot, before it has a box.

    Attributes:
        size: Press class. kilos: Net kilograms. origin: Country it comes from (ISO 3166 alpha-2).
        typology: Modus operandi. concealment: Where it is. traces: What of it shows in messages.
    """

    size: str
    kilos: float
    origin: str
    typology: Typology
    concealment: str
    traces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plague:
    """How much is planted at a site in a year.

    Attributes:
        per_year: Lots planted per year, found or not. law: Law of found lots. sizes: Law of planted classes.
    """

    per_year: float
    law: LotLaw
    sizes: Choice[str]


@cache
def plague(site: str, year: int) -> Plague:
    """Work back from what was found to what must have been planted.

    A class that controls find with chance p must be planted 1/p times as often as it is found; the published count and
    mean then come out of planting, traces, choice of boxes and detection, and nothing is rescaled after the draw.
    """
    figures = press_year(site, year)
    law = fitted(1000 * figures.tonnes.value / figures.findings.value, figures.small, figures.large)
    found = INTERCEPTION.value
    planted = [share / found[size] for share, size in zip(law.shares, CLASSES, strict=True)]
    return Plague(figures.findings.value * sum(planted), law, Choice(CLASSES, planted))


@cache
def _typologies(size: str, scopes: tuple[str, ...]) -> Choice[Typology]:
    return choice_of(size, scopes)


@cache
def _hidden(typology: str, scopes: tuple[str, ...]) -> Choice[str]:
    chosen = next(one for size in CLASSES for one in _typologies(size, scopes).things if one.id == typology)
    return Choice(tuple(chosen.hidden.value), tuple(chosen.hidden.value.values()))


@cache
def _origins() -> Choice[str]:
    return Choice(tuple(PROVENANCE.value), tuple(PROVENANCE.value.values()))


def draw_lot(chance: Random, known: Plague, scopes: tuple[str, ...] = ALL_SCOPES, origin: str = "",
             shifted: Callable[[Choice[Typology]], Choice[Typology]] | None = None) -> Lot:
    """Draw one planted lot.

    Args:
        chance: The stream to draw from.
        known: How much is planted, and of which sizes.
        scopes: Which kinds of box the lot may take.
        origin: Country where it is already known; else drawn by the published shares.
        shifted: How smugglers who adapt choose among the modus operandi; None as ever.
    """
    size = known.sizes.draw(chance)
    kilos = known.law.kilos(size, chance)
    usual = _typologies(size, scopes)
    typology = (usual if shifted is None else shifted(usual)).draw(chance)
    concealment = _hidden(typology.id, scopes).draw(chance)
    shown = tuple(trace for trace, often in typology.traces.value.items() if chance.random() < often)
    return Lot(size, kilos, origin or _origins().draw(chance), typology, concealment, shown)
