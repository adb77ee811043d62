"""A reason in the officer's language: the declared text, with its evidence as people write numbers."""

from collections.abc import Callable, Mapping

from vigie.risk.catalogue import Catalogue
from vigie.risk.checking import DraftFault
from vigie.risk.columns_declared import Declared, Origin, Unit
from vigie.risk.columns_row import BY_NAME
from vigie.risk.indicator import Indicator
from vigie.risk.language import BadExpression
from vigie.risk.models.declared import How, Input
from vigie.risk.score import Reason
from vigie.terms import Fact, Language, Moment, write_moment

_NARROW = "\u202f"
_MARKS: dict[Language, tuple[str, str, int]] = {  # thousands, decimals, digits from which thousands are set apart
    Language.FR: (_NARROW, ",", 4), Language.NL: (".", ",", 4), Language.EN: (",", ".", 4),
    Language.PT: ("\u00a0", ",", 5), Language.ES: (".", ",", 5),
}  # fmt: skip
"""Source: Unicode CLDR 46, numbers (fr, nl, en, pt-PT, es; the last two group from five digits on)."""

_UNKNOWN = "…"


def explain(reason: Reason, language: Language | str, catalogue: Catalogue) -> str:
    """Tell why an indicator fired.

    Args:
        reason: Of an assessment. language: FR, NL, EN, PT or ES. catalogue: As loaded.

    Returns:
        The reason of the indicator's own version; its id alone where the catalogue no longer holds that version.
    """
    tongue = Language(language)
    indicator = catalogue.get(reason.indicator, reason.version)
    if indicator is None:
        return reason.indicator
    told = {name: tell_value(name, value, tongue, catalogue) for name, value in reason.evidence.items()}
    text = indicator.reason[tongue.value]
    for name in indicator.evidence:
        text = text.replace("{" + name + "}", told.get(name, _UNKNOWN))
    return text


def title(indicator: Indicator, language: Language | str) -> str:
    """The title of an indicator."""
    return indicator.title[Language(language).value]


def label(column: str, language: Language | str, catalogue: Catalogue) -> str:
    """What a column is called."""
    return catalogue.texts.tell(column, language)


def typology_text(code: str, language: Language | str, catalogue: Catalogue) -> str:
    """What a typology is called."""
    return catalogue.texts.tell(f"typology-{code}", language)


def band_text(name: str, language: Language | str, catalogue: Catalogue) -> str:
    """What a band is called."""
    return catalogue.texts.tell(f"band-{name}", language)


def tell_fault(fault: BadExpression, language: Language | str, catalogue: Catalogue) -> str:
    """Tell why an expression cannot be read or used."""
    return catalogue.texts.tell(f"expression-{fault.facts['reason']}", language, **fault.facts)


def tell_draft_fault(fault: DraftFault, language: Language | str, catalogue: Catalogue) -> str:
    """Tell what is wrong with a draft."""
    code = f"fault-{fault.reason}"
    if code not in catalogue.texts.table:
        code = f"expression-{fault.reason}"
    return catalogue.texts.tell(code, language, **fault.facts)


def tell_value(column: str, value: Fact, language: Language | str, catalogue: Catalogue) -> str:
    """Write a value of a column with its unit; unknown is an ellipsis."""
    tongue = Language(language)
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return catalogue.texts.tell("yes" if value else "no", tongue)
    if isinstance(value, str):
        return _told_text(BY_NAME[column], value, tongue, catalogue)
    return _UNITS[BY_NAME[column].unit](value, tongue)


def tell_input(each: Input, values: Mapping[str, Fact], language: Language | str, catalogue: Catalogue) -> str:
    """Tell what an input of a model saw: the labels of its columns with their values.

    Args:
        each: The input, over columns of `COLUMNS`. values: The row, by column.
    """
    tongue = Language(language)
    if each.how is How.GAP:
        first, second = (values[name] for name in each.read)
        told = _UNKNOWN
        if isinstance(first, int) and isinstance(second, int):
            told = _hours((first - second) / 3_600_000_000, tongue)
        return f"{label(each.read[1], tongue, catalogue)}: {told}"
    named = [f"{label(name, tongue, catalogue)}: {tell_value(name, values[name], tongue, catalogue)}"
             for name in each.read]  # fmt: skip
    return " · ".join(named)


_CODED = ("cover_load", "chemical_carrier")


def _told_text(column: Declared, value: str, language: Language, catalogue: Catalogue) -> str:
    if column.name in _CODED and f"goods-{value}" in catalogue.texts.table:
        return catalogue.texts.tell(f"goods-{value}", language)
    return value


def number(value: int | float, language: Language, decimals: int = 0) -> str:
    """Write a number with the marks of a language.

    >>> number(1234567.5, Language.FR, 1)
    '1\u202f234\u202f567,5'
    """
    thousands, point, least = _MARKS[language]
    whole, _, rest = f"{abs(value):.{decimals}f}".partition(".")
    if len(whole) >= least:
        whole = f"{int(whole):,}".replace(",", thousands)
    sign = "\u2212" if value < 0 and (whole.strip("0") or rest.strip("0")) else ""
    return sign + whole + (point + rest if rest else "")


def _mass(value: int | float, language: Language) -> str:
    if abs(value) < 1_000:
        return f"{number(value, language)}\u00a0g"
    kilos = value / 1000
    return f"{number(kilos, language, 0 if abs(kilos) >= 100 else 1)}\u00a0kg"


def _hours(value: int | float, language: Language) -> str:
    if abs(value) < 72:
        return f"{number(value, language)}\u00a0h"
    days = {Language.FR: "j", Language.NL: "d", Language.EN: "d", Language.PT: "d", Language.ES: "d"}[language]
    return f"{number(value / 24, language, 1)}\u00a0{days}"


def _moment(value: int | float, language: Language) -> str:
    return write_moment(Moment(int(value)))[:16].replace("T", " ") + " UTC"


_UNITS: dict[Unit, Callable[[int | float, Language], str]] = {
    Unit.NONE: lambda value, language: number(value, language, 0 if isinstance(value, int) else 2),
    Unit.COUNT: lambda value, language: number(value, language),
    Unit.CHARACTER: lambda value, language: number(value, language),
    Unit.GRAM: _mass,
    Unit.HOUR: _hours,
    Unit.MINUTE: lambda value, language: f"{number(value, language)}\u00a0min",
    Unit.PERMILLE: lambda value, language: f"{number(value / 10, language, 1)}\u00a0%",
    Unit.DECIDEGREE: lambda value, language: f"{number(value / 10, language, 1)}\u00a0°C",
    Unit.CLOCK: lambda value, _: f"{int(value):02d}:00 UTC",
    Unit.MOMENT: _moment,
    Unit.KEY: lambda value, _: f"{int(value):x}",
    Unit.MILLI: lambda value, language: number(value / 1000, language, 2),
}


def told_from_history(column: str) -> bool:
    """Whether a column is a feature: its evidence is the history of other boxes, not an entry of this one."""
    return Origin.FEATURE in BY_NAME[column].origins


def unit_of(column: str) -> str:
    """The unit a column's values are written in: as in the row, not as told to an officer."""
    return BY_NAME[column].unit.value
