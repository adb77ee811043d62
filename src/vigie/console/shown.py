"""How values are written for people: dates, numbers, spans and codes, in the officer's language and the port's time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_decimal, format_percent

from vigie.terms import GRAMS_PER_KG, Moment, datetime_of, write_moment

MILLI = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """Writes values in one language and one time zone.

    Attributes:
        language: `fr`, `nl`, `en`, `pt` or `es`.
        zone: IANA time zone of the port.
        now: The node's clock when the page was made.
    """

    language: str
    zone: ZoneInfo
    now: Moment

    @property
    def locale(self) -> Locale:
        """CLDR locale: day before month in every language, so English is the British one."""
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    def local(self, moment: Moment) -> datetime:
        """The moment on the port's wall clock."""
        return datetime_of(moment).astimezone(self.zone)

    def iso(self, moment: Moment) -> str:
        """For the `datetime` attribute: UTC."""
        return write_moment(moment)

    def moment(self, moment: Moment) -> str:
        """Date and time to the minute."""
        return format_datetime(self.local(moment), "d MMM y HH:mm", locale=self.locale)

    def brief(self, moment: Moment) -> str:
        """Day, month and time; the year only where it is not this one."""
        when = self.local(moment)
        skeleton = "EEE d MMM HH:mm" if when.year == self.local(self.now).year else "d MMM y HH:mm"
        return format_datetime(when, skeleton, locale=self.locale)

    def day(self, moment: Moment) -> str:
        """The date in full."""
        return format_date(self.local(moment), "full", locale=self.locale)

    def date(self, moment: Moment) -> str:
        """The date, short."""
        return format_date(self.local(moment), "medium", locale=self.locale)

    def time(self, moment: Moment) -> str:
        """The time of day to the minute."""
        return format_time(self.local(moment), "HH:mm", locale=self.locale)

    def clock(self, moment: Moment) -> str:
        """Weekday and time to the second, as the running clock shows it."""
        return format_datetime(self.local(moment), "EEE HH:mm:ss", locale=self.locale)

    def relative(self, moment: Moment) -> str:
        """How far away: `in 3 hours`, `2 days ago`."""
        span = timedelta(microseconds=moment - self.now)
        return format_timedelta(
            span, granularity="minute", add_direction=True, format="short", threshold=1, locale=self.locale
        )

    def number(self, value: float, places: int = 0) -> str:
        """A number with the language's own marks."""
        return format_decimal(round(value, places), locale=self.locale)

    def percent(self, share: float, places: int = 0) -> str:
        """A share (0 to 1) as a percentage."""
        pattern = "#,##0" + (f".{'0' * places}" if places else "") + "%"
        return format_percent(share, pattern, locale=self.locale)

    def kg(self, grams: int) -> str:
        """Grams, written as kilograms."""
        return f"{self.number(grams / GRAMS_PER_KG, 3)} kg"

    def odds(self, milli: int) -> str:
        """Log-odds in thousandths, written with sign and two places."""
        return format_decimal(milli / MILLI, "+0.00;−0.00", locale=self.locale)
