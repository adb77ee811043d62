"""How a bulletin speaks: its texts, and numbers, dates and countries as each language writes them."""

from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from vigie.terms import GRAMS_PER_KG, Fact, Texts, tonnes

TONNE_G = 1_000_000
"""From one tonne on, sentences say tonnes; below it kilograms. Tables say kilograms throughout."""


@cache
def _texts() -> Texts:
    return Texts.load("vigie.registry.texts", "bulletin")


class Speech:
    """Speaks one language.

    Args:
        language: `fr`, `nl`, `en`, `pt` or `es`.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        region = {"en": "en_GB", "pt": "pt_PT"}.get(language, language)
        self.locale = Locale.parse(region)

    def tell(self, code: str, **facts: Fact) -> str:
        """Tell a text of the bulletin."""
        return _texts().tell(code, self.language, **facts)

    def known(self, code: str) -> bool:
        """Whether there is such a text."""
        return code in _texts().table

    def number(self, value: float, places: int = 0) -> str:
        """A number with the language's own marks.

        >>> Speech("fr").number(61.8, 1)
        '61,8'
        """
        pattern = "#,##0" + (f".{'0' * places}" if places else "")
        return format_decimal(value, pattern, locale=self.locale)

    def counted(self, code: str, value: float, places: int = 0) -> str:
        """A number with its word in the right form: `1 finding`, `119 findings`.

        >>> Speech("fr").counted("tonnes", 1.7, 1)
        '1,7 tonne'
        """
        form = "one" if self.locale.plural_form(value) == "one" else "other"
        return self.tell(f"{code}-{form}", n=self.number(value, places))

    def mass(self, grams: int) -> str:
        """A weight in a sentence: tonnes to a tenth from one tonne on, else whole kilograms."""
        if grams >= TONNE_G:
            return self.counted("tonnes", round(tonnes(grams), 1), 1)
        return f"{self.kg(grams)} kg"

    def kg(self, grams: int) -> str:
        """Grams as whole kilograms; one below half a kilogram shows its grams."""
        kilograms = grams / GRAMS_PER_KG
        return self.number(kilograms, 3 if 0 < kilograms < 1 else 0)

    def change(self, now: float, before: float) -> str:
        """A change in whole per cent with its sign; a dash where nothing was before."""
        if not before:
            return "–"
        share = round((now - before) / before, 2)
        return ("−" if share < 0 else "+") + format_percent(abs(share), locale=self.locale)

    def share(self, part: float, whole: float) -> str:
        """A share in whole per cent; a dash of nothing."""
        return str(format_percent(part / whole, locale=self.locale)) if whole else "–"

    def day(self, day: date) -> str:
        """A date in full without the weekday."""
        return format_date(day, "long", locale=self.locale)

    def month(self, month: int) -> str:
        """A month's short name, 1 to 12."""
        return str(self.locale.months["stand-alone"]["abbreviated"][month])

    def country(self, code: str) -> str:
        """A country by its ISO 3166 code; an unknown one keeps its code, an empty one is said to be unknown."""
        return str(self.locale.territories.get(code, code)) if code else self.tell("unknown")

    def word(self, kind: str, code: str) -> str:
        """A code of a vocabulary in words; one that no text knows stays as it is."""
        name = f"{kind}-{code}"
        return self.tell(name) if self.known(name) else code or self.tell("unknown")
