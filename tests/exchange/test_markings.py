import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import a_marking

from vigie.exchange import ExchangeRefused
from vigie.exchange.markings import HandlingCode, Subjects, check_marking, personal, read_marking, write_marking


def test_a_marking_is_read_as_it_was_written():
    marking = a_marking(handling=HandlingCode.H3, handling_text="only with the liaison officer present")
    assert read_marking(write_marking(marking)) == marking


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("information", 0),
        ("information", 5),
        ("originator", ""),
        ("nodes", ("all of them",)),
        ("case", " "),
        ("legal_basis", ""),
        ("retain_until", 0),
    ],
)
def test_a_marking_says_all_that_it_has_to(field, value):
    with pytest.raises(ExchangeRefused) as told:
        write_marking(a_marking(**{field: value}))
    assert (told.value.facts["reason"], told.value.facts["field"]) == ("exchange-bad-marking", field)


def test_h3_says_in_words_what_it_asks():
    with pytest.raises(ExchangeRefused) as told:
        check_marking(a_marking(handling=HandlingCode.H3))
    assert told.value.facts["field"] == "handling_text"


@pytest.mark.parametrize("field", ["nodes", "desks"])
def test_nobody_is_not_everybody(field):
    with pytest.raises(ExchangeRefused) as told:
        check_marking(a_marking(**{field: ()}))
    assert told.value.facts["reason"] == "exchange-empty-audience"


def test_a_field_left_out_is_refused():
    whole = msgspec.json.decode(write_marking(a_marking()))
    for name in ("tlp", "purpose", "legal_basis", "retain_until", "subjects", "nodes"):
        with pytest.raises(ExchangeRefused):
            read_marking(msgspec.json.encode({key: value for key, value in whole.items() if key != name}))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_marking_or_refused(raw):
    with pytest.raises(ExchangeRefused):
        read_marking(raw)


def test_whose_data_it_holds():
    assert not personal(a_marking())
    assert personal(a_marking(subjects=Subjects.SUSPECT))
