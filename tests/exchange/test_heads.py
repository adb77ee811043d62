import msgspec
import pytest
from tests.exchange.values import BE, BR, NL, SIGNERS, Log, an_entry, keys_of

from vigie.exchange import ExchangeRefused
from vigie.exchange.heads import (
    Seen,
    SignedHead,
    View,
    countersign,
    grew,
    one_log,
    peek,
    read_head,
    witnessed,
)


def a_log(*, count=9, first=b"{}"):
    return Log().add(an_entry(0, first), *(an_entry(place) for place in range(1, count)))


def refused(act, *args):
    with pytest.raises(ExchangeRefused) as told:
        act(*args)
    return told.value.facts["reason"]


def test_a_head_is_read_with_the_key_of_its_node():
    signed = a_log().head()
    assert read_head(signed, keys_of(BE)).size == 9
    assert refused(read_head, signed, keys_of(NL)) == "exchange-unknown-key"
    assert refused(read_head, SignedHead(signed.told, bytes(64)), keys_of(BE)) == "exchange-forged-signature"
    changed = SignedHead(signed.told.replace(b'"size":9', b'"size":8'), signed.signature)
    assert refused(read_head, changed, keys_of(BE)) == "exchange-forged-signature"


@pytest.mark.parametrize("told", [b"", b"{}", b'{"origin":"a","size":-1,"root":"00","at":1,"key":"x"}', b"\xff"])
def test_what_is_no_head_is_refused(told):
    assert refused(peek, SignedHead(told, bytes(64))) == "exchange-unreadable"


def test_a_log_grows_and_does_nothing_else():
    log, other = a_log(), a_log(first=b'{"another":"past"}')
    known, new = peek(log.head(5)), peek(log.head())
    proof = log.tree().consistency(5)
    grew(None, new, ())
    grew(known, new, proof)
    grew(new, new, ())
    assert refused(grew, new, known, ()) == "exchange-stale-head"
    assert refused(grew, new, peek(other.head()), ()) == "exchange-split-view"
    assert refused(grew, known, peek(other.head()), other.tree().consistency(5)) == "exchange-rewritten-history"
    assert refused(grew, known, new, proof[:-1]) == "exchange-rewritten-history"


def test_partners_say_which_heads_they_saw():
    signed = a_log().head()
    words = [countersign(signed, name, SIGNERS[name]) for name in (NL, BR)]
    forged = msgspec.structs.replace(words[1], by=NL, key=words[0].key)
    keys = {name: keys_of(name) for name in (NL, BR)}
    assert witnessed(signed, words, keys) == {NL, BR}
    assert witnessed(signed, [forged], keys) == set()
    assert witnessed(signed, [msgspec.structs.replace(words[0], upto=5)], keys) == set()
    assert witnessed(signed, words, {}) == set()
    assert witnessed(a_log(count=8).head(), words, keys) == set()


def test_two_heads_are_of_one_log_or_cannot_be():
    log, other = a_log(), a_log(first=b'{"another":"past"}')
    old, new, strange = peek(log.head(5)), peek(log.head()), peek(other.head(5))
    proof = log.tree().consistency(5)
    assert one_log(old, strange, None) is False  # the same size, another root: no proof is needed
    assert (one_log(old, old, None), one_log(old, new, None), one_log(new, old, proof)) == (True, None, True)
    assert one_log(strange, new, proof) is False
    assert one_log(old, peek(other.head()), other.tree().consistency(5)) is False
    assert one_log(old, new, ()) is False
    assert one_log(msgspec.structs.replace(old, size=0), new, None) is True


def test_what_was_shown_says_what_its_head_says():
    signed = a_log().head()
    assert (Seen(BE, NL, signed, 5).head, Seen(BE, NL, signed, 5).state) == (peek(signed), View.OPEN)
