"""A model that reads scans is put forward by one officer and approved by another; an altered one never reads."""

from hashlib import sha256

import msgspec
import pytest

pytest.importorskip("onnxruntime")

from tests.desk.port import ANN, BOB, EVE, a_node
from tests.scanning.xray.modelled import body

from vigie.desk import scanning_models
from vigie.scanning import Card, Gate, ModelRefused
from vigie.terms import BadRequest, NotForYou, OwnWork

FULL = body()
CARD = Card(name="t", use="test", recipe="short", seed=1, pictures=1, steps=1, full=sha256(FULL).hexdigest())


@pytest.fixture
def port(tmp_path):
    with a_node(tmp_path) as made:
        yield made


def passes(*_):
    return Gate(True, (), ())


def test_a_model_reads_only_after_a_second_officer_approved(port):
    version, told = scanning_models.promote(BOB, FULL, b"", CARD, port, "first of this site", passes)
    assert told.passed
    assert scanning_models.standing_model(port, lambda: None) is None
    scanning_models.step(BOB, version.version, "submit", "", port)
    with pytest.raises(OwnWork):
        scanning_models.step(BOB, version.version, "approve", "looks right", port)
    scanning_models.step(ANN, version.version, "approve", "looks right", port)
    scanning_models.step(ANN, version.version, "live", "", port)
    model, card = scanning_models.standing_model(port, lambda: None)
    assert (model.sha, card) == (CARD.full, CARD)
    assert [one.version for one in scanning_models.listed(BOB, port)] == [version.version]


def test_a_model_that_does_not_pass_is_no_draft(port):
    version, _ = scanning_models.promote(BOB, FULL, b"", CARD, port, "first of this site", passes)
    for name, verb in ((BOB, "submit"), (ANN, "approve"), (ANN, "live")):
        scanning_models.step(name, version.version, verb, "as agreed", port)
    worse = body(channels=10, bias=-5.0)
    card = msgspec.structs.replace(CARD, full=sha256(worse).hexdigest())
    asked = []

    def judge(old, old_card, new, new_card):
        asked.append((old.sha, old_card, new.sha, new_card))
        return Gate(False, (), ("doors",))

    again, told = scanning_models.promote(BOB, worse, b"", card, port, "try", judge)
    assert asked == [(CARD.full, CARD, card.full, card)]
    assert again is None
    assert told.against == ("doors",)
    assert len(scanning_models.listed(BOB, port)) == 1


def test_who_may_not_teach_puts_nothing_forward(port):
    with pytest.raises(NotForYou):
        scanning_models.promote(EVE, FULL, b"", CARD, port, "try", passes)


def test_another_file_than_the_card_names_is_refused(port):
    with pytest.raises(ModelRefused):
        scanning_models.promote(BOB, FULL + b"\0", b"", CARD, port, "try", passes)
    with pytest.raises(ModelRefused):
        scanning_models.promote(BOB, b"\x80\x04K\x01.", b"", msgspec.structs.replace(CARD, full="0" * 64), port,
                                "try", passes)  # fmt: skip


def test_a_version_that_is_not_there_takes_no_step(port):
    with pytest.raises(BadRequest):
        scanning_models.step(ANN, 7, "approve", "looks right", port)
