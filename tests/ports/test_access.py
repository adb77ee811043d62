import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.ports import PSEUDONYM, hour_of_week, pseudonym
from vigie.terms import DAY, HOUR, read_moment

SECRET, OTHER = b"a" * 32, b"b" * 32


@given(st.text(min_size=1, max_size=40).filter(lambda one: one.strip()))
def test_a_pseudonym_is_stable_and_worth_nothing_without_the_secret(name):
    made = pseudonym(name, SECRET)
    assert made == pseudonym(f"  {name.casefold()} ", SECRET)
    assert PSEUDONYM.fullmatch(made)
    assert made not in (pseudonym(name, OTHER), pseudonym(name, SECRET, "p"))


def test_names_cannot_be_tried_without_the_secret():
    """Whoever has the list of staff and all pseudonyms, but not the secret, finds none of them again."""
    staff = [f"badge-{number}" for number in range(500)]
    kept = {pseudonym(name, SECRET) for name in staff}
    assert len(kept) == 500
    assert not kept & {pseudonym(name, secret) for name in staff for secret in (OTHER, b"", b"vigie")}


def test_nobody_has_no_pseudonym():
    assert pseudonym("  ", SECRET) == ""


@pytest.mark.parametrize(
    ("told", "hour"), [("2026-03-02T00:00:00Z", 0), ("2026-03-02T23:59:59Z", 23), ("2026-03-08T23:00:00Z", 167)]
)
def test_the_week_begins_on_monday(told, hour):
    at = read_moment(told)
    assert hour_of_week(at) == hour == hour_of_week(at + 7 * DAY) == (hour_of_week(at + HOUR) - 1) % 168
