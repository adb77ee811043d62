import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import BE, NL, SIGNERS

from vigie.exchange import (
    Answered,
    ExchangeRefused,
    Refusal,
    Why,
    countersign,
    read_answer,
    read_refusal,
    sign_head,
    write_answer,
    write_refusal,
)


def test_an_answer_comes_back_as_it_was():
    head = sign_head(BE, 0, bytes(32), 1, SIGNERS[BE])
    told = Answered(3, 9, countersign(head, NL, SIGNERS[NL], 3), head, 4, ("exchange-quota",), (head,))
    assert read_answer(write_answer(told)) == told
    assert read_answer(write_answer(Answered(-1, 0))).word is None


@given(st.binary(max_size=200))
def test_any_bytes_are_an_answer_or_refused(raw):
    try:
        told = read_answer(raw)
    except ExchangeRefused as refusal:
        told = refusal.facts["reason"]
    assert isinstance(told, Answered) or told in set(Why)


def test_an_answer_without_end_is_refused():
    with pytest.raises(ExchangeRefused):
        read_answer(bytes(1 << 17))


def test_a_refusal_names_a_reason_that_exists():
    told = Refusal(Why.GAP.value, {"seq": 3})
    assert read_refusal(write_refusal(told)) == told
    for raw in (b"", b"<html>", b'{"reason":"no such thing"}', b'{"reason":7}'):
        assert read_refusal(raw).reason == Why.UNREADABLE
