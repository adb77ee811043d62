"""Values as people read them, in five languages and the port's own time."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.console.shown import Shown
from vigie.terms import DAY, HOUR, MINUTE, Language, Moment, read_moment

NOW = read_moment("2026-11-22T08:14:30Z")


def show(language: str, zone: str = "Europe/Brussels") -> Shown:
    return Shown(language, ZoneInfo(zone), NOW)


@pytest.mark.parametrize(
    ("language", "told"),
    [("fr", "dans 3 h"), ("nl", "over 3 u"), ("en", "in 3 hr"), ("pt", "em 3 h"), ("es", "dentro de 3 h")],
)
def test_a_span_is_told_in_each_language(language: str, told: str) -> None:
    assert show(language).relative(Moment(NOW + 3 * HOUR)).replace("\xa0", " ").startswith(told)


def test_a_moment_is_told_on_the_clock_of_the_port() -> None:
    assert show("en").moment(NOW) == "22 Nov 2026 09:14"
    assert show("en", "America/Guayaquil").moment(NOW) == "22 Nov 2026 03:14"
    assert show("fr").iso(NOW) == "2026-11-22T08:14:30Z"


@pytest.mark.parametrize(
    ("language", "number", "mass"),
    [("en", "1,204", "21.4 kg"), ("nl", "1.204", "21,4 kg"), ("es", "1.204", "21,4 kg"), ("pt", "1.204", "21,4 kg")],
)
def test_numbers_carry_the_marks_of_the_language(language: str, number: str, mass: str) -> None:
    assert show(language).number(1204) == number
    assert show(language).kg(21_400) == mass


def test_log_odds_always_carry_a_sign() -> None:
    assert [show("en").odds(one) for one in (1400, -350, 0)] == ["+1.40", "−0.35", "+0.00"]


def test_a_share_is_a_percentage() -> None:
    assert show("en").percent(0.137, 1) == "13.7%"


@given(st.sampled_from(list(Language)), st.integers(0, (1 << 53) - 1))
def test_any_moment_can_be_told(language: Language, moment: int) -> None:
    shown = show(str(language), "UTC")
    for told in (shown.moment, shown.brief, shown.day, shown.date, shown.time, shown.clock, shown.relative, shown.iso):
        assert told(Moment(moment))


def test_less_than_a_minute_is_not_told_in_seconds() -> None:
    assert "sec" not in show("en").relative(Moment(NOW + MINUTE // 3))
    assert show("en").relative(Moment(NOW + 3 * DAY)) == "in 3 days"
