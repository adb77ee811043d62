import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.values import BE, BR, NL, NOW, SIGNERS, an_agreement

from vigie.exchange import ExchangeRefused
from vigie.exchange.federation import (
    MOST_BYTES,
    Federation,
    Member,
    Quorum,
    Root,
    days_left,
    draft,
    must_be_in_force,
    read_document,
    read_federation,
    read_root,
    signed_by,
    write_document,
)
from vigie.exchange.signing import FEDERATION, ROOT, Signer
from vigie.terms import DAY, Moment

HOLDERS = [Signer(bytes([number]) * 32) for number in range(1, 5)]
KEYS = {one.key: one.public.hex() for one in HOLDERS}
QUORUM = Quorum(tuple(KEYS)[:3], 2)


def a_root(**said):
    told = {"version": 1, "expires": Moment(NOW + 365 * DAY), "keys": KEYS, "root": QUORUM, "federation": QUORUM}
    return Root(**(told | said))


def a_member(name, **said):
    return Member(name, name.upper(), name[:2].upper(), {SIGNERS[name].key: SIGNERS[name].public.hex()}, **said)


def a_federation(**said):
    told = {
        "name": "north-sea",
        "version": 1,
        "expires": Moment(NOW + 30 * DAY),
        "members": (a_member(BE), a_member(NL)),
        "agreements": (an_agreement(),),
        "vocabularies": {"desks": "0" * 64},
    }
    return Federation(**(told | said))


def signed(told, *who, kind=FEDERATION):
    return write_document(signed_by(draft(told), [HOLDERS[one] for one in who], kind))


def refused(act, *args):
    with pytest.raises(ExchangeRefused) as told:
        act(*args)
    return told.value.facts["reason"]


def test_two_of_three_make_a_federation():
    root = read_root(signed(a_root(), 0, 2, kind=ROOT), None, NOW)
    told = read_federation(signed(a_federation(), 0, 1), root, None, NOW)
    assert told == a_federation()
    assert told.keys(BE) == {SIGNERS[BE].key: SIGNERS[BE].public}
    assert told.agreement(BE, NL, NOW) == an_agreement()
    assert refused(told.member, BR) == "exchange-unknown-peer"


@pytest.mark.parametrize("who", [(), (0,), (0, 0), (3,), (0, 3)])
def test_fewer_than_the_quorum_make_nothing(who):
    assert refused(read_federation, signed(a_federation(), *who), a_root(), None, NOW) == "exchange-too-few-signatures"


def test_a_signature_counts_for_the_text_and_kind_it_was_given_for():
    good = read_document(signed(a_federation(), 0, 1))
    changed = msgspec.structs.replace(good, signed=good.signed.replace("north-sea", "south-sea"))
    for raw in (write_document(changed), signed(a_federation(), 0, 1, kind=ROOT)):
        assert refused(read_federation, raw, a_root(), None, NOW) == "exchange-too-few-signatures"


def test_an_older_federation_is_refused():
    known = a_federation(version=3)
    told = signed(a_federation(version=2), 0, 1)
    assert refused(read_federation, told, a_root(), known, NOW) == "exchange-metadata-older"
    other = signed(a_federation(version=3, name="another"), 0, 1)
    assert refused(read_federation, other, a_root(), known, NOW) == "exchange-metadata-older"
    assert read_federation(signed(known, 0, 1), a_root(), known, NOW) == known


def test_an_ended_federation_is_refused_and_its_end_is_seen_coming():
    told = a_federation(expires=NOW)
    assert refused(read_federation, signed(told, 0, 1), a_root(), None, NOW) == "exchange-metadata-expired"
    assert refused(must_be_in_force, told, NOW) == "exchange-metadata-expired"
    assert days_left(a_federation(), NOW) == 30


def test_a_new_root_is_signed_by_the_old_quorum_and_its_own():
    known = a_root()
    new = a_root(version=2, root=Quorum((HOLDERS[2].key, HOLDERS[3].key), 2))
    assert read_root(signed(new, 0, 1, 2, 3, kind=ROOT), known, NOW) == new
    assert refused(read_root, signed(new, 2, 3, kind=ROOT), known, NOW) == "exchange-too-few-signatures"
    assert refused(read_root, signed(new, 0, 1, kind=ROOT), known, NOW) == "exchange-too-few-signatures"
    skipped = a_root(version=3)
    assert refused(read_root, signed(skipped, 0, 1, kind=ROOT), known, NOW) == "exchange-metadata-older"
    assert read_root(signed(known, 0, 1, kind=ROOT), known, NOW) == known


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": (a_member(BE), a_member(BE))},
        {"members": (Member("../be", "x", "BE", {}),)},
        {"members": (Member(BE, "x", "BE", {"0" * 16: SIGNERS[BE].public.hex()}),)},
        {"members": (Member(BE, "x", "BE", {"0" * 16: "no key"}),)},
    ],
)
def test_members_have_names_and_keys_of_their_own(wrong):
    told = refused(read_federation, signed(a_federation(**wrong), 0, 1), a_root(), None, NOW)
    assert told in {"exchange-bad-content", "exchange-bad-name"}


@pytest.mark.parametrize("quorum", [Quorum((), 0), Quorum((HOLDERS[0].key,), 2), Quorum((HOLDERS[0].key,) * 2, 2)])
def test_a_quorum_that_nobody_or_everybody_meets_is_refused(quorum):
    told = signed(a_federation(), 0, 1, 2, 3)
    assert refused(read_federation, told, a_root(federation=quorum), None, NOW) == "exchange-bad-content"


@given(st.binary(max_size=100))
def test_any_bytes_are_a_document_or_refused(raw):
    assert refused(read_document, raw) == "exchange-unreadable"


def test_a_document_has_a_largest_size():
    assert refused(read_document, bytes(MOST_BYTES + 1)) == "exchange-oversize"
