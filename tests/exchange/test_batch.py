"""A batch that a partner sent: what fits is read, and whatever a hostile partner may try is refused with its code."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import BE, BR, NL, Log, a_marking, an_entry, keys_of

from vigie.exchange import ExchangeRefused
from vigie.exchange.batch import MOST_BYTES, MOST_ENTRIES, Batch, check_batch, make_batch, origin_of, write_batch
from vigie.exchange.heads import peek


def a_log():
    """Ten entries, each second one for Brazil."""
    entries = (an_entry(place, marking=a_marking(nodes=(BR,) if place % 2 else (NL,))) for place in range(10))
    return Log().add(*entries)


def refused(act, *args):
    with pytest.raises(ExchangeRefused) as told:
        act(*args)
    return told.value.facts["reason"]


def test_a_partner_reads_what_is_for_it_and_learns_nothing_of_the_rest():
    log = a_log()
    raw = write_batch(log.batch([0, 2, 8], since=0))
    told, origin = origin_of(raw)
    read = check_batch(told, keys_of(BE), None, NL)
    assert (origin, read.head.size) == (BE, 10)
    assert [header.seq for header, _ in read.entries] == [0, 2, 8]
    assert all(entry.header not in raw for entry in log.entries[1::2])


def test_the_next_batch_leads_on_from_the_head_known():
    log = a_log()
    known = peek(log.head(4))
    read = check_batch(log.batch([4, 6], since=4), keys_of(BE), known, NL)
    assert [header.seq for header, _ in read.entries] == [4, 6]
    check_batch(log.batch([], since=4), keys_of(BE), known, NL)


def table():
    log = a_log()
    good = log.batch([0, 2])
    other = Log().add(an_entry(0, b'{"another":1}'), *log.entries[1:])
    stranger = Log(BR).add(an_entry(0, origin=BR))
    replace = msgspec.structs.replace
    yield "exchange-not-in-log", replace(good, entries=other.batch([0, 2]).entries), None
    yield "exchange-not-in-log", replace(good, proof=good.proof[1:]), None
    yield "exchange-not-in-log", replace(good, entries=(good.entries[0],) * 2), None
    yield "exchange-not-in-log", replace(good, entries=stranger.entries), None
    yield "exchange-not-addressed", log.batch([1]), None
    yield "exchange-split-view", other.batch([0]), peek(log.head())
    yield "exchange-rewritten-history", other.batch([0], since=4), peek(log.head(4))
    yield "exchange-rewritten-history", replace(log.batch([4], since=4), grown={}), peek(log.head(4))
    yield "exchange-stale-head", log.batch([0], size=4), peek(log.head())
    yield "exchange-unknown-key", stranger.batch([0]), None


CASES = list(table())


@pytest.mark.parametrize(("code", "batch", "known"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_what_a_hostile_partner_may_try(code, batch, known):
    told, _ = origin_of(write_batch(batch))
    assert refused(check_batch, told, keys_of(BE), known, NL) == code


def test_a_forged_signature_is_refused():
    good = a_log().batch([0])
    bad = msgspec.structs.replace(good, head=msgspec.structs.replace(good.head, signature=bytes(64)))
    assert refused(check_batch, bad, keys_of(BE), None, NL) == "exchange-forged-signature"


def test_a_revoked_key_is_not_believed_from_its_place_on():
    log, name = a_log(), next(iter(keys_of(BE)))
    check_batch(log.batch([0, 2], size=4), keys_of(BE), None, NL, {name: 4})
    assert refused(check_batch, log.batch([0]), keys_of(BE), None, NL, {name: 4}) == "exchange-key-revoked"


def test_a_batch_has_a_largest_size():
    good = a_log().batch([0])
    assert refused(origin_of, bytes(MOST_BYTES + 1)) == "exchange-oversize"
    many = msgspec.structs.replace(good, entries=good.entries * (MOST_ENTRIES + 1))
    assert refused(origin_of, write_batch(many)) == "exchange-oversize"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_batch_or_refused(raw):
    assert refused(origin_of, raw) == "exchange-unreadable"


@given(st.data())
def test_a_batch_with_one_changed_byte_is_refused_or_says_the_same(drawn):
    good = a_log().batch([0, 2], since=0)
    raw = bytearray(write_batch(good))
    place = drawn.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= 1 << drawn.draw(st.integers(0, 7))
    try:
        told, _ = origin_of(bytes(raw))
        read = check_batch(told, keys_of(BE), None, NL)
    except ExchangeRefused:
        return
    whole = check_batch(good, keys_of(BE), None, NL)
    assert [header for header, _ in read.entries] == [header for header, _ in whole.entries]
    assert read.head == whole.head


def test_a_batch_without_entries_is_a_head():
    log = a_log()
    assert make_batch(log.head(), [], log.tree(), []) == Batch(log.head())
