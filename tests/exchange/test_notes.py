import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import BR, NOW, an_id

from vigie.exchange import ExchangeRefused
from vigie.exchange.notes import Grant, Outcome, Receipt, ReleaseRequest, Retraction, read_note, write_note

NOTES = [
    Retraction("the container was another one"),
    Receipt(an_id(), 2, 3, Outcome.KEPT, NOW, "case BE-2026-17", "court of Antwerp", NOW),
    ReleaseRequest(an_id(), 1, (BR,), "for the sister ship"),
    Grant(an_id(), 1, True, (BR,), NOW, "agreed", judicial=True),
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: type(note).__name__)
def test_a_note_is_read_as_it_was_written_and_as_nothing_else(note):
    assert read_note(write_note(note), type(note)) == note
    for other in {type(one) for one in NOTES} - {type(note)}:
        with pytest.raises(ExchangeRefused):
            read_note(write_note(note), other)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_note_or_refused(raw):
    with pytest.raises(ExchangeRefused):
        read_note(raw, Receipt)
