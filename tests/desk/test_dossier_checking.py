"""A dossier that was touched anywhere says where; a forged one with a seal of its own is not of the node's key."""

import json
import random
from hashlib import sha256

import msgspec
import pytest
from tests.desk.port import BOB, BOX, NOW, VISIT, a_node, manifest, take_in
from tests.registry.recorded import a_report

from vigie.desk import dossier, registry
from vigie.desk.dossier_checking import SIGNED_AS, check_dossier, signed_bytes
from vigie.exchange import Signer, verify
from vigie.registry import Manifest, Sealed, Signed, commitment, pack, unpack
from vigie.terms import Moment

CASE = "AN.1/26"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with a_node(tmp_path_factory.mktemp("home")) as node:
        take_in(node, manifest())
        registry.record(BOB, a_report(Moment(NOW), case=CASE, container=BOX, visit=VISIT), node)
        yield dossier.dossier(BOB, CASE, node)


def forged(made, path, change, *, resign=False):
    """The dossier with one part changed, its hashes and seal made anew as far as the forger can."""
    members, _ = unpack(made.body)
    sealed = msgspec.json.decode(members["sealed.json"], type=Sealed)
    given = msgspec.json.decode(members["manifest.json"], type=Manifest)
    members[path] = change(members[path])
    parts = tuple(
        msgspec.structs.replace(one, commitment=commitment(bytes.fromhex(given.given[path]), members[path]))
        if one.path == path else one for one in sealed.parts
    )  # fmt: skip
    members["sealed.json"] = msgspec.json.encode(msgspec.structs.replace(sealed, parts=parts))
    told = msgspec.structs.replace(given, sealed=sha256(members["sealed.json"]).hexdigest())
    members["manifest.json"] = msgspec.json.encode(told)
    if resign:
        signer = Signer(b"f" * 32)
        signed = Signed(signer.public.hex(), signer.sign(SIGNED_AS, members["manifest.json"]).hex())
        members["signature.json"] = msgspec.json.encode(signed)
    return pack(list(members.items()))


def test_any_tampered_byte_is_named_with_its_place(made):
    draw = random.Random(1)
    for offset in draw.sample(range(len(made.body)), 150):
        broken = bytearray(made.body)
        broken[offset] ^= 1 << draw.randrange(8)
        check = check_dossier(bytes(broken))
        assert not check.whole
        assert check.faults[0].place
        assert any(one.offset is not None or one.reason == "member-twice" for one in check.faults)


@pytest.mark.parametrize("start", ["originals/", "seizures/", "trail/", "custody/", "readings/", "boxes/"])
def test_a_byte_of_a_part_names_the_part(made, start):
    members, _ = unpack(made.body)
    name = next(one for one in members if one.startswith(start))
    at = made.body.index(members[name])
    broken = made.body[:at] + bytes((made.body[at] ^ 1,)) + made.body[at + 1 :]
    places = {(one.place, one.reason) for one in check_dossier(broken).faults}
    assert {(name, "bytes-differ"), (name, "part-altered")} <= places


def test_a_forged_part_breaks_the_signature_and_a_new_signature_is_another_key(made):
    def change(body):
        return body.replace(b"bob", b"eve")

    path = next(one for one in unpack(made.body)[0] if one.startswith("trail/"))
    check = check_dossier(forged(made, path, change))
    assert {one.reason for one in check.faults} == {"signature-wrong", "not-the-chained-entry"}
    check = check_dossier(forged(made, path, change, resign=True), made.key)
    assert {one.reason for one in check.faults} == {"another-key", "not-the-chained-entry"}


def test_another_message_is_not_the_one_that_the_log_names(made):
    path = next(one for one in unpack(made.body)[0] if one.startswith("originals/"))
    check = check_dossier(forged(made, path, lambda body: body + b"x", resign=True))
    assert [one.reason for one in check.faults] == ["not-the-logged-message"]
    assert check.faults[0].place.startswith("custody/")


def test_a_proof_of_another_chain_does_not_hold(made):
    def change(body):
        proofs = json.loads(body)
        proofs[0]["path_hashes"] = ["00" * 32, *proofs[0]["path_hashes"][1:]]
        proofs[1]["link"] = "zz"
        return json.dumps(proofs).encode()

    check = check_dossier(forged(made, "proofs.json", change, resign=True))
    assert [one.reason for one in check.faults] == ["not-in-the-chain"] * 2 + ["not-the-chained-entry"]


def test_the_key_can_be_told_another_way(made):
    assert check_dossier(made.body, made.key.upper()).whole
    assert [one.reason for one in check_dossier(made.body, "0" * 16).faults] == ["another-key"]


@pytest.mark.parametrize(
    "raw", [b"", b"PK", pack([("a", b"")]), pack([("sealed.json", b"{}"), ("manifest.json", b"[]")])]
)
def test_what_is_no_dossier_is_told(raw):
    check = check_dossier(raw)
    assert not check.whole
    assert {one.place for one in check.faults} >= {"signature.json"}


def test_what_is_signed_is_what_the_key_signs():
    signer = Signer(b"k" * 32)
    assert verify(signer.public, signed_bytes(b"manifest"), signer.sign(SIGNED_AS, b"manifest"))
    assert not verify(signer.public, signed_bytes(b"manifest"), signer.sign("head", b"manifest"))
