from hashlib import sha256

import pytest

from vigie.desk.dossier_proving import START, Chained, LogPart, Proof, covered_bytes, original_faults, proof_faults
from vigie.store import chain as kept

BODIES = [b"entry %d" % n for n in range(37)]


def links():
    before = START
    for place, body in enumerate(BODIES):
        before = sha256(before + body).digest()
        yield place + 100, before


def test_the_chain_starts_where_the_store_starts_it():
    assert START == kept.START
    assert kept.link(START, b"x") == sha256(START + b"x").digest()


@pytest.mark.parametrize("place", [100, 101, 115, 116, 136])
def test_an_entry_is_proved_to_stand_in_the_chain(place):
    chained = Chained("trail", links())
    proof, heads = chained.proof("p", place), {"trail": chained.head()}
    body = BODIES[place - 100]
    assert proof_faults([proof], heads, {"p": body}) == []
    assert proof_faults([proof], heads, {}) == []
    assert [one.reason for one in proof_faults([proof], heads, {"p": body + b"!"})] == ["not-the-chained-entry"]
    moved = Proof(proof.path, "trail", (proof.index + 1) % 37, *(proof.before, proof.link, proof.path_hashes))
    assert [one.reason for one in proof_faults([moved], heads, {})] == ["not-in-the-chain"]
    assert [one.reason for one in proof_faults([proof], {}, {})] == ["not-in-the-chain"]


def test_an_empty_chain_has_a_head():
    head = Chained("log", ()).head()
    assert (head.size, head.last) == (0, START.hex())


def test_an_original_is_the_message_that_the_log_names():
    digest = sha256(b"message").hexdigest()
    entry = LogPart(1, "consignment", "s", 0, f"backload:{digest}", "00", "o")
    assert original_faults({"o": b"message"}, [("c", entry)]) == []
    assert [one.place for one in original_faults({"o": b"other"}, [("c", entry)])] == ["c"]
    assert original_faults({}, [("c", entry)]) == []


def test_a_log_entry_that_says_nothing_is_refused():
    with pytest.raises(ValueError):
        covered_bytes("log", b"{}")
