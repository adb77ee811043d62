import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import a_header, a_marking, an_entry

from vigie.exchange import ExchangeRefused
from vigie.exchange.envelope import MAX_BODY, checked, erased, leaf_of, read_body, read_header, write_entry
from vigie.exchange.markings import write_marking


def why(told):
    return told.value.facts["reason"]


def test_an_entry_is_read_as_it_was_written():
    entry = an_entry(3, b'{"a":1}')
    header = read_header(entry.header)
    body = read_body(entry, header)
    assert (header.seq, header.audience, body.content) == (3, ("nl-customs",), b'{"a":1}')
    assert body.marking == write_marking(a_marking())


def test_the_leaf_outlives_the_body():
    entry = an_entry()
    bare = erased(entry)
    assert leaf_of(bare) == leaf_of(entry)
    assert read_body(bare, read_header(bare.header)) is None
    assert b"note" not in msgspec.msgpack.encode(bare)


def test_one_body_has_another_hash_in_every_entry():
    assert an_entry(1).body_hash != an_entry(2).body_hash
    assert read_header(an_entry(1).header).marking != read_header(an_entry(2).header).marking


def test_another_body_or_salt_does_not_fit():
    entry, other = an_entry(1), an_entry(2, b'{"other":1}')
    header = read_header(entry.header)
    for changed in (
        msgspec.structs.replace(entry, body=other.body),
        msgspec.structs.replace(entry, salt=other.salt),
        msgspec.structs.replace(entry, salt=b"short"),
    ):
        with pytest.raises(ExchangeRefused) as told:
            read_body(changed, header)
        assert why(told) == "exchange-body-differs"


@pytest.mark.parametrize(
    "wrong",
    [
        {"v": 2},
        {"origin": "../be"},
        {"origin": "BE"},
        {"seq": -1},
        {"id": "Jan Peeters"},
        {"id": "note--../../x"},
        {"version": 0},
        {"audience": ("nl customs",)},
        {"audience": ("n",) * 65},
        {"marking": "amber"},
        {"retain_until": 0},
        {"prev_root": "0"},
        {"key": "Z" * 16},
    ],
)
def test_a_header_holds_names_of_nodes_and_things_and_nothing_else(wrong):
    with pytest.raises(ExchangeRefused) as told:
        checked(msgspec.structs.replace(a_header(), **wrong))
    assert (why(told), told.value.facts["field"]) == ("exchange-bad-header", *wrong)


def test_an_empty_audience_is_refused_and_never_means_all():
    with pytest.raises(ExchangeRefused) as told:
        checked(a_header(audience=()))
    assert why(told) == "exchange-empty-audience"


def test_a_body_has_a_largest_size():
    with pytest.raises(ExchangeRefused) as told:
        write_entry(a_header(), b"{}", bytes(MAX_BODY), bytes(16))
    assert why(told) == "exchange-oversize"


def test_fields_of_a_later_release_are_passed_over_and_kept():
    entry = an_entry()
    later = entry.header[:-1] + b',"later":{"x":1}}'
    assert read_header(later) == read_header(entry.header)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_header_or_refused(raw):
    with pytest.raises(ExchangeRefused):
        read_header(raw)
