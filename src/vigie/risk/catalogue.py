"""All shipped indicators and texts, read once; whoever starts the node loads it and hands it on."""

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

from vigie.risk.columns_row import KINDS
from vigie.risk.indicator import BadIndicator, Indicator, read_indicator
from vigie.terms import Moment, Texts


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Indicators in all their versions, and the texts of columns, features, typologies and words.

    Attributes:
        indicators: In the order of the reference page (party, cargo, weight, route, equipment, terminal, insider,
            scan, watch lists), older versions before newer ones.
        texts: Labels of columns and features, names of typologies, bands and units.
    """

    indicators: tuple[Indicator, ...]
    texts: Texts

    def get(self, indicator: str, version: int | None = None) -> Indicator | None:
        """One indicator: the version asked for, else the newest; None where there is none."""
        fit = [each for each in self.indicators if each.id == indicator and version in (None, each.version)]
        return max(fit, key=lambda each: each.version, default=None)

    def in_force(self, at: Moment) -> tuple[Indicator, ...]:
        """The newest version of each indicator among those in force at a moment."""
        newest: dict[str, Indicator] = {}
        for each in self.indicators:
            if each.in_force(at) and (each.id not in newest or each.version > newest[each.id].version):
                newest[each.id] = each
        return tuple(newest.values())


_GROUPS = "PCWRETIS"


def _order(indicator: Indicator) -> tuple[int, int, str, int]:
    first, digits = indicator.id[0], "".join(filter(str.isdecimal, indicator.id))
    group = _GROUPS.index(first) if digits and first in _GROUPS else len(_GROUPS)  # watch lists carry no digit
    return group, int(digits or 0), indicator.id, indicator.version


def load_catalogue() -> Catalogue:
    """Read the indicator files and texts of this package.

    Raises:
        BadIndicator, BadExpression: A file cannot be used, or two carry the same id and version.
    """
    folder = files("vigie.risk.indicators")
    read = [read_indicator(file.read_bytes(), KINDS) for file in folder.iterdir() if file.name.endswith(".toml")]
    twice = [name for name, many in Counter((each.id, each.version) for each in read).items() if many > 1]
    if twice:
        raise BadIndicator(indicator=twice[0][0], reason="same id and version twice")
    texts = Texts.load("vigie.risk.texts", "columns", "features", "typologies", "words", "expression", "faults")
    return Catalogue(tuple(sorted(read, key=_order)), texts)
