"""Character sets: no byte is a reason to stop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.arrivals.edifact.charset import decode, strange_bytes


@pytest.mark.parametrize(
    ("raw", "syntax", "text"),
    [
        (b"A", "UNOA", "A"),
        ("é".encode("latin-1"), "UNOC", "é"),
        ("é".encode(), "UNOC", "é"),
        ("ж".encode("iso8859-5"), "UNOE", "ж"),
        ("ж".encode(), "UNOW", "ж"),
        (b"\xff", "UNOW", "�"),
        ("\ue12b".encode(), "UNOW", "�"),
        (b"\xe9", "", "é"),
    ],
)
def test_decode(raw, syntax, text):
    assert decode(raw, syntax) == text


@pytest.mark.parametrize(
    ("raw", "syntax", "strange"),
    [(b"A$a", "UNOA", b"$a"), (b"A$a", "UNOB", b"$"), (b"A$a\xe9\x80", "UNOC", b"\x80"), (b"\0\xff", "UNOW", b"\0")],
)
def test_strange_bytes(raw, syntax, strange):
    assert strange_bytes(raw, syntax) == strange


@given(st.binary(max_size=50), st.sampled_from(("UNOA", "UNOC", "UNOE", "UNOW", "UNOX", "?")))
def test_any_bytes_are_decoded(raw, syntax):
    assert isinstance(decode(raw, syntax), str)
