"""Messages between pages: only what we say is told, whatever a cookie holds."""

import base64

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.console.pages import Said, done, read_said, zone_of
from vigie.terms import Texts

TEXTS = Texts({"said-claim": {"en": "{n}"}, "nav-today": {"en": "Today"}})


def packed(said: Said) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(said)).decode()


def test_a_message_is_told_on_the_next_page() -> None:
    said = Said("said-claim", {"n": 3}, undo="/arrivals/bulk", fields={"act": ["unclaim"]})
    cookie = done("/arrivals", said).headers["set-cookie"]
    assert read_said(cookie.partition("=")[2].partition(";")[0].strip('"'), TEXTS) == said
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "said", [Said("nav-today"), Said("said-unheard-of"), Said("said-claim", undo="https://evil.example")]
)
def test_what_we_never_say_is_not_told(said: Said) -> None:
    assert read_said(packed(said), TEXTS) is None


@given(st.text(max_size=200))
def test_any_cookie_is_read_or_ignored(raw: str) -> None:
    read_said(raw, TEXTS)


def test_a_zone_nobody_knows_is_utc() -> None:
    assert str(zone_of("Atlantis/Port")) == "UTC"
    assert str(zone_of("Europe/Brussels")) == "Europe/Brussels"
