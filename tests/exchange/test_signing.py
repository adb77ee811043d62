import json

import pytest

from vigie.exchange import ExchangeRefused
from vigie.exchange.signing import HEAD, WITNESS, Signer, key_id, must_fit, signable, verify

SIGNER = Signer(bytes(range(32)))


def test_a_signature_fits_its_bytes_its_key_and_its_kind():
    told = SIGNER.sign(HEAD, b"told")
    must_fit(SIGNER.public, HEAD, b"told", told)
    for public, kind, bytes_told, signature in (
        (Signer(bytes(32)).public, HEAD, b"told", told),
        (SIGNER.public, WITNESS, b"told", told),
        (SIGNER.public, HEAD, b"tolk", told),
        (SIGNER.public, HEAD, b"told", bytes(64)),
        (b"short", HEAD, b"told", told),
    ):
        with pytest.raises(ExchangeRefused) as refused:
            must_fit(public, kind, bytes_told, signature)
        assert refused.value.facts["reason"] == "exchange-forged-signature"


def test_a_key_is_named_by_its_hash_alone():
    assert SIGNER.key == key_id(SIGNER.public)
    assert len(SIGNER.key) == 16
    assert signable(HEAD, b"") != signable(WITNESS, b"")


@pytest.mark.shared
def test_the_adversarial_vectors_of_wycheproof(shared_data):
    told = json.loads((shared_data / "exchange" / "wycheproof" / "ed25519_test.json").read_text())
    wrong, seen = [], 0
    for group in told["testGroups"]:
        public = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            seen += 1
            fits = verify(public, bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"]))
            if fits != (test["result"] == "valid"):
                wrong.append(test["tcId"])
    assert (wrong, seen) == ([], told["numberOfTests"])
