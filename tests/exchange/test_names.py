import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.exchange import ExchangeRefused
from vigie.exchange.names import safe_name

WRONG = [
    "", ".", "..", "../keys", "a/b", "a\\b", "/etc/passwd", "C:evil", "c:\\x", "a\0b", "a\nb", ".hidden", "-rf",
    "con", "CON.txt", "nul.tar.gz", "com1", "a" * 121, "scan..png", "scan.", "ﬁle.png", "scan\u202egnp.exe", "scan .png",
    "~/x", "$HOME", "%2e%2e%2fkeys", "scan.png:stream",
]  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_road_is_no_name(name):
    with pytest.raises(ExchangeRefused) as told:
        safe_name(name)
    assert told.value.facts["reason"] == "exchange-bad-name"


@pytest.mark.parametrize("name", ["scan.png", "MSCU1234566_2026-01-20.tar.gz", "9f86d081"])
def test_a_name_is_a_name(name):
    assert safe_name(name) == name


@given(st.text(max_size=30))
def test_what_passes_stays_in_its_folder(name):
    try:
        told = safe_name(name)
    except ExchangeRefused:
        return
    assert told.isascii()
    assert not set(told) & set("/\\:\0")
    assert told[0] not in ".-"
