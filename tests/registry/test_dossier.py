from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigie.registry import (
    FOR_PURPOSE,
    DossierFault,
    DossierPart,
    Manifest,
    Sealed,
    SealedPart,
    commitment,
    list_faults,
    pack,
    unpack,
    withheld_for,
)
from vigie.registry.dossier import KINDS
from vigie.terms import Handling, Purpose

MEMBERS = [("sealed.json", b"{}"), ("originals/1.bin", b"UNB+UNOA:2'"), ("empty.json", b"")]
RAW = pack(MEMBERS)
SALT = bytes(32)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_whatever_byte_is_changed_is_named_with_its_place(offset, change):
    broken = bytearray(RAW)
    broken[offset] ^= change
    _, faults = unpack(bytes(broken))
    assert [one.reason for one in faults if one.reason == "bytes-differ"] == ["bytes-differ"]
    (fault,) = [one for one in faults if one.reason == "bytes-differ"]
    assert fault.offset is not None
    assert fault.offset <= offset or fault.offset < len(RAW)


def test_a_changed_byte_of_a_member_names_the_member():
    at = RAW.index(b"UNOA")
    _, (fault,) = unpack(RAW[:at] + b"X" + RAW[at + 1 :])
    assert fault.place == "originals/1.bin"


@pytest.mark.parametrize(
    "raw", [b"", RAW[:-1], RAW + b"x", b"x" + RAW, RAW[:40], b"no archive at all"],
    ids=("nothing", "cut", "longer", "before", "beginning", "text"),
)  # fmt: skip
def test_what_is_cut_or_longer_or_no_archive_is_a_fault(raw):
    members, faults = unpack(raw)
    assert faults
    assert len(members) <= len(MEMBERS)


def test_an_archive_comes_back_as_it_was_packed():
    assert unpack(RAW) == (dict(MEMBERS), [])
    assert pack(MEMBERS) == RAW


def test_a_member_that_is_there_twice_is_a_fault():
    at = RAW.index(b"PK\x03\x04", 4)
    twice = RAW[:at] + RAW[:at] + RAW[at:]
    assert unpack(twice)[1] == [DossierFault("archive", "member-twice")]


def a_list(**members):
    parts = tuple(SealedPart(name, "act", 2, len(body), commitment(SALT, body)) for name, body in members.items())
    return Sealed("f", "c", "n", "", False, parts, ())


def a_manifest(given_, withheld=()):
    return Manifest("", "r", 2, "oversight", {name: SALT.hex() for name in given_}, dict.fromkeys(withheld, "purpose"))


@pytest.mark.parametrize(
    ("members", "given_", "withheld", "faults"),
    [
        ({"a": b"1", "b": b"2"}, "ab", "", []),
        ({"a": b"1"}, "a", "b", []),
        ({"a": b"1"}, "ab", "", [("b", "part-missing")]),
        ({"a": b"1", "b": b"3"}, "ab", "", [("b", "part-altered")]),
        ({"a": b"1", "b": b"2"}, "a", "b", [("b", "withheld-but-there")]),
        ({"a": b"1", "b": b"2"}, "a", "", [("b", "neither-given-nor-withheld")]),
        ({"a": b"1", "b": b"2"}, "ab", "b", [("b", "neither-given-nor-withheld")]),
        ({"a": b"1", "b": b"2", "c": b"3"}, "ab", "", [("c", "not-on-the-list")]),
    ],
)
def test_each_part_is_given_unaltered_or_named_as_left_out(members, given_, withheld, faults):
    found = list_faults(members, a_list(a=b"1", b=b"2"), a_manifest(given_, withheld))
    assert [(one.place, one.reason) for one in found] == faults


def test_a_salt_that_is_none_is_a_fault():
    manifest = Manifest("", "r", 2, "oversight", {"a": "zz" * 32}, {})
    assert [one.reason for one in list_faults({"a": b"1"}, a_list(a=b"1"), manifest)] == ["part-altered"]


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("kind", KINDS)
def test_a_recipient_gets_what_code_and_purpose_allow(purpose, kind):
    part = DossierPart("p", kind, Handling.AMBER, b"")
    reasons = [withheld_for(part, clearance, purpose) for clearance in (Handling.GREEN, Handling.AMBER)]
    if kind in ("case", "proofs"):
        assert reasons == ["", ""]
    elif kind in FOR_PURPOSE.get(purpose, ()):
        assert reasons == ["handling", ""]
    else:
        assert reasons == ["purpose", "purpose"]


def test_a_hash_without_its_salt_does_not_tell_a_guess():
    assert commitment(SALT, b"yes") != sha256(b"yes").hexdigest()
    assert commitment(b"1" * 32, b"yes") != commitment(b"2" * 32, b"yes")
